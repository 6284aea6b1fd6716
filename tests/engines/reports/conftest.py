"""The database of form tables."""

from tests.engines.record_database import _records_connection, records

__all__ = ["_records_connection", "records"]
