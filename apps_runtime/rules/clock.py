"""Rules by the clock: one timer per rule that waits for a moment.

The timer keeps up to when the rule has been seen to, so that nothing is missed while the workers
were away.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from apps_runtime import people, records, releases
from apps_runtime.releases import Installed
from apps_runtime.rules.run import run
from apps_runtime.source import Row
from engines.rules.compile import RulePlan
from engines.rules.trigger import Happening

TICK_SECONDS = 5
SET = """
INSERT INTO mortise_timer (kind, app, rule, form, key, payload, due_at)
VALUES ('rule', %s, %s, %s, %s, jsonb_build_object('since', %s::timestamptz), %s)
ON CONFLICT (key) DO NOTHING
"""
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


def _set(installed: Installed, rule: RulePlan, now: datetime) -> None:
    """The next moment at which to look; a rule without one has come to its end."""
    if rule.trigger.key == "reached":
        due: datetime | None = now + timedelta(seconds=TICK_SECONDS)
    else:
        due = rule.next_after(now, installed.plan.timezone)
    if due is None:
        return
    key = f"rule:{installed.app}.{rule.key}"
    with connection.cursor() as cursor:
        cursor.execute(SET, [installed.app, rule.key, rule.form, key, now, due])


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
        _reach(installed, rule, datetime.fromisoformat(payload["since"]), now)
    else:
        return
    _set(installed, rule, now)


def _reach(installed: Installed, rule: RulePlan, since: datetime, now: datetime) -> None:
    """Records whose date was reached in (since, now]; each value once, even after an outage."""
    reaching: Any = rule.options
    zone = installed.plan.timezone
    moments, days = reaching.window(since, now, zone)
    for record, value in records.ids_between(installed, rule.form, reaching.field, moments, days):
        moment = reaching.moment(value, zone)
        if moment is not None and since < moment <= now:
            cause = f"reached:{value.isoformat()}"
            run(installed, rule, Happening("reached"), record=record, cause=cause, now=now)
