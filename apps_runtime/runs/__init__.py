"""Runs of flows: started with the record that starts them, advanced by decisions and timers."""

from apps_runtime.runs.decide import MAX_OPINION, Answer, decide, decided_beside, read_opinion, save
from apps_runtime.runs.going import SOURCE
from apps_runtime.runs.leave import hand_over
from apps_runtime.runs.progress import Run, advance, advance_all, lock, lock_all
from apps_runtime.runs.start import on_record_event, start_by_hand
from apps_runtime.runs.steer import cancel, retry, skip, urge, withdraw

__all__ = [
    "MAX_OPINION",
    "SOURCE",
    "Answer",
    "Run",
    "advance",
    "advance_all",
    "cancel",
    "decide",
    "decided_beside",
    "hand_over",
    "lock",
    "lock_all",
    "on_record_event",
    "read_opinion",
    "retry",
    "save",
    "skip",
    "start_by_hand",
    "urge",
    "withdraw",
]
