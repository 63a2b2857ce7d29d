"""Django settings, all of them derived from the one `Environment`."""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from wellspring.config.environment import read_environment
from wellspring.config.values import mail_server

ENVIRONMENT = read_environment()
ROOT = Path(__file__).resolve().parents[3]

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
SECRET_KEY_FALLBACKS = list(ENVIRONMENT.old_secret_keys)
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
PUBLIC_URL = ENVIRONMENT.public_url
HTTPS = PUBLIC_URL.startswith("https:")
if PUBLIC_URL:
    CSRF_TRUSTED_ORIGINS = ["/".join(PUBLIC_URL.split("/")[:3])]
    ALLOWED_HOSTS.append(str(urlsplit(PUBLIC_URL).hostname))

INSTALLED_APPS = [
    "wellspring.demo",
    "wellspring.sharing",
    "wellspring.library",
    "wellspring.plan",
    "wellspring.topics",
    "wellspring.people",
    "wellspring.core",
    "wellspring.config.operators.OperatorsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.weixin",
    "allauth.socialaccount.providers.dingtalk",
    "allauth.socialaccount.providers.feishu",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wellspring.people.accounts.middleware.IdleMiddleware",
    "wellspring.people.middleware.ViewerMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wellspring.people.accounts.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "wellspring.config.urls"
WSGI_APPLICATION = "wellspring.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wellspring.core.context.site",
                "wellspring.people.context.people",
                "wellspring.library.context.library",
                "wellspring.demo.context.demo",
            ],
        },
    },
]

if ENVIRONMENT.database_url:
    DATABASES = {"default": dj_database_url.parse(ENVIRONMENT.database_url, conn_max_age=60, conn_health_checks=True)}
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 10)
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(ENVIRONMENT.data / "wellspring.sqlite3"),
            "CONN_MAX_AGE": 60,
            # Without IMMEDIATE and the timeout, two writers and a worker meet "database is locked".
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
            # A file, as in real life: several connections see one another's commits.
            "TEST": {"NAME": str(ENVIRONMENT.data / "test.sqlite3")},
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "core.User"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "people:today"
# Accounts
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "wellspring.people.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs herself up; see the adapter
ACCOUNT_FORMS = {
    "login": "wellspring.people.accounts.forms.entrance.SignInForm",
    "reset_password": "wellspring.people.accounts.forms.entrance.ForgottenForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = (
    False  # allauth's count in each process's memory; ours in the database, see people/accounts/services/attempts.py
)
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_USER_DISPLAY = "wellspring.people.accounts.adapters.shown_name"
PASSWORD_RESET_TIMEOUT = 24 * 3600
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
MFA_ADAPTER = "wellspring.people.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # clocks of telephones
MFA_FORMS = {
    "authenticate": "wellspring.people.accounts.forms.second_factor.CodeForm",
    "reauthenticate": "wellspring.people.accounts.forms.second_factor.CodeAgainForm",
    "activate_totp": "wellspring.people.accounts.forms.second_factor.ActivateAppForm",
    "authenticate_webauthn": "wellspring.people.accounts.forms.second_factor.PasskeyForm",
    "reauthenticate_webauthn": "wellspring.people.accounts.forms.second_factor.PasskeyAgainForm",
    "login_webauthn": "wellspring.people.accounts.forms.second_factor.PasskeyAloneForm",
    "add_webauthn": "wellspring.people.accounts.forms.second_factor.AddPasskeyForm",
}
MFA_RATE_LIMITS = False
# Browsers give passkeys to https only, and to localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SOCIALACCOUNT_ADAPTER = "wellspring.people.accounts.adapters.OtherServiceAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SERVICE_ORIGINS = {
    "weixin": "https://open.weixin.qq.com",
    "dingtalk": "https://login.dingtalk.com",
    "feishu": "https://open.feishu.cn",
}
OTHER_SERVICES = {
    name: application for name in SERVICE_ORIGINS if (application := getattr(ENVIRONMENT, name)) is not None
}
SOCIALACCOUNT_PROVIDERS = {
    name: {"APPS": [{"client_id": identity, "secret": secret, "key": ""}]}
    for name, (identity, secret) in OTHER_SERVICES.items()
}
if ENVIRONMENT.idle_minutes:
    SESSION_COOKIE_AGE = max(14 * 24 * 3600, ENVIRONMENT.idle_minutes * 60)

# Mail
EMAIL_TIMEOUT = 20
if ENVIRONMENT.email_url:
    globals().update(mail_server(ENVIRONMENT.email_url))
    DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.email_from
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

CSRF_FAILURE_VIEW = "wellspring.core.failures.csrf_failure"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "wellspring.core.static_files.QuickManifestStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map", "po", "mo")
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        # A form that leads to another service is followed there only where its origin is named.
        "form-action": [SELF, *(SERVICE_ORIGINS[name] for name in OTHER_SERVICES)],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# A proxy in front speaks TLS. It redirects http itself: only it knows whether a request came by http.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other host names under this domain are not ours to decide
    "security.W008",  # the redirect is the proxy's, see above
    "security.W021",  # browsers' preload list likewise
    "security.W019",  # the as-captured view is a frame of our own page
]
SESSION_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "readable": {
            "()": "wellspring.core.readable_log.ReadableFormatter",
            "tracebacks": ENVIRONMENT.log_level == "debug" or DEBUG,
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "readable"}},
    "root": {"handlers": ["console"], "level": ENVIRONMENT.log_level.upper()},
    "loggers": {
        # Django's own handlers (mail to admins, a console of its own in debugging) are not wanted.
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "ERROR"},
        "django.db.backends": {"level": "INFO"},
        "asyncio": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
        "PIL": {"level": "INFO"},
        "_granian": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
