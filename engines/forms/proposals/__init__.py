"""Proposes fields and a form for the columns of a table, as an import will read them."""
