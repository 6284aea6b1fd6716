"""Rules by the clock: one timer per rule that waits for a moment.

The timer keeps up to when the rule has been seen to, so that nothing is missed while the workers
were away.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from apps_runtime import people, records, releases
from apps_runtime.models import RuleRun
from apps_runtime.releases import Installed
from apps_runtime.rules.run import run
from apps_runtime.source import Row
from engines.rules.compile import RulePlan
from engines.rules.trigger import Happening

TICK_SECONDS = 5
SET = """
INSERT INTO mortise_timer (kind, app, rule, form, key, payload, due_at)
VALUES ('rule', %(app)s, %(rule)s, %(form)s, %(key)s,
        jsonb_build_object('since', %(since)s::timestamptz, 'release', %(release)s::int), %(due)s)
ON CONFLICT (key) DO NOTHING
"""
# Somebody may have written a record a little before it was looked at and committed it after.
SLACK = timedelta(minutes=1)
_seen_stamp = -1


def ensure_timers() -> None:
    """A timer for every rule that runs by the clock; looked at again when the stamp has changed."""
    global _seen_stamp
    stamp = people.stamp()
    if stamp == _seen_stamp:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        (now,) = cursor.fetchone()
    for app in releases.numbers():
        installed = releases.installed(app)
        if installed is None:
            continue
        for rule in installed.plan.rules.values():
            if rule.active and rule.trigger.key in ("schedule", "reached"):
                _set(installed, rule, now)
    _seen_stamp = stamp


def _set(installed: Installed, rule: RulePlan, now: datetime, release: int = 0) -> None:
    """The next moment at which to look; a rule without one has come to its end. ``release`` is
    the one for which the whole of today has been looked at; 0: none."""
    if rule.trigger.key == "reached":
        due: datetime | None = now + timedelta(seconds=TICK_SECONDS)
    else:
        due = rule.next_after(now, installed.plan.timezone)
    if due is None:
        return
    key = f"rule:{installed.app}.{rule.key}"
    with connection.cursor() as cursor:
        cursor.execute(
            SET,
            {
                "app": installed.app,
                "rule": rule.key,
                "form": rule.form,
                "key": key,
                "since": now,
                "release": release,
                "due": due,
            },
        )


def fire(row: Row) -> None:
    """A rule's timer is due: do what has become due since the last time, and set the next one."""
    installed = releases.installed(row["app"])
    rule = installed.plan.rules.get(row["rule"]) if installed is not None else None
    if installed is None or rule is None or not rule.active:
        return
    now: datetime = row["now"]
    if rule.trigger.key == "schedule":
        cause = f"tick:{row['due_at'].isoformat()}"
        for record in records.ids_where(installed, rule.form, rule.when):
            run(installed, rule, Happening("schedule"), record=record, cause=cause, now=now)
    elif rule.trigger.key == "reached":
        payload: dict[str, Any] = (
            json.loads(row["payload"]) if isinstance(row["payload"], str) else row["payload"]
        )
        since = datetime.fromisoformat(payload["since"])
        _reach(installed, rule, since, now)
        same = payload.get("release") == installed.release
        _catch_up(installed, rule, since, now, changed_after=since - SLACK if same else None)
    else:
        return
    _set(installed, rule, now, installed.release)


def _reach(installed: Installed, rule: RulePlan, since: datetime, now: datetime) -> None:
    """Records whose date was reached in (since, now]; each value once, even after an outage."""
    for record, cause in _reached(installed, rule, since, now):
        run(installed, rule, Happening("reached"), record=record, cause=cause, now=now)


def _catch_up(
    installed: Installed,
    rule: RulePlan,
    since: datetime,
    now: datetime,
    *,
    changed_after: datetime | None,
) -> None:
    """What was reached today but only became known after its hour: dates written late, in records
    changed after ``changed_after``, and everything where the rule itself is new (None)."""
    today = now.astimezone(ZoneInfo(installed.plan.timezone)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    late = _reached(
        installed, rule, today - timedelta(microseconds=1), since, changed_after=changed_after
    )
    if not late:
        return
    known = set(
        RuleRun.objects.filter(
            app=installed.app,
            rule=rule.key,
            cause__in={cause for _, cause in late},
            record__in={record for record, _ in late},
        ).values_list("record", "cause")
    )
    for record, cause in late:
        if (record, cause) not in known:
            run(installed, rule, Happening("reached"), record=record, cause=cause, now=now)


def _reached(
    installed: Installed,
    rule: RulePlan,
    after: datetime,
    until: datetime,
    *,
    changed_after: datetime | None = None,
) -> list[tuple[int, str]]:
    """(record, cause) of what was reached in (after, until]."""
    reaching: Any = rule.options
    zone = installed.plan.timezone
    if after >= until:
        return []
    moments, days = reaching.window(after, until, zone)
    found = records.ids_between(
        installed, rule.form, reaching.field, moments, days, changed_after=changed_after
    )
    return [
        (record, f"reached:{value.isoformat()}")
        for record, value in found
        if (moment := reaching.moment(value, zone)) is not None and after < moment <= until
    ]
