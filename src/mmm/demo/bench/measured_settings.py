"""The project as it is, and one bare signed-in page to compare with."""

from mmm.config.settings import *  # noqa: F403

ROOT_URLCONF = "mmm.demo.bench.measured_urls"
