"""The currency of an amount: which fields have one, and the sign people write before it."""

from __future__ import annotations

from engines.forms.field import FieldPlan

# Others are written by their three letters.
SIGNS = {
    "CNY": "¥",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "HKD": "HK$",
    "TWD": "NT$",
    "KRW": "₩",
    "INR": "₹",
}


def currency_of(field: FieldPlan, usual: str) -> str | None:
    """The currency of a field that holds amounts; ``usual`` where it names none; else None."""
    options = field.options
    kind = options.get("returns") or options.get("shows") or field.type.key
    if kind != "money":
        return None
    shown = options.get("shown")
    named = shown.get("currency") if isinstance(shown, dict) else options.get("currency")
    return str(named or usual)


def with_sign(amount: str, currency: str) -> str:
    """``1,200.00`` in CNY is ``¥ 1,200.00``."""
    return f"{SIGNS.get(currency, currency)} {amount}"
