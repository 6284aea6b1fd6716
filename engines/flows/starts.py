"""Flows of one form that the same event may start: a record has one open run at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engines.flows.compile import FlowPlan, StartPlan
from engines.problems import Problem, pointer, warning


def shared_starts(flows: Mapping[str, FlowPlan]) -> Iterator[Problem]:
    """A warning at the start of each flow that an earlier one of its form may keep from starting.

    ``flows`` are in the author's order, in which they start too. Conditions are not compared: they
    may well exclude each other, and the warning says only that both may start.
    """
    seen: list[FlowPlan] = []
    for key, flow in flows.items():
        before = next(
            (
                other
                for other in seen
                if other.form == flow.form and _together(other.start, flow.start)
            ),
            None,
        )
        if before is not None:
            path = pointer("flows", key, "start")
            yield warning(path, "starts_with_another", flow=before.label, key=before.key)
        seen.append(flow)


def _together(one: StartPlan, other: StartPlan) -> bool:
    """True when one event can start both; no watched fields: whichever field changed."""
    if one.event != other.event or one.event == "manual":
        return False
    if one.event == "created" or not (one.fields and other.fields):
        return True
    return bool(one.fields & other.fields)
