"""Records: the only way to read and write them, for people, programs, rules and flows.

Start at `writing` (one record), `batch` (many) and `listing`; `submission` is the way of a value,
`facts` what it needs to know, `current` what a record is and may be done with.
"""

from apps_runtime.records.batch import batch
from apps_runtime.records.history import history
from apps_runtime.records.listing import MAX_LIMIT, Wanted, listed, related, values
from apps_runtime.records.reading import (
    asked_rights,
    counts_by_person,
    ids_between,
    ids_where,
    read_one,
    require_visible,
    titles,
    told,
    value_of,
)
from apps_runtime.records.rows import write_rows
from apps_runtime.records.summaries import Summary, summaries
from apps_runtime.records.writing import add, create, delete, restore, set_values, update

__all__ = [
    "MAX_LIMIT",
    "Summary",
    "Wanted",
    "add",
    "asked_rights",
    "batch",
    "counts_by_person",
    "create",
    "delete",
    "history",
    "ids_between",
    "ids_where",
    "listed",
    "read_one",
    "related",
    "require_visible",
    "restore",
    "set_values",
    "summaries",
    "titles",
    "told",
    "update",
    "value_of",
    "values",
    "write_rows",
]
