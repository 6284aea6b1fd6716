"""Settings of one installation; the only module that reads the environment."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import environment

BASE = Path(__file__).resolve().parent.parent

# local: `make run` and tests; production: a deployment, which refuses unsafe values below.
MODE = environment.text("MORTISE_MODE", "local")
PRODUCTION = MODE == "production"
DEBUG = environment.flag("MORTISE_DEBUG", default=False)
LOCAL_SECRET_KEY = "only-for-local-use-and-tests-0123456789abcdefghijklmnopqrstuvwxyz"  # noqa: S105
SECRET_KEY = environment.text("MORTISE_SECRET_KEY", LOCAL_SECRET_KEY)
URL = environment.text("MORTISE_URL").rstrip(
    "/"
)  # links in mails are built from it, never from Host
ALLOWED_HOSTS = environment.names("MORTISE_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
if URL and (host := urlsplit(URL).hostname) and host not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(host)

DATABASE_URL = environment.text("DATABASE_URL", "postgresql://mortise@127.0.0.1:5432/mortise")
REDIS_URL = environment.text("REDIS_URL", "redis://127.0.0.1:6379/0")

if MODE not in ("local", "production"):
    raise ImproperlyConfigured(f"MORTISE_MODE must be local or production, not {MODE!r}")
if PRODUCTION:
    refusals = [
        (DEBUG, "MORTISE_DEBUG must be off"),
        (SECRET_KEY == LOCAL_SECRET_KEY, "MORTISE_SECRET_KEY must be set"),
        (len(SECRET_KEY) < 50, "MORTISE_SECRET_KEY must have at least 50 characters"),
        (not URL, "MORTISE_URL must be set to the address that people use"),
        ("*" in ALLOWED_HOSTS, "MORTISE_HOSTS must name the hosts, not *"),
        (not urlsplit(DATABASE_URL).password, "DATABASE_URL must have a password"),
        (not urlsplit(REDIS_URL).password, "REDIS_URL must have a password"),
        (
            environment.text("MORTISE_ADMIN_PASSWORD") in ("admin", "password", "mortise"),
            "MORTISE_ADMIN_PASSWORD must not be a default password",
        ),
        (
            0 < len(environment.text("MORTISE_ADMIN_PASSWORD")) < 8,
            "MORTISE_ADMIN_PASSWORD must have at least 8 characters",
        ),
    ]
    if wrong := [sentence for refused, sentence in refusals if refused]:
        raise ImproperlyConfigured("Production refuses to start: " + "; ".join(wrong) + ".")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_vite",
    "apps_runtime",
    "builder",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.static_files.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.policy.PolicyMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
            ],
        },
    }
]

# Which process this is: each has its own limit for one statement, in milliseconds (0: none).
PROCESS = environment.text("MORTISE_PROCESS", "command")
STATEMENT_TIMEOUT = {"web": 15_000, "worker": 60_000, "clock": 15_000}.get(PROCESS, 0)
# Reports may take longer than other requests: their module sets this limit for its transaction.
REPORT_STATEMENT_TIMEOUT = 30_000
DATABASES = {
    "default": environment.database(
        DATABASE_URL,
        options=(
            f"-c statement_timeout={STATEMENT_TIMEOUT}"
            f" -c idle_in_transaction_session_timeout={120_000 if STATEMENT_TIMEOUT else 0}"
            " -c jit=off -c synchronous_commit=on"
            # Else a database user called like a schema would have it searched first.
            " -c search_path=public"
        ),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = None  # tests run under pytest only

AUTH_USER_MODEL = "apps_runtime.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
# Sessions live in Postgres alone: a flushed or absent Redis signs nobody out.
SESSION_ENGINE = "apps_runtime.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [URL] if URL else []
LOGIN_URL = "/login"
CSRF_FAILURE_VIEW = "apps_runtime.pages.missing.out_of_date"
# Only a named proxy may say who the client is and that the connection is encrypted.
TRUSTED_PROXIES = environment.names("MORTISE_TRUSTED_PROXIES")
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if URL.startswith("https://") else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
DIST = BASE / "static" / "dist"
STATICFILES_DIRS = [("dist", DIST)]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
SILENCED_SYSTEM_CHECKS = ["staticfiles.W004"]  # dist is built by `make setup`, not kept in git
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
# Vite names built files `name-<hash>.ext`: such a file never changes.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+-[A-Za-z0-9_-]{8}\.[a-z0-9]+$"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": DIST / "manifest.json",
        "static_url_prefix": "dist",
    }
}

# Files that people upload; never served by the web server without the runtime's permission check.
MEDIA_ROOT = Path(environment.text("MORTISE_FILES", str(BASE / ".local" / "files")))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["apps_runtime.api.render.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "apps_runtime.api.parse.JSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps_runtime.api.authentication.SessionAuthentication",
        "apps_runtime.api.authentication.TokenAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "URL_FORMAT_OVERRIDE": None,  # `format` is the export's own parameter
    "EXCEPTION_HANDLER": "apps_runtime.api.problems.exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "TEST_REQUEST_RENDERER_CLASSES": [
        "rest_framework.renderers.JSONRenderer",
        "rest_framework.renderers.MultiPartRenderer",
    ],
}

# Messages only wake workers (see config/celery.py): they carry no state, no delay and no result.
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_DEFAULT_QUEUE = "mortise"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 660
CELERY_TASK_SOFT_TIME_LIMIT = 600
# A lost wake-up loses no work (the clock sweeps), so a request never waits for an absent broker.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # kB
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 15,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "visibility_timeout": 3600,
}
CELERY_TIMEZONE = "UTC"

# Tried when the first person is made; see the command `ensure_admin`.
ADMIN_PASSWORD = environment.text("MORTISE_ADMIN_PASSWORD")
TOLERATED_CLOCK_SILENCE = 30  # seconds without a beat before /healthz complains

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("MORTISE_LOG", "WARNING")},
}
