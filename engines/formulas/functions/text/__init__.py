"""Text. Lengths and places count code points."""

from engines.formulas.functions.text import changing, converting, cutting, finding, joining, letters

FUNCTIONS = (
    *joining.FUNCTIONS,
    *cutting.FUNCTIONS,
    *finding.FUNCTIONS,
    *changing.FUNCTIONS,
    *letters.FUNCTIONS,
    *converting.FUNCTIONS,
)
