"""Rules at run time: before a record is written, after an event, and by the clock."""

from apps_runtime.rules.before import before
from apps_runtime.rules.clock import ensure_timers, fire
from apps_runtime.rules.events import SOURCE

__all__ = ["SOURCE", "before", "ensure_timers", "fire"]
