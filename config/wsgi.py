"""The web process's door: gunicorn calls `application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Loads everything before gunicorn forks; otherwise each process would do so in its first request.
import config.urls  # noqa: E402, F401
