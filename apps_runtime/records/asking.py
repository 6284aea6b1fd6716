"""What every question to records needs to know: the moment, the zone, who asks."""

from __future__ import annotations

from django.utils import timezone

from apps_runtime import people
from apps_runtime.caller import Caller
from apps_runtime.releases import Installed
from engines.access import Rights
from engines.forms.plan import FormPlan
from engines.formulas.to_sql import SqlEnv
from engines.queries import PolicedQuery, Query, as_application, police


def sql_env(caller: Caller, form: FormPlan) -> SqlEnv:
    """Now, the application's zone, the asker and the names that texts in formulas mean."""
    known = people.directory()
    return SqlEnv(
        now=timezone.now(),
        zone=form.zone,
        actor=caller.actor,
        people=known.usernames,
        departments=known.department_keys,
    )


def rights_of(caller: Caller, installed: Installed, form: str) -> Rights:
    """The caller's rights to a form."""
    return caller.permissions(installed.plan, installed.release).rights(form)


def policed(caller: Caller, installed: Installed, query: Query, *, reason: str) -> PolicedQuery:
    """``query`` with the caller's rights; the application itself reads everything."""
    forms = installed.plan.forms
    env = sql_env(caller, forms[query.form])
    if caller.everything:
        return as_application(query, forms, env, reason=reason)
    return police(query, forms, caller.permissions(installed.plan, installed.release), env)
