"""Lists of records: built by Postgres as JSON, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import orjson
from django.db import OperationalError

from apps_runtime import people
from apps_runtime.caller import Caller
from apps_runtime.caller import installed as installed_app
from apps_runtime.forms import form_of
from apps_runtime.language import DEFAULT
from apps_runtime.records.asking import policed, rights_of
from apps_runtime.records.current import current
from apps_runtime.records.reading import extras
from apps_runtime.refusals import Refused, forbidden, not_found
from apps_runtime.releases import Installed
from apps_runtime.store import read
from apps_runtime.store.recipes import page_of_list
from apps_runtime.store.time_limit import at_most
from engines.forms import choosing
from engines.forms.plan import FormPlan, Path, Sort, ViewPlan
from engines.formulas.compile import Formula
from engines.problems import Problems, problem, refuse
from engines.queries import Cell, Group, Measure, PolicedQuery, Query, list_json
from engines.queries.filters import compile_filter
from engines.queries.query import read_sort
from engines.texts import text

MAX_LIMIT = 1000
MAX_VALUES = 50
EXACT_COUNT_MS = 1500
REASON = "the application lists records"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list as it was asked for. ``count``: True exact, False none, None up to the cap."""

    view: str | None = None
    filter: str | None = None
    sort: str | None = None
    fields: tuple[str, ...] | None = None
    search: str | None = None
    limit: int = 50
    after: str | None = None
    count: bool | None = None
    deleted: bool = False
    language: str = DEFAULT


def listed(caller: Caller, form: str, wanted: Wanted) -> bytes:
    """{"records", "next", "count"} as JSON."""
    installed = installed_app(caller.app)
    plan = form_of(installed, form)
    if wanted.search or wanted.after:
        return answered(caller, installed, plan, query_of(installed, plan, wanted), wanted)
    asker = (caller.everything, caller.person_id)
    allowed, statement = page_of_list(
        ("list", people.stamp(), id(installed.plan.forms), plan.key, *asker, wanted),
        lambda: allowed_list(caller, installed, plan, query_of(installed, plan, wanted), wanted),
        lambda allowed: list_json(allowed, extras(installed, plan, wanted.language)),
    )
    return _as_json(allowed, wanted, *read.page_by(allowed, statement))


def related(
    caller: Caller, form: str, record: int, other: str, wanted: Wanted, *, link: str | None
) -> bytes:
    """The records of ``other`` that point to this one, with the name of the link field."""
    installed = installed_app(caller.app)
    current(caller, installed, form_of(installed, form), record)
    plan = form_of(installed, other)
    links = [field.key for field in plan.fields if field.target == form and field.stored]
    if link is not None and link not in links:
        raise refuse("/link", "unknown_field", field=link, form=other)
    if not links:
        raise not_found()
    chosen = link or links[0]
    query = query_of(installed, plan, wanted)
    query = replace(query, equals=(*query.equals, Cell((chosen,), record)))
    return answered(caller, installed, plan, query, wanted, {"link": chosen})


def query_of(installed: Installed, form: FormPlan, wanted: Wanted) -> Query:
    """The question behind a list; raises Problems at the parameter that is wrong."""
    if not 1 <= wanted.limit <= MAX_LIMIT:
        raise refuse("/limit", "limit_out_of_range", limit=MAX_LIMIT)
    view = _view(form, wanted.view)
    filters: tuple[Formula, ...] = ()
    if wanted.filter:
        filters = (compile_filter(wanted.filter, form, installed.plan.forms),)
    sort: tuple[Sort, ...] = read_sort(wanted.sort, form) if wanted.sort else ()
    if not sort and view is not None:
        sort = view.sort
    return Query(
        form.key,
        columns=columns_of(form, wanted.fields),
        filters=filters,
        fixed=(view.where,) if view is not None and view.where is not None else (),
        search=wanted.search or "",
        sort=sort,
        limit=wanted.limit,
        after=wanted.after,
        deleted="only" if wanted.deleted else "no",
        language=wanted.language,
    )


def _view(form: FormPlan, key: str | None) -> ViewPlan | None:
    if key is None:
        return None
    found = form.views.get(key)
    if found is None:
        raise refuse("/view", "unknown_view", view=key[:60], form=form.key)
    return found


def columns_of(form: FormPlan, fields: tuple[str, ...] | None) -> tuple[Path, ...]:
    """The paths to show; ``label`` and the system columns are always there."""
    if fields is None:
        return ()
    problems = []
    columns: list[Path] = []
    for name in fields:
        path = tuple(name.split("."))
        if name == "label" or (len(path) == 1 and path[0] in form.system):
            continue
        if form.field(path[0]) is None:
            problems.append(problem("/fields", "unknown_field", field=name[:60], form=form.key))
        columns.append(path)
    if problems:
        raise Problems(problems)
    return tuple(dict.fromkeys(columns)) or (("id",),)


def answered(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    query: Query,
    wanted: Wanted,
    more: dict[str, str] | None = None,
) -> bytes:
    """The answer to a list's question, with the page's records as Postgres has written them."""
    allowed = allowed_list(caller, installed, form, query, wanted)
    page, following = read.page(allowed, extras(installed, form, wanted.language))
    return _as_json(allowed, wanted, page, following, more)


def _as_json(
    allowed: PolicedQuery,
    wanted: Wanted,
    page: str,
    following: str | None,
    more: dict[str, str] | None = None,
) -> bytes:
    count = _count(allowed, wanted, page, following)
    tail = {"next": following, **({"count": count} if count else {}), **(more or {})}
    return b'{"records":' + page.encode() + b"," + orjson.dumps(tail)[1:]


def allowed_list(
    caller: Caller, installed: Installed, form: FormPlan, query: Query, wanted: Wanted
) -> PolicedQuery:
    """The question as the caller may ask it.

    The recycle bin is for those who may delete. Who names a field that he may not see is told so;
    a view leaves it out.
    """
    bin_closed = wanted.deleted and not caller.everything
    if bin_closed and rights_of(caller, installed, form.key).delete.nothing:
        raise forbidden("record_not_deletable")
    allowed = policed(caller, installed, query, reason=REASON)
    hidden = [
        problem("/fields", "field_hidden", field=".".join(path), form=form.key)
        for path in (query.columns if wanted.fields is not None else ())
        if path != ("id",) and not allowed.visible(path)
    ]
    if hidden:
        raise Problems(hidden)
    return allowed


def _count(
    allowed: PolicedQuery, wanted: Wanted, page: str, following: str | None
) -> dict[str, Any] | None:
    """Counted up to the cap, exactly where that was asked for and does not take too long."""
    if wanted.count is False or (wanted.count is None and wanted.after is not None):
        return None
    if following is None and wanted.after is None:
        return {"value": len(orjson.loads(page)), "capped": False}
    found, capped = read.counted(allowed, exact=False)
    if capped and wanted.count:
        try:
            with at_most(EXACT_COUNT_MS):
                found, capped = read.counted(allowed, exact=True)
        except OperationalError:
            pass  # too many to count in good time: the cap stands
    return {"value": found, "capped": capped}


def values(
    caller: Caller, form: str, field: str, *, search: str | None, language: str
) -> dict[str, Any]:
    """The values that visible records have in a field, most frequent first: for filters."""
    installed = installed_app(caller.app)
    plan = form_of(installed, form)
    found = plan.field(field)
    if found is None:
        raise refuse("/field", "unknown_field", field=field[:60], form=form)
    if found.value_type.name == "list":
        asked = Query(form, columns=((field,),), limit=1)
        allowed_list(caller, installed, plan, asked, Wanted(fields=(field,), limit=1))
        return {"values": _options(plan, field, language)}
    query = Query(
        form,
        groups=(Group((field,), "value"),),
        measures=(Measure("count", "count"),),
        sort=(Sort(("count",), descending=True),),
        limit=MAX_VALUES if search is None else None,
        language=language,
    )
    try:
        allowed = policed(caller, installed, query, reason=REASON)
    except Problems as error:
        if isinstance(error, Refused):
            raise
        raise Problems(replace(each, path="/field") for each in error.problems) from None
    answers = []
    for value, count in read.grouped_rows(allowed):
        label = found.to_text(value, language) if value is not None else ""
        if search is not None and search.casefold() not in label.casefold():
            continue
        answers.append(
            {
                "value": value["id"] if isinstance(value, dict) else value,
                "label": label,
                "count": int(count),
            }
        )
        if len(answers) == MAX_VALUES:
            break
    return {"values": answers}


def _options(form: FormPlan, field: str, language: str) -> list[dict[str, Any]]:
    options = form.by_key[field].options if field in form.by_key else {}
    return [
        {"value": each["value"], "label": text(each.get("label"), language, str(each["value"]))}
        for each in choosing.members(options)
    ]
