"""The settings of one test process: mode `test`, its own data folder, templates that fail on unknown names.

Imported once per pytest process (so once per xdist worker), before anything of Django. With
`MMM_TEST_POSTGRES=postgres://user@127.0.0.1:port` the three databases are made on that server, else in files.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import NoReturn

_data = Path(tempfile.mkdtemp(prefix="mmm-test-"))
atexit.register(shutil.rmtree, _data, ignore_errors=True)

os.environ["MMM_MODE"] = "test"
os.environ["MMM_DATA"] = str(_data)
os.environ["MMM_EMAIL_BACKEND"] = "django.core.mail.backends.locmem.EmailBackend"
for _variable in ("MMM_DEBUG", "MMM_SECRET_KEY", "MMM_KEKS", "MMM_KEK_FILE", "MMM_HOSTS", "MMM_BASE_URL"):
    os.environ.pop(_variable, None)

_server = os.environ.get("MMM_TEST_POSTGRES", "")
for _variable, _name in (
    ("MMM_DATABASE_URL", "default"),
    ("MMM_KEYS_DATABASE_URL", "keys"),
    ("MMM_CACHE_DATABASE_URL", "cache"),
):
    os.environ.pop(_variable, None)
    if _server:
        os.environ[_variable] = f"{_server}/test_{os.getpid()}_{_name}"

from mmm.config.settings import *  # noqa: E402, F403
from mmm.config.settings import STORAGES, TEMPLATES  # noqa: E402

# Unit tests name assets without their hash, so they need none built; the live server uses the real ones.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATICFILES_DIRS: list[str] = []

# The product's hash takes half a second on purpose. Tests of time choose another one.
PASSWORD_HASHERS = ["tests.hashers.FewRounds"]


class UnknownTemplateVariable(Exception):
    """A template uses a name that its view does not give."""


class _Unknown(str):
    """Django formats `string_if_invalid` with the unknown name; this one raises instead."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> NoReturn:
        raise UnknownTemplateVariable(str(name))


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _Unknown("unknown template variable")  # type: ignore[index]
