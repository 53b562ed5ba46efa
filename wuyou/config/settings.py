"""Django's settings. What an operator may change comes from `environment`; the rest is decided here."""

import secrets
import tempfile
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from wuyou.config import environment

WUYOU_DATA = Path(environment.text("DATA", "wuyou-data")).resolve()
WUYOU_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
WUYOU_TEMPORARY = WUYOU_DATA / "tmp"
WUYOU_TEMPORARY.mkdir(mode=0o700, exist_ok=True)
# Libraries that make workbooks keep parts of them in temporary files, in clear: nobody else on this machine reads them here.
tempfile.tempdir = str(WUYOU_TEMPORARY)
WUYOU_KEYS = Path(environment.text("KEYS") or WUYOU_DATA / "keys.json")
WUYOU_CIPHERS = environment.choice("CIPHERS", ("intl", "gm"))
WUYOU_WATCH_AUDIT = environment.flag("WATCH_AUDIT")
WUYOU_RAISE = False
WUYOU_MIN_FREE_BYTES = int(environment.text("MIN_FREE_MB", "500")) * 1024 * 1024
WUYOU_DEMO = environment.flag("DEMO")
WUYOU_OFFICE_PHONE = environment.text("OFFICE_PHONE")
WUYOU_HOME_DIVISION = environment.text("HOME_DIVISION", "530300")
WUYOU_AREA_CODE = environment.text("AREA_CODE", "0874")


def _secret_key() -> str:
    path = WUYOU_DATA / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = environment.text("SECRET_KEY") or _secret_key()
DEBUG = environment.flag("DEBUG")
ALLOWED_HOSTS = environment.listed("HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.listed("ORIGINS")

INSTALLED_APPS = [
    "wuyou.shell",
    "wuyou.integrity",
    "wuyou.intake",
    "wuyou.summaries",
    "wuyou.assessment",
    "wuyou.coverage",
    "wuyou.succession",
    "wuyou.funds",
    "wuyou.activities",
    "wuyou.leadership",
    "wuyou.accounts",
    "wuyou.people",
    "wuyou.orgs",
    "wuyou.places",
    "wuyou.platform",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "wuyou.platform.middleware.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wuyou.platform.middleware.ActorMiddleware",
    "wuyou.platform.middleware.RefusalMiddleware",
    "wuyou.platform.middleware.DeclaredMiddleware",
    "wuyou.platform.middleware.InvisibleMiddleware",
]

ROOT_URLCONF = "wuyou.config.urls"
WSGI_APPLICATION = "wuyou.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "wuyou.shell.context.frame",
            ],
        },
    }
]

DATABASES = {"default": environment.database(WUYOU_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "platform_cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "wuyou.accounts.passwords.LengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "wuyou.accounts.adapter.ClosedAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS: Any = {"login_failed": "30/15m/ip,5/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(environment.text("PROXIES", "1" if environment.flag("HTTPS") else "0"))

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if environment.flag("HTTPS"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "wuyou.platform.middleware.forged_or_stale"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", "English")]
LOCALE_PATHS = [Path(__file__).parent.parent / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = WUYOU_DATA / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": WUYOU_DATA / "files"},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "jpg", "gz", "br", "woff2"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

FILE_UPLOAD_HANDLERS = ["wuyou.platform.uploads.SealedUploadHandler"]
WUYOU_MOST_UPLOADED_BYTES = 256 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "wuyou.platform.logs.WithoutRows",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "WARNING")},
}
