"""Rules at run time: after an event, and by the clock."""

from apps_runtime.rules.clock import ensure_timers, fire
from apps_runtime.rules.events import SOURCE

__all__ = ["SOURCE", "ensure_timers", "fire"]
