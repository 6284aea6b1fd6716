"""Reports: dimensions and measures in; a query, arranged rows, a figure and drill filters out."""
