"""Links under which people without an account fill in a form."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import connection
from django.utils import timezone

from apps_runtime import releases
from apps_runtime.models import Counter, PublicLink
from apps_runtime.refusals import Refused, not_found
from engines.application import ApplicationPlan
from engines.forms.field import FieldPlan
from engines.forms.plan import FormPlan
from engines.forms.public_fields import MOMENTS, public_moment
from engines.problems import problem

TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
State = Literal["open", "closed", "early", "expired", "full"]
TAKEN = "public"  # the counter of what came through links


@dataclass(frozen=True, slots=True)
class PublicForm:
    """A form as strangers see it: its plan, and only the fields that it publishes."""

    token: str
    app: str
    release: int
    plan: FormPlan
    application: ApplicationPlan
    settings: Mapping[str, Any]
    fields: tuple[FieldPlan, ...]
    state: State
    moment: datetime | None  # when it opens or expired


def public_form(token: str) -> PublicForm:
    """The form behind a link; the same 404 for every token that leads nowhere."""
    link = PublicLink.objects.filter(token=token).first() if TOKEN.fullmatch(token) else None
    installed = releases.installed(link.app) if link is not None else None
    plan = installed.plan.forms.get(link.form) if link is not None and installed else None
    settings = plan.body.get("public") if plan is not None else None
    if link is None or installed is None or plan is None or not isinstance(settings, Mapping):
        raise not_found()
    state, moment = _state(link, settings, plan.zone)
    return PublicForm(
        token,
        link.app,
        installed.release,
        plan,
        installed.plan,
        settings,
        published_fields(plan),
        state,
        moment,
    )


def published_fields(plan: FormPlan) -> tuple[FieldPlan, ...]:
    """The fields that the form publishes, in the order in which it names them."""
    settings = plan.body.get("public")
    names = settings.get("fields", ()) if isinstance(settings, Mapping) else ()
    found = (plan.by_key.get(name) for name in names)
    return tuple(
        field for field in found if field is not None and field.type.plain and not field.read_only
    )


def take_one(form: PublicForm) -> None:
    """Count one more answer, in the transaction that stores it; refuses one over the limit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO mortise_counter AS c (app, form, field, period, value)"
            " VALUES (%s, %s, %s, '', 1)"
            " ON CONFLICT (app, form, field, period) DO UPDATE SET value = c.value + 1"
            " RETURNING value",
            [form.app, form.plan.key, TAKEN],
        )
        taken = cursor.fetchone()[0]
    most = form.settings.get("most")
    if isinstance(most, int) and taken > most:
        raise Refused(410, (problem("", "form_full"),))


def _taken(link: PublicLink) -> int:
    found = Counter.objects.filter(app=link.app, form=link.form, field=TAKEN, period="")
    return int(found.values_list("value", flat=True).first() or 0)


def link_of(app: str, form: str) -> PublicLink | None:
    """The form's link, open or closed."""
    return PublicLink.objects.filter(app=app, form=form).order_by("at").first()


def open_link(app: str, form: str, *, person: int | None) -> PublicLink:
    """The form's link, opened; made where there is none. 404 where the form publishes nothing."""
    plan = releases.plan(app).forms.get(form)
    if plan is None or not isinstance(plan.body.get("public"), Mapping):
        raise not_found()
    found = link_of(app, form)
    if found is None:
        return PublicLink.objects.create(
            token=secrets.token_urlsafe(16), app=app, form=form, created_by_id=person
        )
    if found.closed:
        found.closed = False
        found.save(update_fields=["closed"])
    return found


def close_link(app: str, form: str) -> None:
    """Take no more answers; the address stays the form's own."""
    PublicLink.objects.filter(app=app, form=form).update(closed=True)


def open_published(app: str, *, person: int | None) -> None:
    """Give a link to every form that publishes fields and never had one."""
    for key, plan in releases.plan(app).forms.items():
        if isinstance(plan.body.get("public"), Mapping) and link_of(app, key) is None:
            open_link(app, key, person=person)


def _state(
    link: PublicLink, settings: Mapping[str, Any], zone: str
) -> tuple[State, datetime | None]:
    if link.closed or settings.get("closed") is True:
        return "closed", None
    now = timezone.now()
    opens, closes = (public_moment(settings, name, zone) for name in MOMENTS)
    if opens is not None and now < opens:
        return "early", opens
    if closes is not None and now >= closes:
        return "expired", closes
    most = settings.get("most")
    if isinstance(most, int) and _taken(link) >= most:
        return "full", None
    return "open", None
