"""The only place that talks to record tables: checked queries, writes, table changes."""
