"""Sums, rounding and the rest of arithmetic."""

from engines.formulas.functions.math import aggregates, arithmetic, powers, rounding

FUNCTIONS = (
    *aggregates.FUNCTIONS,
    *arithmetic.FUNCTIONS,
    *rounding.FUNCTIONS,
    *powers.FUNCTIONS,
)
