"""Questions to record tables: stages that end with access, then SQL."""

from engines.queries.access import PolicedQuery, as_application, police
from engines.queries.query import Cell, Group, Measure, Query
from engines.queries.to_sql import count, list_json, page_of, rows, to_sql

__all__ = [
    "Cell",
    "Group",
    "Measure",
    "PolicedQuery",
    "Query",
    "as_application",
    "count",
    "list_json",
    "page_of",
    "police",
    "rows",
    "to_sql",
]
