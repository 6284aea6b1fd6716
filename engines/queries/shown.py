"""Values as they travel: JSON built by Postgres, titles of records, sort keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engines.forms import choosing
from engines.forms.plan import FormPlan, Path
from engines.forms.table import DEPARTMENT_TABLE, PERSON_TABLE
from engines.queries.printer import Mode, Printer
from engines.queries.resolve import end, shape_of
from engines.queries.zones import SINCE, fixed_offset
from engines.sql import Sql, identifier, join, sql, value


def json_value(printer: Printer, path: Path) -> Sql:
    """What lies at the end of ``path`` as a value that row_to_json writes as the API has it."""
    planned = printer.policed.planned
    step = end(planned.form, path, planned.forms)
    expression = printer.column(path, "shown")
    kind, options = shape_of(step.field)
    if kind == "link":
        straight, target = _link(planned.form, path, printer)
        label = title(printer, target, straight, "shown")
        alias = printer.alias(straight, "shown")
        return sql(
            "CASE WHEN {} IS NOT NULL THEN json_build_object('id', {}, 'label',"
            " CASE WHEN {}.id IS NOT NULL THEN {} END) END",
            expression,
            expression,
            Sql(alias),
            label,
        )
    if step.field.key == "id" and "id" not in step.form.by_key:
        return expression
    if step.field.key == "version" and "version" not in step.form.by_key:
        return expression
    if kind in _NAMED:
        # Joined, because Postgres then writes each person's JSON once for all records of a page.
        return printer.beside(_named(expression, kind))
    return presented(expression, kind, options)


def presented(expression: Sql, kind: str, options: Mapping[str, Any]) -> Sql:
    """A typed expression as the JSON of its field type; links need `json_value`."""
    if kind in ("number", "money"):
        return sql("trim_scale({})::text", expression)
    if kind == "moment":
        return moment_text(expression, str(options.get("zone") or "UTC"))
    if kind in _NAMED:
        return sql("({})", _named(expression, kind))
    return expression


_NAMED: Mapping[str, tuple[tuple[str, str], str]] = {
    "person": (PERSON_TABLE, "username"),
    "department": (DEPARTMENT_TABLE, "key"),
}


def _named(expression: Sql, kind: str) -> Sql:
    """A query for the person or department whose id ``expression`` is, as JSON."""
    table, key = _NAMED[kind]
    return sql(
        "SELECT json_build_object('id', n.id, 'name', n.name, {}, n.{})"
        " FROM {} AS n WHERE n.id = {}",
        Sql(f"'{key}'"),
        Sql(key),
        identifier(*table),
        expression,
    )


def moment_text(expression: Sql, zone: str) -> Sql:
    """ISO 8601 with the zone's offset, fractions only where there are any, as `moment_text` of
    `engines.forms.moments` writes it."""
    offset = fixed_offset(zone)
    if offset is None:
        return _converted(expression, zone)
    return sql(
        "CASE WHEN {} >= {}::timestamptz"
        " THEN replace(({} AT TIME ZONE {}::interval)::text, ' ', 'T') || {} ELSE {} END",
        expression,
        value(SINCE.isoformat()),
        expression,
        value(offset),
        value(offset),
        _converted(expression, zone),
    )


def _converted(expression: Sql, zone: str) -> Sql:
    """With whatever offset the zone had at that moment."""
    local = sql("({} AT TIME ZONE {})", expression, value(zone))
    utc = sql("({} AT TIME ZONE 'UTC')", expression)
    return sql(
        "(rtrim(rtrim(to_char({}, 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '0'), '.')"
        " || CASE WHEN {} < {} THEN '-' ELSE '+' END"
        " || to_char(greatest({} - {}, {} - {}), 'HH24:MI'))",
        local,
        local,
        utc,
        local,
        utc,
        utc,
        local,
    )


def title(printer: Printer, form: FormPlan, prefix: Path, mode: Mode, depth: int = 0) -> Sql:
    """The title of the row at ``prefix``; its number where the title is empty."""
    pieces = []
    for part in form.title:
        if part.path:
            pieces.append(_title_part(printer, form, prefix, part.path, mode, depth))
        else:
            pieces.append(value(part.text) if part.text else Sql("''"))
    alias = printer.alias(prefix, mode)
    return sql(
        "coalesce(nullif(btrim(concat({})), ''), '#' || {}.id)",
        join(", ", (sql("{}::text", each) for each in pieces)),
        Sql(alias),
    )


def _title_part(
    printer: Printer, form: FormPlan, prefix: Path, path: Path, mode: Mode, depth: int
) -> Sql:
    step = end(form, path, printer.forms)
    expression = printer.walk(prefix, form, path, mode)
    kind, options = shape_of(step.field)
    if kind == "link":
        target = printer.forms.get(str(step.field.target))
        if target is None or depth > 1 or step.field.lookup is not None:
            return expression
        inner = (*prefix, *path)
        printer.linked((*prefix, *path[:-1]), step.form, step.field, mode)
        alias = printer.alias(inner, mode)
        label = title(printer, target, inner, mode, depth + 1)
        return sql("CASE WHEN {}.id IS NOT NULL THEN {} END", Sql(alias), label)
    if kind == "choice":
        return choice_label(expression, options, printer.policed.planned.query.language)
    if kind == "person":
        return _name(expression, PERSON_TABLE)
    if kind == "department":
        return _name(expression, DEPARTMENT_TABLE)
    if kind in ("number", "money"):
        return sql("trim_scale({})", expression)
    if kind == "moment":
        zone = str(options.get("zone") or "UTC")
        return sql("to_char({} AT TIME ZONE {}, 'YYYY-MM-DD HH24:MI')", expression, value(zone))
    return expression


def choice_label(expression: Sql, options: Mapping[str, Any], language: str) -> Sql:
    """The label of an option; a value that is none any more speaks for itself."""
    members = choosing.members(options)
    if not members:
        return expression
    arms = join(
        " ",
        (
            sql(
                "WHEN {} THEN {}",
                value(str(each["value"])),
                value(choosing.label_of(each["value"], options, language)),
            )
            for each in members
        ),
    )
    return sql("CASE {} {} ELSE {} END", expression, arms, expression)


def sort_key(printer: Printer, path: Path) -> Sql:
    """What records are sorted by: names for people, titles for links, places for options."""
    planned = printer.policed.planned
    step = end(planned.form, path, planned.forms)
    expression = printer.column(path, "asked")
    kind, options = shape_of(step.field)
    if kind == "person":
        return _name(expression, PERSON_TABLE)
    if kind == "department":
        return _name(expression, DEPARTMENT_TABLE)
    if kind == "link":
        straight, target = _link(planned.form, path, printer)
        label = title(printer, target, straight, "asked")
        alias = printer.alias(straight, "asked")
        return sql("CASE WHEN {}.id IS NOT NULL THEN {} END", Sql(alias), label)
    if kind == "choice":
        return option_place(expression, choosing.values(options))
    return expression


def option_place(expression: Sql, values: Sequence[str]) -> Sql:
    """Where an option stands in the author's order; what is no option any more comes last."""
    return sql("array_position({}::text[], {})", value(list(values)), expression)


def _link(form: FormPlan, path: Path, printer: Printer) -> tuple[Path, FormPlan]:
    """The straight path of a link, joined, and the form it leads to."""
    here = form
    prefix: Path = ()
    rest = path
    while True:
        field = here.field(rest[0])
        if field is None:
            raise LookupError(path)
        if field.lookup is not None:
            rest = field.lookup + rest[1:]
            continue
        here = printer.linked(prefix, here, field, "asked")
        prefix, rest = (*prefix, rest[0]), rest[1:]
        if not rest:
            return prefix, here


def _name(expression: Sql, table: tuple[str, str]) -> Sql:
    return sql("(SELECT n.name FROM {} AS n WHERE n.id = {})", identifier(*table), expression)
