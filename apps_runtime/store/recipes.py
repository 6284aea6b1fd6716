"""Questions that come again: their SQL is written once; of those for records by id, the ids are put
in each time.

Writing the SQL of a page takes as long as Postgres takes to answer it. Only a checked query becomes
a recipe, under a key that names everything it was made for; one that depends on the moment it was
made at is never kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from apps_runtime.store.prepared import fetched
from engines.forms.plan import Path
from engines.queries import PolicedQuery
from engines.sql import Sql

KEPT = 500
# Stands for the ids while the SQL is written; no record has it.
MARK = -(2**60)

Kept = TypeVar("Kept")
Make = Callable[[tuple[int, ...]], PolicedQuery]


@dataclass(frozen=True, slots=True)
class _Recipe:
    statement: Sql
    place: int
    columns: tuple[Path, ...]
    forms: object


_recipes: OrderedDict[Hashable, _Recipe] = OrderedDict()
_pages: OrderedDict[Hashable, tuple[PolicedQuery, Sql]] = OrderedDict()
_lock = Lock()


def page_of_list(
    key: Hashable, make: Callable[[], PolicedQuery], write: Callable[[PolicedQuery], Sql]
) -> tuple[PolicedQuery, Sql]:
    """``make()`` and its SQL; ``key`` names the release, who asks, and what he asks for."""
    found = _pages.get(key)
    if found is None:
        policed = make()
        found = policed, write(policed)
        if _timeless(found[1]):
            _keep(_pages, key, found)
    return found


def rows_by_ids(
    key: Hashable, ids: Sequence[int], make: Make, write: Callable[[PolicedQuery], Sql]
) -> tuple[tuple[Path, ...], list[tuple[Any, ...]]]:
    """The visible columns and the rows of ``write(make(ids))``; ``key`` names all but the ids."""
    recipe = _recipes.get(key)
    if recipe is None:
        policed = make((MARK,))
        statement = write(policed)
        places = [at for at, each in enumerate(statement.params) if each == [MARK]]
        forms = policed.planned.forms
        if len(places) != 1 or not _timeless(statement):
            policed = make(tuple(ids))
            return policed.columns, fetched(write(policed), forms)
        recipe = _Recipe(statement, places[0], policed.columns, forms)
        _keep(_recipes, key, recipe)
    before = recipe.statement.params[: recipe.place]
    after = recipe.statement.params[recipe.place + 1 :]
    statement = Sql(recipe.statement.text, (*before, list(ids), *after))
    return recipe.columns, fetched(statement, recipe.forms)


def _timeless(statement: Sql) -> bool:
    """A date among the parameters is what "today" was when the SQL was written."""
    return not any(isinstance(each, date) for each in statement.params)


def _keep(kept: OrderedDict[Hashable, Kept], key: Hashable, each: Kept) -> None:
    """The newest ones; the oldest goes."""
    with _lock:
        kept[key] = each
        while len(kept) > KEPT:
            kept.popitem(last=False)
