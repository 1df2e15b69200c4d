"""Production has no page of the demo or the design, and does not start unsafe."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT

SAFE = {
    "MMM_MODE": "production",
    "MMM_SECRET_KEY": "a-secret-of-this-test-" + "0123456789abcdef" * 3,
    "MMM_KEKS": "1:" + "5a" * 32,
    "MMM_HOSTS": "mmm.example",
    "MMM_BASE_URL": "https://mmm.example",
    "MMM_SMTP_HOST": "smtp.mmm.example",
    "MMM_FROM": "MMM <post@mmm.example>",
    "MMM_PHONE": "071 000 00 00",
}


def python(code: str, data: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, with nothing of this one's environment that is ours."""
    rest = {name: value for name, value in os.environ.items() if not name.startswith(("MMM_", "DJANGO_"))}
    ours = {**SAFE, "MMM_DATA": str(data), "DJANGO_SETTINGS_MODULE": "mmm.config.settings", **env}
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**rest, **ours, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


RESOLVE = """
import django; django.setup()
from django.apps import apps
from django.urls import Resolver404, resolve
print("demo app" if apps.is_installed("mmm.demo") else "no demo app")
for path in ("/demo/", "/demo/post/", "/en/demo/", "/design/", "/healthz"):
    try:
        resolve(path); print(path, "is there")
    except Resolver404:
        print(path, "is not")
import sys
print(sorted(name for name in sys.modules if name.startswith("mmm.demo")))
"""


@pytest.mark.parametrize("mode", ["production", "test"])
def test_demo_pages_exist_in_no_other_mode(mode: str, tmp_path: Path) -> None:
    done = python(RESOLVE, tmp_path, MMM_MODE=mode)
    assert done.returncode == 0, done.stderr
    assert "/demo/ is not" in done.stdout
    assert "/demo/post/ is not" in done.stdout
    assert "/healthz is there" in done.stdout
    if mode == "production":
        assert "no demo app" in done.stdout
        assert "/design/ is not" in done.stdout
        assert "[]" in done.stdout


def test_demo_pages_exist_in_the_demo(tmp_path: Path) -> None:
    done = python(RESOLVE, tmp_path, MMM_MODE="demo")
    assert "/demo/ is there" in done.stdout, done.stderr


CHECK = (
    "import sys; from django.core.management import execute_from_command_line as run; run(['mmm', 'check'])"
)


def test_safe_production_starts(tmp_path: Path) -> None:
    done = python(CHECK, tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"MMM_SECRET_KEY": ""}, "MMM_SECRET_KEY"),
        ({"MMM_SECRET_KEY": "short"}, "MMM_SECRET_KEY"),
        ({"MMM_HOSTS": ""}, "MMM_HOSTS"),
        ({"MMM_HOSTS": "*"}, "MMM_HOSTS"),
        ({"MMM_BASE_URL": "http://mmm.example"}, "MMM_BASE_URL"),
        ({"MMM_BASE_URL": ""}, "MMM_BASE_URL"),
        ({"MMM_BASE_URL": "https://elsewhere.example"}, "MMM_BASE_URL"),
        ({"MMM_DEBUG": "1"}, "MMM_DEBUG"),
        ({"MMM_KEKS": ""}, "key"),
        ({"MMM_KEKS": "1:abc"}, "MMM_KEKS"),
        ({"MMM_EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "MMM_EMAIL_BACKEND"),
        ({"MMM_SMTP_HOST": ""}, "MMM_SMTP_HOST"),
        ({"MMM_MODE": "live"}, "MMM_MODE"),
    ],
)
def test_unsafe_production_starts_no_command(change: dict[str, str], word: str, tmp_path: Path) -> None:
    done = python(CHECK, tmp_path, **change)
    assert done.returncode != 0
    assert word in done.stderr


def test_unsafe_production_starts_no_server(tmp_path: Path) -> None:
    serve = "import mmm.config.asgi"
    assert python(serve, tmp_path).returncode == 0
    done = python(serve, tmp_path, MMM_BASE_URL="http://mmm.example", MMM_KEKS="")
    assert done.returncode != 0
    assert "MMM_BASE_URL" in done.stderr
    assert "MMM_KEKS" in done.stderr


def test_key_file_that_others_can_read_stops_production(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text("1:" + "5a" * 32)
    file.chmod(0o644)
    done = python(CHECK, tmp_path, MMM_KEKS="", MMM_KEK_FILE=str(file))
    assert done.returncode != 0
    assert "chmod 0400" in done.stderr
    file.chmod(0o400)
    assert python(CHECK, tmp_path, MMM_KEKS="", MMM_KEK_FILE=str(file)).returncode == 0


COOKIES = """
from mmm.config import settings
for name in ("SESSION", "CSRF"):
    print(getattr(settings, name + "_COOKIE_NAME"), getattr(settings, name + "_COOKIE_SECURE"))
"""


def test_cookies_of_production_belong_to_one_host_over_https(tmp_path: Path) -> None:
    done = python(COOKIES, tmp_path)
    assert done.stdout.split() == ["__Host-mmm_session", "True", "__Host-mmm_csrf", "True"], done.stderr
