"""By the clock: for each record that meets the condition, at the times of a cron expression."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engines.actions.reading import Reading
from engines.forms.options import closed, option
from engines.rules.cron import Cron, next_after, read_cron
from engines.rules.trigger import Trigger


class Schedule(Trigger):
    """Times are those of the application's time zone."""

    key = "schedule"
    label = {"zh-Hans": "定时执行", "en": "At set times"}
    order = 50
    options_schema = closed(
        {
            "cron": option(
                {"type": "string", "minLength": 9, "maxLength": 120},
                "时间",
                "When",
                order=1,
                widget="cron",
                help=(
                    "分 时 日 月 星期，例如 0 9 * * 1 表示每周一 9:00",
                    "Minute hour day month weekday: 0 9 * * 1 is Mondays at 9:00",
                ),
            )
        },
        ("cron",),
    )
    happenings = frozenset({"schedule"})

    def compile(self, options: Mapping[str, Any], reading: Reading) -> Cron | None:
        cron = read_cron(str(options["cron"]))
        if cron is None:
            reading.problem("/cron", "not_a_schedule", value=options["cron"])
        return cron

    def next_after(self, compiled: Cron, moment: datetime, zone: str) -> datetime | None:
        return next_after(compiled, moment, zone)
