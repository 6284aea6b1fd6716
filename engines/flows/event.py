"""What can happen to a run: somebody decides, a timer fires, an administrator steps in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EventKind = Literal[
    "go_on",  # begin, or continue a ready run after its effects were performed
    "decide",  # a person answers at a token
    "timer",  # a timer of a token fires
    "withdraw",  # the starter takes the run back
    "cancel",  # an administrator ends it
    "hand_over",  # somebody leaves: an administrator names who is asked in his place
    "retry",  # an administrator enters the blocked node again
    "skip",  # an administrator moves the blocked token on
]
Decision = Literal["agree", "refuse", "return", "transfer", "add_signer", "resubmit"]


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``person`` is who decides or asks for it.

    ``to_node`` is where a return goes; ``to_people`` whom a transfer, a hand-over or added signers
    name, with ``place`` before or after; ``leaver`` is who hands everything over; ``opinion`` only
    travels into the log.
    """

    kind: EventKind
    token: int | None = None
    person: int | None = None
    decision: Decision | None = None
    to_node: str | None = None
    to_people: tuple[int, ...] = ()
    place: Literal["before", "after"] = "before"
    timer: str | None = None
    opinion: str | None = None
    leaver: int | None = None


GO_ON = Event("go_on")
