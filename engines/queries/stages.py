"""The stages of a query before access: a flat list, each hands on a richer plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from engines.forms.plan import FormPlan, Path, Sort
from engines.formulas.compile import Formula
from engines.formulas.to_sql import SqlEnv
from engines.problems import Problems, problem, refuse
from engines.queries.cursor import Keys, read_cursor
from engines.queries.query import MAX_LIMIT, Query
from engines.queries.resolve import Forms, end, is_sortable, shape_of, steps


@dataclass(frozen=True, slots=True)
class Asked:
    """A path that whoever asks has named, and where he named it; access looks at all of them."""

    path: Path
    place: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A query on its way through the stages.

    ``columns`` are the paths to show. ``asked`` are the paths that decide which records come and
    in which order: they must be visible. ``linked`` are the forms that any part of the query
    reaches. ``order`` is the whole sort; the id breaks ties in the direction of the first key.
    """

    query: Query
    form: FormPlan
    forms: Forms
    env: SqlEnv
    columns: tuple[Path, ...] = ()
    asked: tuple[Asked, ...] = ()
    linked: frozenset[str] = frozenset()
    terms: tuple[str, ...] = ()
    order: tuple[Sort, ...] = ()
    after: Keys | None = None


def begin(query: Query, forms: Forms, env: SqlEnv) -> Planned:
    """The start of every query; raises Problems where the form is unknown."""
    form = forms.get(query.form)
    if form is None:
        raise refuse("/form", "unknown_form", form=query.form)
    return Planned(query, form, forms, env)


def resolve(planned: Planned) -> Planned:
    """Every path must lead somewhere; no columns at all means every field of the form."""
    query = planned.query
    columns = query.columns or tuple((field.key,) for field in planned.form.fields)
    if query.grouped:
        columns = ()
    _all_lead_somewhere(planned, ((path, "/fields") for path in columns))
    asked = [Asked(each.path, "/dimensions") for each in query.groups]
    asked += [Asked(each.path, "/measures") for each in query.measures if each.path]
    asked += [Asked(each.path, "/filter") for each in query.equals]
    _all_lead_somewhere(planned, ((each.path, each.place) for each in asked))
    if query.limit is not None and not 1 <= query.limit <= MAX_LIMIT and not query.grouped:
        raise refuse("/limit", "limit_out_of_range", limit=MAX_LIMIT)
    return replace(planned, columns=columns, asked=tuple(asked))


def joins(planned: Planned) -> Planned:
    """Which other forms are reached: by paths, through live formulas, in titles of links."""
    reached: set[str] = set()
    paths = [*planned.columns, *(each.path for each in planned.asked)]
    formulas = [*planned.query.filters, *planned.query.fixed]
    formulas += [each.when for each in planned.query.measures if each.when is not None]
    paths += [path for formula in formulas for path in _reads(formula)]
    paths += [each.path for each in planned.query.sort if not planned.query.grouped]
    for path in paths:
        _reach(planned.form, path, planned.forms, reached, depth=0)
    for part in planned.form.title:
        if part.path:
            _reach(planned.form, part.path, planned.forms, reached, depth=0)
    return replace(planned, linked=frozenset(reached))


def filter_(planned: Planned) -> Planned:
    """What the asker's own conditions read is asked for by him."""
    asked = [
        Asked(path, "/filter") for formula in planned.query.filters for path in _reads(formula)
    ]
    asked += [
        Asked(path, "/measures")
        for measure in planned.query.measures
        if measure.when is not None
        for path in _reads(measure.when)
    ]
    return replace(planned, asked=planned.asked + tuple(asked))


def search(planned: Planned) -> Planned:
    """The words that must all be found; at most ten, each of at most 100 characters."""
    terms = tuple(dict.fromkeys(planned.query.search.split()))
    if len(terms) > 10 or any(len(term) > 100 for term in terms):
        raise refuse("/search", "search_too_long", words=10, characters=100)
    if "\x00" in planned.query.search:
        raise refuse("/search", "forbidden_character")
    return replace(planned, terms=terms)


def order(planned: Planned) -> Planned:
    """The sort asked for, or the records that changed last."""
    if planned.query.grouped:
        keys = {each.key for each in planned.query.groups}
        keys |= {each.key for each in planned.query.measures}
        for each in planned.query.sort:
            if len(each.path) != 1 or each.path[0] not in keys:
                raise refuse("/sort", "unknown_field", field=".".join(each.path), form="")
        return replace(planned, order=planned.query.sort)
    wanted = planned.query.sort or (Sort(("updated_at",), descending=True),)
    _all_lead_somewhere(planned, ((each.path, "/sort") for each in wanted))
    for each in wanted:
        field = end(planned.form, each.path, planned.forms).field
        if not is_sortable(field):
            raise refuse("/sort", "not_sortable", field=".".join(each.path))
    asked = tuple(Asked(each.path, "/sort") for each in wanted)
    return replace(planned, order=wanted, asked=planned.asked + asked)


def keyset(planned: Planned) -> Planned:
    """The place after which the page begins."""
    if planned.query.after is None or planned.query.grouped:
        return planned
    kinds = [sort_type(planned.form, each.path, planned.forms) for each in planned.order]
    keys = read_cursor(planned.query.after, planned.order, [*kinds, "bigint"])
    if keys[-1] is None:
        raise refuse("/after", "cursor_not_valid")
    return replace(planned, after=keys)


STAGES = (resolve, joins, filter_, search, order, keyset)
"""In this order; `access.police` adds the access stage, which is always last."""


def sort_type(form: FormPlan, path: Path, forms: Forms) -> str:
    """The SQL type that records are sorted by: names for people, titles for links, places of
    options for choices."""
    field = end(form, path, forms).field
    kind, _ = shape_of(field)
    if field.key == "id" and field.key not in form.by_key:
        return "bigint"
    return _SORT_TYPES.get(kind, "text")


_SORT_TYPES: Mapping[str, str] = {
    "number": "numeric",
    "money": "numeric",
    "date": "date",
    "moment": "timestamptz",
    "choice": "integer",
    "check": "boolean",
}


def _reads(formula: Formula) -> Iterable[Path]:
    yield from ((name,) for name in sorted(formula.names))
    yield from sorted(formula.paths)


def _all_lead_somewhere(planned: Planned, paths: Iterable[tuple[Path, str]]) -> None:
    problems = []
    for path, place in paths:
        try:
            steps(planned.form, path, planned.forms)
        except Problems as found:
            problems += [problem(place, each.code, **each.params) for each in found.problems]
    if problems:
        raise Problems(problems)


def _reach(form: FormPlan, path: Path, forms: Forms, reached: set[str], depth: int) -> None:
    """Add the forms that ``path`` passes, and those behind the live field or link at its end."""
    if depth > 12:  # formulas over formulas over links; cycles are refused when compiled
        return
    for step in steps(form, path, forms):
        reached.add(step.form.key)
        field = step.field
        if field.lookup is not None:
            _reach(step.form, field.lookup, forms, reached, depth + 1)
        elif field.live and field.formula is not None:
            for read in _reads(field.formula):
                _reach(step.form, read, forms, reached, depth + 1)
        target = forms.get(str(field.target)) if field.target else None
        if target is not None and target.key not in reached:
            reached.add(target.key)
            for part in target.title:
                if part.path:
                    _reach(target, part.path, forms, reached, depth + 1)
