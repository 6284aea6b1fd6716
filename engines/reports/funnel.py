"""Funnels: steps by the options of a choice field, or by a condition each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engines.actions.reading import Reading
from engines.formulas.types import BOOLEAN
from engines.problems import pointer
from engines.reports.measure import MeasurePlan
from engines.reports.plan import FunnelPlan, StepPlan


def compile_funnel(options: Mapping[str, Any], reading: Reading) -> FunnelPlan | None:
    """The steps, checked; problems go to ``reading``."""
    field_key = options.get("field")
    field = reading.form.by_key.get(str(field_key)) if field_key is not None else None
    by_value = any(isinstance(step, str) for step in options["steps"])
    count = options.get("count", "current")
    if field_key is not None and field is None:
        reading.problem("/field", "no_such_field", field=field_key)
        return None
    if field is not None and field.type.key != "choice":
        reading.problem("/field", "not_a_choice_field", field=field_key)
        return None
    if by_value and field is None:
        reading.problem("/field", "funnel_needs_field")
        return None
    known = {each["value"]: each for each in field.options.get("options", ())} if field else {}
    steps: list[StepPlan] = []
    for index, step in enumerate(options["steps"]):
        at = pointer("steps", index)
        if isinstance(step, str):
            choice = known.get(step)
            if choice is None:
                reading.problem(at, "no_such_option", value=step, field=field_key)
                continue
            when = reading.formula(f"{field_key} = '{step}'", at, BOOLEAN)
            label, color, value = choice.get("label", step), choice.get("color"), step
        else:
            when = reading.formula(str(step["when"]), at + "/when", BOOLEAN)
            label, color, value = step["label"], None, None
        if when is not None:
            steps.append(StepPlan(label, when, value, color))
    return FunnelPlan(None if field is None else field.key, tuple(steps), count)


def funnel_measures(funnel: FunnelPlan, measure: MeasurePlan) -> tuple[MeasurePlan, ...]:
    """One measure per step, so that the whole funnel is one row of one query."""
    return tuple(
        replace(measure, key=f"step_{number}", label=step.label)
        for number, step in enumerate(funnel.steps, 1)
    )
