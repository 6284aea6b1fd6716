"""A dashboard definition into a plan: every report exists, every filter concerns one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engines.forms.field import FieldPlan
from engines.forms.plan import FormPlan
from engines.problems import Problem, Problems, pointer, problem, warning
from engines.queries.resolve import end
from engines.reports.plan import ReportPlan
from engines.texts import Text


@dataclass(frozen=True, slots=True)
class FilterPlan:
    """A field to filter by; ``fields`` are those of that name, by form.

    It concerns the reports over these forms and leaves the others alone.
    """

    field: str
    label: Text
    default: str | None
    fields: Mapping[str, FieldPlan]


@dataclass(frozen=True, slots=True)
class WidgetPlan:
    """A report at (x, y, width, height) on the grid of twelve columns."""

    report: str
    label: Text
    at: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class DashboardPlan:
    """A compiled dashboard; ``refresh`` in seconds, 0 for never."""

    key: str
    label: Text
    filters: tuple[FilterPlan, ...]
    refresh: int
    widgets: tuple[WidgetPlan, ...]
    warnings: tuple[Problem, ...] = ()


def compile_dashboard(
    body: Mapping[str, Any], reports: Mapping[str, ReportPlan], forms: Mapping[str, FormPlan]
) -> DashboardPlan:
    """The plan of a definition that fits its schema. Raises Problems with all that is wrong."""
    problems: list[Problem] = []
    warnings: list[Problem] = []
    widgets: list[WidgetPlan] = []
    for index, entry in enumerate(body["widgets"]):
        report = reports.get(str(entry["report"]))
        if report is None:
            at = pointer("widgets", index, "report")
            problems.append(problem(at, "no_such_report", report=entry["report"]))
            continue
        x, y, width, height = entry["at"]
        label = entry.get("label", report.label)
        widgets.append(WidgetPlan(report.key, label, (x, y, width, height)))
    used = {reports[each.report].form for each in widgets}
    filters: list[FilterPlan] = []
    for index, entry in enumerate(body.get("filters", ())):
        name = str(entry["field"])
        wanted = {entry["form"]} if entry.get("form") else used
        fields = {key: field for key in sorted(wanted) if (field := _field(name, key, forms))}
        at = pointer("filters", index, "field")
        if not any(_field(name, key, forms) for key in (*wanted, *forms)):
            problems.append(problem(at, "no_such_field", field=name))
        elif not fields:
            warnings.append(warning(at, "filter_without_report", field=name))
        else:
            first = next(iter(fields.values()))
            label = entry.get("label", first.label)
            filters.append(FilterPlan(name, label, entry.get("default"), fields))
    if problems:
        raise Problems((*problems, *warnings))
    return DashboardPlan(
        key=str(body["key"]),
        label=body["label"],
        filters=tuple(filters),
        refresh=int(body.get("refresh", 30)),
        widgets=tuple(widgets),
        warnings=tuple(warnings),
    )


def _field(name: str, form: str, forms: Mapping[str, FormPlan]) -> FieldPlan | None:
    if form not in forms:
        return None
    try:
        return end(forms[form], tuple(name.split(".")), forms).field
    except Problems:
        return None
