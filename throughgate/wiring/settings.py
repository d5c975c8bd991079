"""Settings. One file for every mode; what differs stands in `TG_MODE` and is refused when unsafe."""

import os
import tomllib
from pathlib import Path

from throughgate.wiring import secrets
from throughgate.wiring.database import database_settings

ROOT = Path(__file__).resolve().parents[2]
MODE = os.environ.get("TG_MODE", "serve")  # demo, test, serve, bench
DEMO = MODE == "demo"
DEBUG = False
SECRET_KEY = secrets.secret_key(MODE)
ADDRESS = os.environ.get("TG_ADDRESS", "http://localhost:8000").rstrip("/")  # as browsers name this server
IS_ENCRYPTED = ADDRESS.startswith("https:")
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
    "story",
    "sharing",
    "referral",
    "team",
    "pathway",
    "packs",
    "summaries",
    "oversight",
    "book",
    "exchange",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    *[f"throughgate.{context}" for context in CONTEXTS],
    "throughgate.pages",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "throughgate.pages.middleware.ContentPolicy",
    "throughgate.api.middleware.Apart",  # before whatever reads a cookie
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "throughgate.pages.middleware.Weighed",  # before the next, which reads all that was sent
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "throughgate.pages.middleware.SignedIn",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "throughgate.pages.middleware.Doors",
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
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # workers are invited or made by `./tg worker add`, never by signing up
ACCOUNT_ADAPTER = "throughgate.wiring.auth.ClosedDoor"
ACCOUNT_LOGOUT_ON_GET = False
# A whole prison may share one address; each account is guarded by itself.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "invitation": "30/m/ip,5/300s/key",
    "change_password": "5/300s/user",
    "program_token": "60/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TG_PROXIES", "0"))  # between browsers and this server
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "sign_in"

# Organisations' own sign-in, one [[issuer]] each: docs/how-to/sign-in-with-your-organisation.md
ISSUERS = (
    tomllib.loads(Path(os.environ["TG_ISSUERS"]).read_text())["issuer"] if "TG_ISSUERS" in os.environ else []
)
SECOND_FACTOR = MODE == "serve"  # asked of everybody who sees a record, where records are of real people
MFA_ADAPTER = "throughgate.wiring.factors.Factors"
MFA_SUPPORTED_TYPES = [
    "webauthn",
    "totp",
]  # recovery codes are code cards, of which the hashes alone are kept
MFA_FORMS = {
    "authenticate": "throughgate.pages.sign_in.codes.SignInCode",
    "reauthenticate": "throughgate.pages.sign_in.codes.CodeAgain",
    "add_webauthn": "throughgate.pages.sign_in.codes.PasskeyNew",
    "login_webauthn": "throughgate.pages.sign_in.codes.PasskeyAlone",
    "authenticate_webauthn": "throughgate.pages.sign_in.codes.PasskeySecond",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_REAUTHENTICATION_REQUIRED = (
    False  # `doors.stepped_up` asks for a second factor, not for the password alone
)
MFA_TOTP_ISSUER = "throughgate"
MFA_TOTP_TOLERANCE = 1  # clocks of telephones without a network go astray; a code is good once all the same

SESSION_ENGINE = "throughgate.staff.sessions"
SESSION_COOKIE_NAME = "__Host-throughgate" if IS_ENCRYPTED else "throughgate"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_ENCRYPTED
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # and before that by the server's own clock: staff/sessions.py
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # no trace that somebody was here outlives the browser
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_ENCRYPTED else 0
# What limits guessing, and which codes were used, is known to every process of the server.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "staff_tries",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # fewer would let somebody flush the counts by guessing more
    }
}
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
        "media-src": ["'self'"],
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
