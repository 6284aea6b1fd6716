"""Policed queries as SQL: typed rows, a page as JSON, counts, groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from engines.forms.plan import FormPlan, Sort
from engines.forms.search import joined_text, telling_grams
from engines.forms.system_fields import SYSTEM_TYPES
from engines.forms.table import NEVER_EMPTY
from engines.formulas.to_sql import to_sql as formula_sql
from engines.queries.access import PolicedQuery
from engines.queries.cursor import write_cursor
from engines.queries.groups import grain_value, groups
from engines.queries.printer import MAIN, Printer
from engines.queries.query import COUNT_CAP, Cell
from engines.queries.reached import has_reached
from engines.queries.shown import json_value, moment_text, sort_key, title
from engines.queries.stages import Planned, sort_type
from engines.sql import FALSE, Sql, all_of, identifier, join, sql, value

SYSTEM_SHOWN = (
    "id",
    "version",
    "release",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "flow_state",
)
"""What every record's JSON begins with."""


def to_sql(policed: PolicedQuery) -> Sql:
    """Groups where the query has any, else rows."""
    return groups(policed, source) if policed.planned.query.grouped else rows(policed)


def rows(policed: PolicedQuery) -> Sql:
    """One typed row per record: ``id``, then `PolicedQuery.columns` in order, links and people as
    ids. Moments are timestamptz, numbers numeric."""
    printer = Printer(policed)
    columns = [sql("{}.id", Sql(MAIN))]
    columns += [printer.column(path, "shown") for path in policed.columns]
    names = ["id", *(".".join(path) for path in policed.columns)]
    selected = join(
        ", ",
        (
            sql("{} AS {}", each, identifier(name))
            for each, name in zip(columns, names, strict=True)
        ),
    )
    page, order = _page(policed, extra=0)
    return sql("SELECT {} FROM {} AS m{} ORDER BY {}", selected, page, printer.joins(), order)


def list_json(policed: PolicedQuery, extras: Mapping[str, Sql] | None = None) -> Sql:
    """One row per record of the page, and one more where a record follows: its JSON as text, then
    its sort keys as text, the id last. `page_of` makes a page of them.

    ``extras`` are further members of each record: SQL over the record's row, called ``m``. One that
    is named like a system column takes its place.
    """
    printer = Printer(policed)
    members = list(_members(policed, printer, frozenset(extras or ())))
    members += [sql("{} AS {}", each, identifier(name)) for name, each in (extras or {}).items()]
    page, order = _page(policed, extra=1)
    return sql(
        "SELECT row_to_json(r)::text, {} FROM {} AS m{} CROSS JOIN LATERAL (SELECT {}) AS r"
        " ORDER BY {}",
        join(", ", _keys_text(policed.planned)),
        page,
        printer.joins(),
        join(", ", members),
        order,
    )


def page_of(
    policed: PolicedQuery, found: Sequence[tuple[str, *tuple[str | None, ...]]]
) -> tuple[str, str | None]:
    """The rows of `list_json` as a JSON list, and the cursor of the next page if there is one."""
    limit = policed.planned.query.limit
    shown = found if limit is None else found[:limit]
    text = f"[{','.join(row[0] for row in shown)}]"
    if len(shown) == len(found):
        return text, None
    return text, write_cursor(policed.planned.order, shown[-1][1:])


def count(policed: PolicedQuery, cap: int | None = COUNT_CAP) -> Sql:
    """How many records there are; with ``cap`` counting stops there."""
    printer = Printer(policed)
    where = _where(policed, printer)
    body = sql(
        "SELECT 1 FROM {} AS m{} WHERE {}", _table(policed.planned.form), printer.joins(), where
    )
    if cap is not None:
        body = sql("{} LIMIT {}", body, value(cap))
    return sql("SELECT count(*) FROM ({}) AS counted", body)


def source(policed: PolicedQuery, printer: Printer) -> Sql:
    """FROM and WHERE of all records that are meant, for the expressions of ``printer``.

    To be called when they have been made, since they bring their joins.
    """
    where = _where(policed, printer)
    return sql(" FROM {} AS m{} WHERE {}", _table(policed.planned.form), printer.joins(), where)


def _members(policed: PolicedQuery, printer: Printer, replaced: frozenset[str]) -> Iterable[Sql]:
    planned = policed.planned
    for key in SYSTEM_SHOWN:
        if key in replaced:
            continue
        if key == "release":
            yield Sql('m."release" AS "release"')
        elif key in ("created_at", "updated_at"):
            shown = moment_text(identifier(MAIN, key), planned.form.zone)
            yield sql("{} AS {}", shown, identifier(key))
        else:
            yield sql("{} AS {}", json_value(printer, (key,)), identifier(key))
    if planned.query.deleted != "no":
        deleted = moment_text(identifier(MAIN, "deleted_at"), planned.form.zone)
        yield sql("{} AS {}", deleted, identifier("deleted_at"))
    yield sql("{} AS {}", title(printer, planned.form, (), "shown"), identifier("label"))
    if planned.query.rights:
        mine = policed.access[planned.form.key]
        yield sql(
            "json_build_object('edit', {}, 'delete', {}) AS {}",
            sql("coalesce({}, FALSE)", printer.rule(mine.edit, (), planned.form, "asked")),
            sql("coalesce({}, FALSE)", printer.rule(mine.delete, (), planned.form, "asked")),
            identifier("rights"),
        )
    for path in policed.columns:
        if len(path) == 1 and path[0] in SYSTEM_TYPES and path[0] not in planned.form.by_key:
            continue
        yield sql("{} AS {}", json_value(printer, path), identifier(".".join(path)))


@dataclass(frozen=True, slots=True)
class _Key:
    expression: Sql
    sort: Sort
    sql_type: str
    nullable: bool


def _page(policed: PolicedQuery, extra: int) -> tuple[Sql, Sql]:
    """The records of the page as a sub-query, with their sort keys, and the order to keep outside.

    Limiting comes before everything that is only shown, which is made for the page alone.
    """
    planned = policed.planned
    printer = Printer(policed, prefix="p")
    keys = [
        _Key(
            sort_key(printer, each.path),
            each,
            sort_type(planned.form, each.path, planned.forms),
            not (len(each.path) == 1 and each.path[0] in NEVER_EMPTY),
        )
        for each in planned.order
    ]
    where = _where(policed, printer)
    if planned.after is not None:
        where = all_of((where, _after(keys, planned.after)))
    downwards = keys[0].sort.descending
    order = [_ordered(key.expression, key) for key in keys]
    order.append(Sql("m.id DESC" if downwards else "m.id"))
    named = [sql("{} AS {}", key.expression, Sql(f"_key{place}")) for place, key in enumerate(keys)]
    limit = planned.query.limit
    page = sql(
        "(SELECT {} FROM {} AS m{} WHERE {} ORDER BY {}{}{})",
        join(", ", (Sql("m.*"), *named)),
        _table(planned.form),
        printer.joins(),
        where,
        join(", ", order),
        Sql("") if limit is None else sql(" LIMIT {}", value(limit + extra)),
        Sql(" FOR UPDATE OF m" if planned.query.lock else ""),
    )
    outside = [_ordered(Sql(f"m._key{place}"), key) for place, key in enumerate(keys)]
    outside.append(Sql("m.id DESC" if downwards else "m.id"))
    return page, join(", ", outside)


def _ordered(expression: Sql, key: _Key) -> Sql:
    if not key.sort.descending:
        return expression
    return sql("{} DESC NULLS LAST" if key.nullable else "{} DESC", expression)


def _after(keys: list[_Key], after: tuple[str | None, ...]) -> Sql:
    """Records behind the cursor: a later first key, or the same and a later second one, and so on.

    Empty values come last either way: behind a value come also the empty ones, behind an empty one
    none but the same.
    """
    downwards = keys[0].sort.descending
    last = sql("m.id {} {}::bigint", Sql("<" if downwards else ">"), value(after[-1]))
    behind = last
    for key, found in zip(reversed(keys), reversed(after[:-1]), strict=True):
        sign = Sql("<" if key.sort.descending else ">")
        if found is None:
            behind = sql("({} IS NULL AND {})", key.expression, behind)
            continue
        known = sql("{}::{}", value(found), Sql(key.sql_type))
        later = sql("{} {} {}", key.expression, sign, known)
        if key.nullable:
            later = sql("({} OR {} IS NULL)", later, key.expression)
        behind = sql("({} OR ({} = {} AND {}))", later, key.expression, known, behind)
    if len(keys) == 1 and not keys[0].nullable and after[0] is not None:
        # One range condition instead of an OR, so that the index is entered at the right place.
        sign = Sql("<" if downwards else ">")
        return sql(
            "({}, m.id) {} ({}::{}, {}::bigint)",
            keys[0].expression,
            sign,
            value(after[0]),
            Sql(keys[0].sql_type),
            value(after[-1]),
        )
    return behind


def _keys_text(planned: Planned) -> Iterable[Sql]:
    for place, each in enumerate(planned.order):
        kind = sort_type(planned.form, each.path, planned.forms)
        key = Sql(f"m._key{place}")
        if kind == "timestamptz":
            yield sql(
                "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')", key
            )
        else:
            yield sql("{}::text", key)
    yield Sql("m.id::text")


def _where(policed: PolicedQuery, printer: Printer) -> Sql:
    planned = policed.planned
    query = planned.query
    conditions = []
    if query.deleted != "all":
        gone = "IS NULL" if query.deleted == "no" else "IS NOT NULL"
        conditions.append(Sql(f"m.deleted_at {gone}"))
    if query.ids is not None:
        conditions.append(sql("m.id = ANY({}::bigint[])", value(list(query.ids))))
    conditions += [formula_sql(each, printer.reader("raw"), printer.env) for each in query.fixed]
    conditions += [
        formula_sql(each, printer.reader("asked"), printer.env) for each in query.filters
    ]
    conditions += [_cell(policed, printer, each) for each in query.equals]
    if planned.terms:
        conditions.append(_search(policed, printer))
    rule = policed.access[planned.form.key].see
    if not rule.everything:
        conditions.append(printer.rule(rule, (), planned.form, "asked"))
    return all_of(conditions)


def _cell(policed: PolicedQuery, printer: Printer, cell: Cell) -> Sql:
    if cell.reached:
        return has_reached(policed, printer, cell.path, cell.reached)
    found = printer.column(cell.path, "asked")
    if cell.value is None:
        return sql("{} IS NULL", found)
    if cell.grain is None:
        return sql("{} = {}", found, value(cell.value))
    planned = policed.planned
    period = grain_value(found, cell.path, cell.grain, planned)
    return sql("{} = {}", period, value(cell.value))


def _search(policed: PolicedQuery, printer: Printer) -> Sql:
    """Every word in one of the texts that the asker sees plainly. The grams find the candidates by
    index; the texts decide, so that a hidden or masked field never makes a record appear.

    How common a word is, Postgres knows of the grams: a rare one is looked up, a common one found
    along the sort. CASE keeps it from taking the text for a second, independent condition, which
    would make every word look rare.
    """
    planned = policed.planned
    texts = [
        printer.column((field.key,), "asked")
        for field in planned.form.searchable
        if policed.visible((field.key,))
    ]
    if not texts:
        return FALSE
    whole = joined_text(texts)
    conditions = []
    for term in planned.terms:
        conditions.append(sql("m.grams @> {}::text[]", value(telling_grams(term))))
        found = sql("{} ILIKE {}", whole, value(f"%{_escaped(term)}%"))
        conditions.append(sql("CASE WHEN {} THEN TRUE ELSE FALSE END", found))
    return all_of(conditions)


def _escaped(term: str) -> str:
    return term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _table(form: FormPlan) -> Sql:
    return identifier(form.schema, form.table)
