"""Settings of one installation, read from the environment.

`MMM_MODE` is `production` unless said otherwise; production refuses to start unsafe (`config.checks`).
Every value that differs between installations is an environment variable starting with `MMM_`;
`docs/running.md` lists them.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from mmm.config import secrets

env = environ.Env()

MODE = env.str("MMM_MODE", default="production")
if MODE not in {"demo", "test", "production"}:
    raise SystemExit(f"MMM_MODE is {MODE!r}; it must be demo, test or production.")
DEMO = MODE == "demo"
TESTING = MODE == "test"
PRODUCTION = MODE == "production"

# Whether pages wait until the installation has everything on record (`region.gate`).
GATE = PRODUCTION

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent
DATA = Path(env.str("MMM_DATA", default=str(ROOT / "var" / MODE)))
# Whether the worker here makes the book to take along; a test says so itself.
BOOK_EXPORTS = env.bool("MMM_BOOK_EXPORTS", default=not TESTING)
# Built files (stylesheet, fonts, catalogues): made by `manage build_assets`, the same for every mode.
ASSETS = Path(env.str("MMM_ASSETS", default=str(ROOT / "var" / "assets")))

DEBUG = env.bool("MMM_DEBUG", default=False)
SECRET_KEY = secrets.secret_key(env.str("MMM_SECRET_KEY", default=""), data=DATA, production=PRODUCTION)
# Earlier secrets, so that a new one can be taken into use without breaking the look log's chain.
SECRET_KEY_FALLBACKS = env.list("MMM_SECRET_KEY_FALLBACKS", default=[])
# Key-encryption keys that wrap the key of each vault: "1:hex,2:hex"; the highest number wraps new keys.
KEY_ENCRYPTION_KEYS = env.str("MMM_KEKS", default="")
KEY_ENCRYPTION_KEY_FILE = Path(env.str("MMM_KEK_FILE", default=str(DATA / "key-encryption-keys")))

ALLOWED_HOSTS = env.list("MMM_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "testserver"])
BASE_URL = env.str("MMM_BASE_URL", default="" if PRODUCTION else "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "mmm.config",
    # cellar
    "mmm.foundation",
    "mmm.foundation.crypto",
    "mmm.foundation.audit",
    "mmm.foundation.once",
    "mmm.foundation.tasks",
    "mmm.foundation.limits",
    "mmm.design",
    # rooms, from the ground up
    "mmm.accounts",
    "mmm.region",
    "mmm.content.search",
    "mmm.content",
    "mmm.consent",
    "mmm.stories",
    "mmm.book",
    "mmm.start",
    # the editors' room (`content`); of the search apps Wagtail's bare one, our own index is `content.search`
    "wagtail.contrib.simple_translation",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]
if not PRODUCTION:
    INSTALLED_APPS.append("mmm.demo")

MIDDLEWARE = [
    "mmm.foundation.middleware.Guard",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "mmm.foundation.middleware.PublicPageCache",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mmm.accounts.middleware.ActorMiddleware",
    "mmm.region.gate.Gate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "mmm.config.urls"
WSGI_APPLICATION = "mmm.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "mmm.design.templatetags.design",
                "mmm.design.templatetags.public",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "mmm.design.context.page",
            ],
        },
    }
]


def _sqlite(name: str) -> dict[str, object]:
    # BEGIN IMMEDIATE: without it parallel writers fail instead of waiting.
    # secure_delete: what was erased is overwritten with zeros.
    synchronous = "OFF" if TESTING else "FULL"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(DATA / f"{name}.sqlite3"),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous};"
            "PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;",
        },
        "TEST": {"NAME": str(DATA / f"test-{name}.sqlite3")},
    }


def _database(variable: str, name: str) -> dict[str, object]:
    url = env.str(variable, default="")
    if not url:
        return _sqlite(name)
    return {**environ.Env.db_url_config(url), "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


DATABASES = {
    "default": _database("MMM_DATABASE_URL", "default"),
    "keys": _database("MMM_KEYS_DATABASE_URL", "keys"),
    "cache": _database("MMM_CACHE_DATABASE_URL", "cache"),
}
DATABASE_ROUTERS = ["mmm.foundation.routers.ThreeDatabases"]

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 500}},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["mmm.accounts.backend.Backend"]
LOGIN_URL = "accounts:sign_in"
SESSION_ENGINE = "mmm.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
# `__Host-` (RFC 6265bis, 4.1.3.2): no neighbouring host can put its own session in a browser.
_HOST = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME = f"{_HOST}mmm_session"
CSRF_COOKIE_NAME = f"{_HOST}mmm_csrf"
LANGUAGE_COOKIE_NAME = "mmm_language"
# How somebody without an account wants to see the pages (`design.display`); holds nothing about anybody.
DISPLAY_COOKIE_NAME = "mmm_display"
# Who has one of these does not get the page that is kept for everybody.
OWN_PAGE_COOKIES = {SESSION_COOKIE_NAME, DISPLAY_COOKIE_NAME, "mmm_shared"}
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_FAILURE_VIEW = "mmm.start.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "mmm.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "mmm.accounts.factors.adapter.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# Ten codes of twelve digits on paper; an app's code is good 30 seconds before and after, for slow clocks.
MFA_RECOVERY_CODE_COUNT, MFA_RECOVERY_CODE_DIGITS = 10, 12
MFA_TOTP_TOLERANCE = 1

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = ASSETS / "static"
STATICFILES_DIRS = [ASSETS / "built"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 365 * 24 * 3600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
# Not "no-referrer": browsers then send `Origin: null` with every form (Fetch standard), and CSRF says no.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

EMAIL_BACKEND = env.str(
    "MMM_EMAIL_BACKEND",
    default="django.core.mail.backends.smtp.EmailBackend"
    if PRODUCTION
    else "django.core.mail.backends.dummy.EmailBackend",
)
EMAIL_HOST = env.str("MMM_SMTP_HOST", default="127.0.0.1")
EMAIL_PORT = env.int("MMM_SMTP_PORT", default=25)
EMAIL_HOST_USER = env.str("MMM_SMTP_USER", default="")
EMAIL_HOST_PASSWORD = env.str("MMM_SMTP_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("MMM_SMTP_TLS", default=False)
EMAIL_TIMEOUT = 20
# House rule 8, a human is near: the number at the foot of every page, and when somebody answers it.
HELP_PHONE = env.str("MMM_PHONE", default="" if PRODUCTION else "071 000 00 00")
HELP_HOURS = env.json(
    "MMM_PHONE_HOURS", default={"nl": "op werkdagen van 9 tot 17 uur", "en": "on working days, 9 am to 5 pm"}
)
# Where the quick way out leads: a page of elsewhere that says nothing about who is here.
EXIT_URL = env.str("MMM_EXIT_URL", default="/healthz" if TESTING else "https://www.knmi.nl/")
# Rule 9, quiet outside: a sender that says nothing about anyone.
DEFAULT_FROM_EMAIL = env.str("MMM_FROM", default="MMM <post@mmm.example>")

# The editors' room. Texts are written in two languages, in pairs.
MEDIA_ROOT, MEDIA_URL = DATA / "media", "/media/"
WAGTAIL_SITE_NAME = "Mensen met Mogelijkheden"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_BASE_URL = BASE_URL or "http://localhost"
WAGTAILIMAGES_IMAGE_MODEL = "content.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "mmm.content.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 20_000_000
WAGTAILDOCS_DOCUMENT_FORM_BASE = "mmm.content.forms.PaperForm"
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILDOCS_DOCUMENT_MODEL = "content.Paper"
WAGTAILDOCS_SERVE_METHOD = "direct"  # by their name at /media/ (`content.files.media`)
WAGTAIL_ENABLE_UPDATE_CHECK = False  # nothing is fetched from elsewhere
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USAGE_COUNT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = True
TAGGIT_CASE_INSENSITIVE = True

# 30,000 characters of any script fit; the text fields say their own, lower, limit in words.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# The editors' form has up to seven fields for each of the 500 pieces of a text (`content.blocks.LONGEST`).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
# No form takes a file: what is sent as one is dropped, not written to the disk.
FILE_UPLOAD_HANDLERS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "mmm.foundation.logs.QuietFormatter", "format": "%(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
