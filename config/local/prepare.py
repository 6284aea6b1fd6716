"""Brings the database up to date before the first request: tables, administrator, the packaged CRM.

Prints one JSON object: what `ensure_admin` says about the administrator's account.
"""

import io
import json
import os
import sys

import django
from django.core.management import call_command

from config import environment


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    from apps_runtime.models import Heartbeat  # models exist only after django.setup()

    Heartbeat.objects.all().delete()  # signs of life of an earlier run prove nothing
    answer = io.StringIO()
    call_command("ensure_admin", stdout=answer)
    if environment.flag("MORTISE_DEMO", default=True):
        call_command("install_packaged", "crm", stdout=sys.stderr)
    print(json.dumps(json.loads(answer.getvalue())))


if __name__ == "__main__":
    main()
