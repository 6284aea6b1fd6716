"""The outcome of an approval, computed from the answers alone, whatever their order."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from engines.flows.state import Ask

Mode = Literal["any", "all", "sequence", "ratio"]
Verdict = Literal["agreed", "refused"]


def voice(ask: Ask, asks: Sequence[Ask]) -> Verdict | None:
    """What a voter's answer counts for; one who added signers after himself speaks through them."""
    if ask.answer == "refused":
        return "refused"
    if ask.answer != "agreed":
        return None
    after = [each for each in asks if each.place == "after" and each.by == ask.person]
    counted = [each for each in after if each.answer not in ("transferred", "cancelled")]
    if any(each.answer == "refused" for each in counted):
        return "refused"
    return "agreed" if all(each.answer == "agreed" for each in counted) else None


def voters(asks: Sequence[Ask]) -> list[Ask]:
    """Those whose answers count: not added signers, not those who handed over."""
    return [a for a in asks if a.place is None and a.answer not in ("transferred", "cancelled")]


def verdict(mode: Mode, asks: Sequence[Ask], *, ratio: Decimal = Decimal(50)) -> Verdict | None:
    """The verdict as soon as no further answer can change it, else None.

    any: the first answer. all and sequence: one refusal refuses, all must agree. ratio: at least
    ``ratio`` per cent of the voters agree; refused once that can no longer be reached.
    """
    counted = voters(asks)
    voices = [voice(ask, asks) for ask in counted]
    agreed, refused, total = voices.count("agreed"), voices.count("refused"), len(counted)
    if mode == "any":
        return "agreed" if agreed else "refused" if refused else None
    if mode == "ratio":
        if agreed * 100 >= ratio * total:
            return "agreed"
        return "refused" if (total - refused) * 100 < ratio * total else None
    if refused:
        return "refused"
    return "agreed" if agreed == total else None
