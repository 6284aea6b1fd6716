"""A report definition into a plan: every field, formula and key checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from engines.actions.reading import Reading, scope_of
from engines.forms.currency import currency_of
from engines.forms.field import FieldPlan
from engines.forms.plan import FormPlan
from engines.formulas.compile import Formula
from engines.formulas.scope import Scope
from engines.formulas.types import BOOLEAN, NUMBER
from engines.problems import Problems, has_errors, pointer, refuse
from engines.queries.resolve import end, kind_of
from engines.reports.charts import CHARTS
from engines.reports.funnel import compile_funnel, funnel_measures
from engines.reports.grains import GRAINS
from engines.reports.measure import ORDERED, MeasurePlan
from engines.reports.measures import MEASURES
from engines.reports.plan import DimensionPlan, ReportPlan
from engines.texts import LANGUAGES, Text

GROUPABLE = frozenset(
    {"text", "number", "boolean", "date", "moment", "person", "department", "link"}
)


def compile_report(body: Mapping[str, Any], forms: Mapping[str, FormPlan]) -> ReportPlan:
    """The plan of a definition that fits its schema. Raises Problems with all that is wrong."""
    form = forms.get(str(body["form"]))
    if form is None:
        raise refuse("/form", "no_such_form", form=body["form"])
    reading = Reading(form, forms, scope_of(form, forms))
    where_text = body.get("where")
    where = None if where_text is None else reading.formula(where_text, "/where", BOOLEAN)
    dimensions = _dimensions(body.get("dimensions", ()), reading)
    measures = _measures(body.get("measures", ()), reading)
    funnel = None
    if "funnel" in body:
        funnel = compile_funnel(body["funnel"], reading.at("/funnel"))
        if dimensions:
            reading.problem("/dimensions", "funnel_has_no_dimensions")
        if len(measures) > 1:
            reading.problem("/measures", "funnel_has_one_measure")
        for index, each in enumerate(measures):
            if each.where is not None or each.kind.computed:
                reading.problem(
                    pointer("measures", index), "not_a_funnel_measure", of=each.kind.key
                )
            elif body["funnel"].get("count") == "reached" and each.kind.key != "count":
                reading.problem(pointer("measures", index), "reached_counts_only", of=each.kind.key)
    if not measures and not body.get("measures"):
        measures = _measures(({"of": "count"},), reading)
    _check_keys(dimensions, measures, reading)
    sort = _sort(body.get("sort", ()), dimensions, measures, reading)
    chart_options = body.get("chart", {"type": "funnel" if funnel else "table"})
    chart = CHARTS.get(str(chart_options.get("type")))
    if chart is None:
        reading.problem("/chart/type", "no_such_chart", type=str(chart_options.get("type")))
    elif chart.funnel and funnel is None:
        reading.problem("/chart/type", "chart_needs_steps", chart=chart.key)
    elif funnel is None:
        for name, code, found, (least, most) in (
            ("dimensions", "chart_dimensions", len(dimensions), chart.dimensions),
            ("measures", "chart_measures", len(measures), chart.measures),
        ):
            if not least <= found <= most:
                reading.problem(
                    "/" + name,
                    code,
                    chart=chart.key,
                    least=least,
                    most=most,
                    found=found,
                )
    # The chart's number format holds for every measure that does not say its own.
    common = chart_options.get("format", {})
    measures = tuple(replace(each, format={**common, **each.format}) for each in measures)
    others = bool(body.get("others", False))
    if others and any(not each.kind.additive for each in measures):
        reading.warning("/others", "others_cannot_be_summed")
    if has_errors(reading.problems) or chart is None:
        raise Problems(reading.problems)
    return ReportPlan(
        key=str(body["key"]),
        label=body["label"],
        form=form.key,
        dimensions=dimensions,
        measures=funnel_measures(funnel, measures[0]) if funnel else measures,
        where=where,
        sort=sort,
        limit=body.get("limit"),
        others=others,
        funnel=funnel,
        chart=chart,
        chart_options=chart_options,
        zone=form.zone,
        scope=body.get("scope", "mine"),
        warnings=tuple(reading.problems),
    )


def _field_at(
    name: str, reading: Reading, path: str
) -> tuple[Formula, FieldPlan, Mapping[str, Any]] | None:
    """A field or link path as a formula, its field, and the options its values are shown by."""
    formula = reading.formula(name, path)
    if formula is None:
        return None
    route = tuple(name.strip().split("."))
    try:
        field = end(reading.form, route, reading.forms).field
    except Problems:
        reading.problem(path, "no_such_field", field=name)
        return None
    return formula, field, kind_of(field)[1]


def _dimensions(given: Sequence[Mapping[str, Any]], reading: Reading) -> tuple[DimensionPlan, ...]:
    found: list[DimensionPlan] = []
    for index, entry in enumerate(given):
        path = pointer("dimensions", index)
        name = str(entry["field"])
        known = _field_at(name, reading, path + "/field")
        if known is None:
            continue
        formula, field, options = known
        grain = entry.get("by")
        dated = formula.type.name in ("date", "moment")
        if formula.type.name not in GROUPABLE or kind_of(field)[0] == "long_text":
            reading.problem(path + "/field", "not_a_dimension", field=name)
            continue
        if grain is not None and (grain not in GRAINS or not dated):
            reading.problem(path + "/by", "grain_needs_date", field=name)
            continue
        if grain is None and dated:
            grain = "day"
        route = tuple(name.strip().split("."))
        key = "_".join(route) + (f"_{entry['by']}" if entry.get("by") else "")
        found.append(
            DimensionPlan(
                key=key,
                path=route,
                of=formula,
                type=formula.type,
                grain=grain,
                label=entry.get("label", field.label),
                options=options,
                empty=bool(entry.get("empty", True)),
            )
        )
    return tuple(found)


def _measures(given: Sequence[Mapping[str, Any]], reading: Reading) -> tuple[MeasurePlan, ...]:
    found: list[MeasurePlan] = []
    for index, entry in enumerate(given):
        plan = _measure(entry, reading.at(pointer("measures", index)))
        if plan is not None:
            found.append(plan)
    scope = Scope({each.key: NUMBER for each in found if not each.kind.computed})
    complete = []
    for index, (plan, entry) in enumerate(zip(found, given, strict=False)):
        if plan.kind.computed:
            at = pointer("measures", index, "formula")
            expression = reading.formula(str(entry["formula"]), at, NUMBER, scope=scope)
            complete.append(replace(plan, expression=expression))
        else:
            complete.append(plan)
    return tuple(complete)


def _measure(entry: Mapping[str, Any], at: Reading) -> MeasurePlan | None:
    kind = MEASURES.get(str(entry.get("of")))
    if kind is None:
        at.problem("/of", "no_such_measure", of=str(entry.get("of")))
        return None
    of: Formula | None = None
    name: Text = at.form.label
    type_ = "number"
    currency = None
    if kind.takes:
        known = _field_at(str(entry["field"]), at, "/field")
        if known is None:
            return None
        of, field, _ = known
        name = field.label
        if of.type.name not in kind.takes:
            at.problem("/field", "not_measurable", field=entry["field"], of=kind.key)
            return None
        type_ = kind.result(of.type.name)
        currency = currency_of(field, "") if kind.takes <= ORDERED else None
    text_ = entry.get("where")
    where = None if text_ is None else at.formula(str(text_), "/where", BOOLEAN)
    if where is not None and kind.computed:
        at.problem("/where", "measure_without_where", of=kind.key)
    route = str(entry.get("field", "")).strip().replace(".", "_")
    return MeasurePlan(
        key=str(entry.get("key") or (f"{kind.key}_{route}" if route else kind.key)),
        kind=kind,
        of=of,
        where=where,
        expression=None,
        label=entry.get("label")
        or {language: kind.named(name, language) for language in LANGUAGES},
        type=type_,
        format=entry.get("format", {}),
        currency=currency,
    )


def _check_keys(
    dimensions: Sequence[DimensionPlan], measures: Sequence[MeasurePlan], reading: Reading
) -> None:
    seen: set[str] = set()
    columns = [(pointer("dimensions", index), each.key) for index, each in enumerate(dimensions)]
    columns += [(pointer("measures", index), each.key) for index, each in enumerate(measures)]
    for path, key in columns:
        if key in seen:
            reading.problem(path, "column_twice", key=key)
        seen.add(key)


def _sort(
    given: Sequence[str],
    dimensions: Sequence[DimensionPlan],
    measures: Sequence[MeasurePlan],
    reading: Reading,
) -> tuple[tuple[str, bool], ...]:
    known = {".".join(each.path): each.key for each in dimensions}
    known |= {each.key: each.key for each in dimensions}
    known |= {each.key: each.key for each in measures}
    found: list[tuple[str, bool]] = []
    for index, word in enumerate(given):
        key = known.get(word.removeprefix("-"))
        if key is None:
            reading.problem(pointer("sort", index), "no_such_column", key=word.removeprefix("-"))
        else:
            found.append((key, word.startswith("-")))
    return tuple(found)
