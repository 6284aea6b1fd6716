"""Runs reports: counted in Postgres under the viewer's rights, arranged and drawn by the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import timezone

from apps_runtime import records
from apps_runtime.applications import sees
from apps_runtime.caller import Caller, installed
from apps_runtime.forms import form_of, localized
from apps_runtime.records.asking import policed, sql_env
from apps_runtime.records.listing import Wanted, answered, columns_of
from apps_runtime.refusals import not_found
from apps_runtime.releases import Installed
from apps_runtime.store import read
from apps_runtime.store.time_limit import at_most
from engines import definitions
from engines.formulas.compile import Formula
from engines.problems import Problems, refuse
from engines.queries import Cell, Measure, PolicedQuery, Query, as_application
from engines.queries.filters import compile_filter
from engines.queries.query import read_sort
from engines.reports.compile import compile_report
from engines.reports.plan import ReportPlan
from engines.reports.query import drill, query
from engines.reports.result import result
from engines.texts import text
from engines.values import JsonValue

REASON = "a report that shows totals of all records, as its definition says"
# Counts every record of a group beside the report's own measures, for the total.
TOTAL = "_records"


def answer(
    caller: Caller, report: str, *, filter_text: str | None, language: str
) -> dict[str, Any]:
    """A published report: columns, rows, cells, figure, and how many records stand behind it."""
    found = installed(caller.app)
    plan = report_of(caller, found, report)
    filters = _filters(found, plan, filter_text)
    return _run(caller, found, plan, filters, language, published=True)


def preview(
    caller: Caller, body: Mapping[str, JsonValue], *, filter_text: str | None, language: str
) -> dict[str, Any]:
    """The same for a definition that is not published; shows only what the caller may see."""
    found = installed(caller.app)
    plan = _draft(found, body)
    filters = _filters(found, plan, filter_text)
    return _run(caller, found, plan, filters, language, published=False)


def behind(
    caller: Caller,
    report: str | Mapping[str, JsonValue],
    *,
    cell: JsonValue,
    filter_text: str | None,
    wanted: Wanted,
) -> bytes:
    """The records behind one cell of a report, as a list; always under the viewer's own rights."""
    found = installed(caller.app)
    published = isinstance(report, str)
    plan = report_of(caller, found, report) if isinstance(report, str) else _draft(found, report)
    form = form_of(found, plan.form)
    equals: tuple[Cell, ...]
    conditions: tuple[Formula, ...]
    if cell is None:
        equals, conditions = (), () if plan.where is None else (plan.where,)
    elif isinstance(cell, Mapping):
        equals, conditions = drill(plan, cell)
    else:
        raise refuse("/cell", "no_such_cell")
    filters = _filters(found, plan, filter_text)
    # Who may not have the number may not have what is behind it either.
    _allowed(caller, found, plan, query(plan, filters, published=published), published=published)
    if not 1 <= wanted.limit <= records.MAX_LIMIT:
        raise refuse("/limit", "limit_out_of_range", limit=records.MAX_LIMIT)
    asked = Query(
        form.key,
        columns=columns_of(form, wanted.fields),
        filters=(*filters, *(() if published else conditions)),
        fixed=conditions if published else (),
        equals=equals,
        sort=read_sort(wanted.sort, form) if wanted.sort else (),
        limit=wanted.limit,
        after=wanted.after,
        language=wanted.language,
    )
    return answered(caller, found, form, asked, wanted, {"form": form.key})


def dashboard(caller: Caller, key: str, language: str) -> dict[str, Any]:
    """A dashboard's filters and widgets, without those over forms that the caller does not see."""
    found = installed(caller.app)
    plan = found.plan.dashboards.get(key)
    if plan is None:
        raise not_found()
    allowed = caller.permissions(found.plan, found.release)
    filters = []
    for each in plan.filters:
        visible = {
            form: field
            for form, field in each.fields.items()
            if sees(allowed, form)
            and (field.key not in found.plan.forms[form].by_key or _shown(allowed, form, field.key))
        }
        if not visible:
            continue
        field = next(iter(visible.values()))
        filters.append(
            {
                "field": each.field,
                "label": text(each.label, language),
                "type": field.type.key,
                "value_type": field.value_type.name,
                "options": localized(dict(field.options), language),
                "default": each.default,
                "forms": sorted(visible),
            }
        )
    return {
        "key": plan.key,
        "label": text(plan.label, language),
        "filters": filters,
        "refresh": plan.refresh,
        "widgets": [
            {
                "report": widget.report,
                "label": text(widget.label, language),
                "type": found.plan.reports[widget.report].chart.key,
                "form": found.plan.reports[widget.report].form,
                "at": list(widget.at),
            }
            for widget in plan.widgets
            if sees(allowed, found.plan.reports[widget.report].form)
        ],
    }


def _shown(allowed: Any, form: str, field: str) -> bool:
    return bool(allowed.rights(form).right(field) != "hide")


def report_of(caller: Caller, found: Installed, report: str) -> ReportPlan:
    """The plan of a published report; 404 also where its form is hidden from the caller."""
    plan: ReportPlan | None = found.plan.reports.get(report)
    if plan is None or not sees(caller.permissions(found.plan, found.release), plan.form):
        raise not_found()
    return plan


def _draft(found: Installed, body: Mapping[str, JsonValue]) -> ReportPlan:
    try:
        read_body = definitions.read({"label": "—", "key": "preview", **body}, kind="report").body
        return compile_report(read_body, found.plan.forms)
    except Problems as error:
        raise error.under("/report") from None


def _filters(found: Installed, plan: ReportPlan, filter_text: str | None) -> tuple[Formula, ...]:
    if not filter_text:
        return ()
    form = form_of(found, plan.form)
    return (compile_filter(filter_text, form, found.plan.forms),)


def _run(
    caller: Caller,
    found: Installed,
    plan: ReportPlan,
    filters: tuple[Formula, ...],
    language: str,
    *,
    published: bool,
) -> dict[str, Any]:
    form = form_of(found, plan.form)
    asked = query(plan, filters, published=published)
    asked = replace(asked, measures=(*asked.measures, Measure("count", TOTAL)), language=language)
    allowed = _allowed(caller, found, plan, asked, published=published)
    with at_most(settings.REPORT_STATEMENT_TIMEOUT):
        rows = read.grouped_rows(allowed)
    total = sum(int(row[-1]) for row in rows)
    made = result(plan, [row[:-1] for row in rows], language, found.plan.currency)
    return {
        "key": plan.key,
        "label": text(plan.label, language),
        "form": form.key,
        "type": plan.chart.key,
        "columns": made.columns,
        "rows": made.rows,
        "labels": made.labels,
        "cells": made.cells,
        "figure": made.figure,
        "more": made.more,
        "capped": made.capped,
        "total": total,
        "as_of": timezone.now(),
        "scope": _scope(caller, found, plan, published=published),
    }


def _scope(caller: Caller, found: Installed, plan: ReportPlan, *, published: bool) -> str:
    """``mine`` where the viewer's row rules leave records out, ``all`` where they could not."""
    if published and plan.scope == "all":
        return "all"
    see = caller.permissions(found.plan, found.release).rights(plan.form).see
    return "all" if see.everything else "mine"


def _allowed(
    caller: Caller, found: Installed, plan: ReportPlan, asked: Query, *, published: bool
) -> PolicedQuery:
    """Under the viewer's rights; a published report of scope ``all`` counts every record, but by
    fields that the viewer may see."""
    mine = policed(caller, found, asked, reason=REASON)
    if plan.scope != "all" or not published:
        return mine
    env = sql_env(caller, found.plan.forms[plan.form])
    return as_application(asked, found.plan.forms, env, reason=REASON)
