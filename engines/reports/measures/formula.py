"""A number made of the report's other measures: a rate, a share, a price per piece."""

from __future__ import annotations

from engines.forms.options import FORMULA, option
from engines.reports.measure import Measure, measure_options
from engines.texts import Text, text


class FormulaMeasure(Measure):
    """Its formula names other measures by key: ``won / count``. Division by zero is empty."""

    key = "formula"
    label = {"zh-Hans": "指标公式", "en": "Formula over measures"}
    order = 80
    computed = True
    options_schema = measure_options(
        {
            "formula": option(
                FORMULA,
                "公式",
                "Formula",
                order=10,
                widget="formula",
                help=(
                    "用其他指标的标识计算，例如 won / count",
                    "Uses the keys of other measures: won / count",
                ),
            )
        },
        ("formula",),
    )

    def named(self, of: Text, language: str) -> str:
        return text(self.label, language)
