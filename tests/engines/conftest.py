"""The database of form tables, for the tests of forms, access and queries."""

from tests.engines.record_database import _records_connection, records

__all__ = ["_records_connection", "records"]
