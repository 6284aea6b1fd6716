"""Dates and moments."""

from engines.formulas.functions.date import differences, making, parts, steps, workdays

FUNCTIONS = (
    *making.FUNCTIONS,
    *steps.FUNCTIONS,
    *differences.FUNCTIONS,
    *parts.FUNCTIONS,
    *workdays.FUNCTIONS,
)
