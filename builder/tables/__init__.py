"""Applications made from a table: proposed from a file, begun with a form, filled by import."""
