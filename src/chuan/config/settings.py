"""Settings of Chuẩn. What differs between installations comes from the environment or the data directory.

CHUAN_DATA      the data directory (default ./var)
DATABASE_URL    postgres://… (default: SQLite in the data directory)
CHUAN_HOSTS     host names that are served, separated by commas (default: localhost, 127.0.0.1)
CHUAN_HTTPS     "1" when users reach the server through HTTPS only
CHUAN_DEBUG     "1" on a developer's machine
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.contrib.messages import constants as messages

from chuan.config import data_directory as directory
from chuan.config.database import database
from chuan.config.logging import logging_settings
from chuan.config.mail import mail
from chuan.config.static_version import static_version

# --- the installation -------------------------------------------------------------------------------------------------

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = directory.data_directory()
SECRET_KEY = directory.secret_key(DATA_DIR)
DEMO = directory.kind(DATA_DIR) == directory.DEMO  # read from the data directory only: never from the environment
DEBUG = os.environ.get("CHUAN_DEBUG") == "1"
HTTPS = os.environ.get("CHUAN_HTTPS") == "1"
ALLOWED_HOSTS = os.environ.get("CHUAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

# --- applications -----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "chuan.web.kit",  # before allauth and Django: its templates are found first
    "chuan.web.agency",
    "chuan.web.staff",
    "chuan.jobs",
    "chuan.analytics",
    "chuan.quality",
    "chuan.norms",
    "chuan.organisations",
    "chuan.kernel",
    "chuan.trail",
    "chuan.files",
    "chuan.notices",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_cotton",
    "django_htmx",
    "django_q",
]
ROOT_URLCONF = "chuan.config.urls"
WSGI_APPLICATION = "chuan.config.wsgi.application"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "chuan.web.kit.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "chuan.config.actor.ActorMiddleware",
    "chuan.web.kit.middleware.OneTimePasswordMiddleware",
    "chuan.web.kit.kept.KeptPostMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "chuan.web.kit.context.shell",
            ],
        },
    }
]

# --- data -------------------------------------------------------------------------------------------------------------

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FILES_DIR = DATA_DIR / "files"  # content-addressed, see chuan.files
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # the step table of a long procedure is one form
DATA_UPLOAD_MAX_NUMBER_FILES = 600  # a folder of Word files is handed in at once

# One cache for all workers: the limits on sign-in attempts count in it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- sign-in ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "organisations.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "chuan.organisations.people.passwords.LengthBySecondFactor"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 8 * 3600  # a working day; counted from the last request
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True

ACCOUNT_ADAPTER = "chuan.organisations.people.signing_in.ClosedAdapter"  # nobody signs himself up
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # addresses belong to people, see organisations.people
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "5/5m/key,20/5m/ip", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("CHUAN_PROXIES", "0"))
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Chuẩn"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = (
    not HTTPS
)  # browsers allow passkeys on http://localhost, and nowhere else without TLS
USERSESSIONS_TRACK_ACTIVITY = False

# --- security headers -------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # the QR code of the second factor is a data: image
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
# These checks ask for HTTPS, which CHUAN_HTTPS switches on; on localhost there is none.
SILENCED_SYSTEM_CHECKS = [] if HTTPS else ["security.W004", "security.W008", "security.W012", "security.W016"]

# --- language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# --- static files -----------------------------------------------------------------------------------------------------

STATICFILES_DIRS = [("chuan", PACKAGE / "writing" / "static")]  # the drawings bring their style sheet
STATIC_URL = f"static/{static_version(PACKAGE)}/"
WHITENOISE_USE_FINDERS = True  # served from the package: nothing to collect on one machine
WHITENOISE_IMMUTABLE_FILE_TEST = r".*"  # the version stands in the address
WHITENOISE_AUTOREFRESH = DEBUG

# --- jobs and notices -------------------------------------------------------------------------------------------------
# timeout < lease in chuan.jobs.work < retry, or a running task is handed out twice.

Q_CLUSTER = {
    "name": "chuan",
    "orm": "default",
    "cache": "job_workers",  # their sign of life, twice a second: not a matter for the database
    "workers": 2,
    "timeout": 600,
    "retry": 900,
    "ack_failures": False,  # a failed task stays in the queue; chuan.jobs.work says when it is given up
    "max_attempts": 5,
    "catch_up": False,
    "poll": 1,
    "save_limit": 1000,
    "label": "jobs",
}
CACHES["job_workers"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}

# CHUAN_SITE: the address that links in e-mail begin with; CHUAN_MAIL: smtp://user:password@host:587/?from=a@b&tls=1
SITE_ADDRESS = os.environ.get("CHUAN_SITE", "http://localhost:8000").rstrip("/")
MAIL = mail(os.environ.get("CHUAN_MAIL", ""))
EMAIL_BACKEND, DEFAULT_FROM_EMAIL = MAIL.backend, MAIL.sender
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = MAIL.host, MAIL.port, 20
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS = MAIL.user, MAIL.password, MAIL.tls

# --- logging ----------------------------------------------------------------------------------------------------------

LOGGING_CONFIG = "chuan.config.logging.configure"
LOGGING = logging_settings(debug=DEBUG)

# --- pages (chuan.web) ------------------------------------------------------------------------------------------------

FORM_RENDERER = "chuan.web.kit.forms.Renderer"
MESSAGE_TAGS = {messages.INFO: "", messages.SUCCESS: "done", messages.WARNING: "soon", messages.ERROR: "wrong"}
