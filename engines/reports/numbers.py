"""Numbers as people read them on a chart: 万/亿 in Chinese, K/M/B in English, per cent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import ceil, floor, log10
from typing import Any

from engines.forms.options import closed, option
from engines.values import decimal_text, rounded

STEPS: Mapping[str, tuple[tuple[Decimal, str], ...]] = {
    "zh-Hans": ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")),
    "en": ((Decimal(10) ** 9, "B"), (Decimal(10) ** 6, "M"), (Decimal(10) ** 3, "K")),
}

FORMAT_SCHEMA: dict[str, Any] = option(
    closed(
        {
            "style": option(
                {"enum": ["auto", "plain", "compact", "percent"], "default": "auto"},
                "样式",
                "Style",
                order=1,
                widget="choice",
                labels={
                    "auto": {"zh-Hans": "自动", "en": "Automatic"},
                    "plain": {"zh-Hans": "完整数字", "en": "All digits"},
                    "compact": {"zh-Hans": "万 / 亿", "en": "K / M / B"},
                    "percent": {"zh-Hans": "百分比", "en": "Per cent"},
                },
            ),
            "places": option(
                {"type": "integer", "minimum": 0, "maximum": 6},
                "小数位数",
                "Decimal places",
                order=2,
                widget="number",
            ),
        }
    ),
    "数字格式",
    "Number format",
    order=50,
    group="more",
)


def scaled(value: Decimal, language: str, options: Mapping[str, Any]) -> tuple[Decimal, str]:
    """The number to write and the sign behind it: 12,345,678 → (1,234.57, 万)."""
    style, places = options.get("style", "auto"), options.get("places")
    if style == "percent":
        return rounded(value * 100, 1 if places is None else places), "%"
    if style in ("auto", "compact"):
        for size, sign in STEPS[language if language in STEPS else "en"]:
            # In Chinese a number is read in full until 万 makes it shorter: 12,345 stays.
            if abs(value) >= size * (10 if style == "auto" and sign in ("万", "K") else 1):
                return rounded(value / size, 2 if places is None else places), sign
    if places is None:
        places = 0 if value == value.to_integral_value() else 2
    return rounded(value, places), ""


def written(value: Decimal | None, language: str, options: Mapping[str, Any]) -> str:
    """The number as text; empty is a dash."""
    if value is None:
        return "—"
    number, sign = scaled(value, language, options)
    places = options.get("places")
    if places:
        return f"{number:,.{places}f}{sign}"
    whole, _, rest = decimal_text(number).partition(".")
    text = f"{int(whole):,}"
    if whole.startswith("-") and int(whole) == 0:
        text = "-0"
    return f"{text}{'.' + rest if rest else ''}{sign}"


def drawn(value: Decimal | None) -> int | float | None:
    """For drawing only: the nearest number that a chart library takes."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def ticks(
    values: Iterable[Decimal | None], language: str, options: Mapping[str, Any]
) -> dict[str, Any]:
    """Axis settings with readable tick texts, where the chart library's own would not do."""
    known = [value for value in values if value is not None]
    high, low = max(known, default=Decimal(0)), min(known, default=Decimal(0))
    high, low = max(high, Decimal(0)), min(low, Decimal(0))
    span = float(high - low)
    if span <= 0 or (span < 10_000 and options.get("style") != "percent"):
        return {"tickformat": ","}
    rough = span / 5
    power = 10.0 ** floor(log10(rough))
    step = next(each * power for each in (1, 2, 2.5, 5, 10) if each * power >= rough * 0.999)
    first, last = floor(float(low) / step), ceil(float(high) / step)
    places = [Decimal(str(number * step)) for number in range(first, last + 1)]
    return {
        "tickmode": "array",
        "tickvals": [drawn(place) for place in places],
        "ticktext": [written(place, language, {**options, "places": None}) for place in places],
    }
