"""Questions for records by id that come again: their SQL is written once, the ids put in each time.

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
from typing import Any

from apps_runtime.store.prepared import fetched
from engines.forms.plan import Path
from engines.queries import PolicedQuery
from engines.sql import Sql

KEPT = 500
# Stands for the ids while the SQL is written; no record has it.
MARK = -(2**60)

Make = Callable[[tuple[int, ...]], PolicedQuery]


@dataclass(frozen=True, slots=True)
class _Recipe:
    statement: Sql
    place: int
    columns: tuple[Path, ...]
    forms: object


_recipes: OrderedDict[Hashable, _Recipe] = OrderedDict()
_lock = Lock()


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
        # A date is what "today" was when the SQL was written.
        timeless = not any(isinstance(each, date) for each in statement.params)
        if len(places) != 1 or not timeless:
            policed = make(tuple(ids))
            return policed.columns, fetched(write(policed), forms)
        recipe = _Recipe(statement, places[0], policed.columns, forms)
        with _lock:
            _recipes[key] = recipe
            while len(_recipes) > KEPT:
                _recipes.popitem(last=False)
    before = recipe.statement.params[: recipe.place]
    after = recipe.statement.params[recipe.place + 1 :]
    statement = Sql(recipe.statement.text, (*before, list(ids), *after))
    return recipe.columns, fetched(statement, recipe.forms)
