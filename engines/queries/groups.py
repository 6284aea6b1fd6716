"""Grouped queries: dimensions with periods of time, measures with conditions of their own."""

from __future__ import annotations

from collections.abc import Callable

from engines.forms import choosing
from engines.forms.plan import FormPlan, Path
from engines.formulas.to_sql import to_sql as formula_sql
from engines.queries.access import PolicedQuery
from engines.queries.printer import Printer
from engines.queries.query import Grain, Group, Measure
from engines.queries.reached import has_reached
from engines.queries.resolve import end, shape_of
from engines.queries.shown import option_place, presented, title
from engines.queries.stages import Planned
from engines.sql import Sql, identifier, join, sql, value

MAX_GROUPS = 10_000

Source = Callable[[PolicedQuery, Printer], Sql]


def groups(policed: PolicedQuery, source: Source) -> Sql:
    """One row per group: a column per dimension, then one per measure, in the query's order.

    Periods are dates (hours are timestamps without zone, in the application's); people, departments
    and links are JSON objects with ``id`` and ``name`` or ``label``; numbers are numeric.
    """
    planned = policed.planned
    query = planned.query
    printer = Printer(policed)
    inner: list[Sql] = []
    for place, group in enumerate(query.groups):
        found = printer.column(group.path, "asked")
        if group.grain is not None:
            found = grain_value(found, group.path, group.grain, planned)
        inner.append(sql("{} AS {}", found, Sql(f"g{place}")))
    for place, measure in enumerate(query.measures):
        inner.append(sql("{} AS {}", _measured(policed, printer, measure), Sql(f"v{place}")))
    grouped = sql(
        "SELECT {}{}{}",
        join(", ", inner),
        source(policed, printer),
        Sql(" GROUP BY " + ", ".join(str(n + 1) for n in range(len(query.groups))))
        if query.groups
        else Sql(""),
    )
    joined: list[Sql] = []
    shown = [
        _shown_group(policed, place, group, joined) for place, group in enumerate(query.groups)
    ]
    shown += [
        sql("f.{} AS {}", Sql(f"v{place}"), identifier(measure.key))
        for place, measure in enumerate(query.measures)
    ]
    limit = min(query.limit or MAX_GROUPS, MAX_GROUPS)
    return sql(
        "SELECT {} FROM ({}) AS f{}{} LIMIT {}",
        join(", ", shown),
        grouped,
        join("", joined),
        _order(policed),
        value(limit),
    )


def grain_value(expression: Sql, path: Path, grain: Grain, planned: Planned) -> Sql:
    """The beginning of the period that a date or moment lies in."""
    kind, options = shape_of(end(planned.form, path, planned.forms).field)
    if kind == "moment":
        zone = value(str(options.get("zone") or planned.form.zone))
        expression = sql("({} AT TIME ZONE {})", expression, zone)
    else:
        expression = sql("{}::timestamp", expression)
    start = sql("date_trunc({}, {})", Sql(f"'{grain}'"), expression)
    return start if grain == "hour" else sql("{}::date", start)


def _measured(policed: PolicedQuery, printer: Printer, measure: Measure) -> Sql:
    planned = policed.planned
    made = _aggregate(policed, printer, measure)
    if measure.when is None:
        return made
    condition = formula_sql(measure.when, printer.reader("asked"), planned.env)
    return sql("{} FILTER (WHERE {})", made, condition)


def _aggregate(policed: PolicedQuery, printer: Printer, measure: Measure) -> Sql:
    if measure.kind == "count" and not measure.path:
        return Sql("count(*)")
    if measure.kind == "reached":
        reached = has_reached(policed, printer, measure.path, measure.values)
        return sql("count(CASE WHEN {} THEN 1 END)", reached)
    found = printer.column(measure.path, "asked")
    template = {
        "count": "count({})",
        "count_distinct": "count(DISTINCT {})",
        "sum": "sum({})",
        "average": "avg({})",
        "min": "min({})",
        "max": "max({})",
    }[measure.kind]
    return sql(template, found)


def _shown_group(policed: PolicedQuery, place: int, group: Group, joined: list[Sql]) -> Sql:
    planned = policed.planned
    field = end(planned.form, group.path, planned.forms).field
    kind, options = shape_of(field)
    found = Sql(f"f.g{place}")
    name = identifier(group.key)
    if kind in ("person", "department"):
        return sql("{} AS {}", presented(found, kind, options), name)
    if kind == "link":
        target = _target(planned, group.path)
        return sql("{} AS {}", _link_group(policed, target, place, joined), name)
    return sql("{} AS {}", found, name)


def _target(planned: Planned, path: Path) -> FormPlan:
    field = end(planned.form, path, planned.forms).field
    if field.lookup is not None:
        return _target(planned, field.lookup)
    return planned.forms[str(field.target)]


def _link_group(policed: PolicedQuery, target: FormPlan, place: int, joined: list[Sql]) -> Sql:
    """Id and label of the record that stands for a group; no label where it is not to be seen."""
    alias = f"t{place}"
    own = Printer(policed.rooted(target.key), prefix=f"{alias}_", main=alias)
    label = title(own, target, (), "shown")
    see = policed.access[target.key].see
    rule = own.rule(see, (), target, "asked")
    joined.append(
        sql(
            " LEFT JOIN LATERAL (SELECT {} AS label FROM {} AS {}{} WHERE {}.id = f.{}"
            " AND {}.deleted_at IS NULL AND {}) AS {} ON TRUE",
            label,
            identifier(target.schema, target.table),
            Sql(alias),
            own.joins(),
            Sql(alias),
            Sql(f"g{place}"),
            Sql(alias),
            rule,
            Sql(f"x{place}"),
        )
    )
    return sql(
        "CASE WHEN f.{} IS NOT NULL THEN json_build_object('id', f.{}, 'label', x{}.label) END",
        Sql(f"g{place}"),
        Sql(f"g{place}"),
        Sql(str(place)),
    )


def _order(policed: PolicedQuery) -> Sql:
    """As asked; then by the dimensions: options in the author's order, periods by time."""
    planned = policed.planned
    query = planned.query
    places = {group.key: f"g{place}" for place, group in enumerate(query.groups)}
    places |= {measure.key: f"v{place}" for place, measure in enumerate(query.measures)}
    pieces = []
    for each in planned.order:
        direction = " DESC NULLS LAST" if each.descending else ""
        column = Sql(f"f.{places[each.path[0]]}")
        pieces.append(_placed(planned, each.path[0], column) + Sql(direction))
    pieces += [_placed(planned, group.key, Sql(f"f.{places[group.key]}")) for group in query.groups]
    return sql(" ORDER BY {}", join(", ", pieces)) if pieces else Sql("")


def _placed(planned: Planned, key: str, column: Sql) -> Sql:
    group = next((each for each in planned.query.groups if each.key == key), None)
    if group is None:
        return column
    kind, options = shape_of(end(planned.form, group.path, planned.forms).field)
    return option_place(column, choosing.values(options)) if kind == "choice" else column
