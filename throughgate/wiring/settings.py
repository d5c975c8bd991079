"""Settings. One file for every mode; what differs stands in `TG_MODE` and is refused when unsafe."""

import os
from pathlib import Path

from throughgate.wiring import secrets
from throughgate.wiring.database import database_settings

ROOT = Path(__file__).resolve().parents[2]
MODE = os.environ.get("TG_MODE", "serve")  # demo, test, serve, bench
DEMO = MODE == "demo"
DEBUG = False
SECRET_KEY = secrets.secret_key(MODE)
ALLOWED_HOSTS = os.environ.get("TG_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

CONTEXTS = [
    "foundation",
    "audit",
    "directory",
    "staff",
    "people",
    "access",
    "linkage",
    "record",
    "custody",
    "assessment",
    "treatment",
    "contacts",
    "referral",
    "pathway",
    "packs",
    "oversight",
    "exchange",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    *[f"throughgate.{context}" for context in CONTEXTS],
    "throughgate.pages",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "throughgate.pages.middleware.Doors",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "throughgate.wiring.urls"
WSGI_APPLICATION = "throughgate.wiring.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": sorted(str(folder) for folder in (ROOT / "throughgate" / "pages").glob("*/templates")),
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "throughgate.pages.components.jinja.environment",
            "context_processors": ["throughgate.pages.context.everywhere"],
        },
    },
]

DATABASES = {"default": database_settings(os.environ.get("TG_DB_ROLE", "web"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "staff.Worker"
AUTHENTICATION_BACKENDS = ["throughgate.wiring.auth.WorkerBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if MODE == "test"
    else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # workers are made by `./tg worker add`, never by signing up
ACCOUNT_ADAPTER = "throughgate.wiring.auth.ClosedDoor"
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "sign_in"

SESSION_ENGINE = "throughgate.wiring.sessions"
SESSION_COOKIE_NAME = "throughgate"
SESSION_COOKIE_AGE = 20 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "connect-src": ["'self'"],  # drafts are kept while somebody types
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
CSRF_FAILURE_VIEW = "throughgate.pages.errors.csrf_failed"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [ROOT / "throughgate" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "throughgate" / "pages" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
UPLOADS = Path(os.environ.get("TG_UPLOADS", ROOT / "var" / "uploads"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"wordless": {"()": "throughgate.wiring.logs.Wordless"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "wordless"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
