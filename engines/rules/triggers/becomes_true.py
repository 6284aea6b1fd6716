"""The condition was not met before the change and is met now."""

from __future__ import annotations

from dataclasses import replace

from engines.forms.options import closed
from engines.formulas.compile import Formula
from engines.formulas.to_python import Env, is_met
from engines.rules.trigger import Happening, Trigger


class BecomesTrue(Trigger):
    """A new record that meets it counts; one that met it already does not."""

    key = "becomes_true"
    label = {"zh-Hans": "条件变为满足时", "en": "A condition becomes true"}
    order = 40
    options_schema = closed({})
    happenings = frozenset({"created", "updated"})
    phases = frozenset({"before", "after"})

    def met(self, when: Formula | None, env: Env, happening: Happening) -> bool | None:
        # As it was when this event was written: two changes in a row must not count twice.
        after = replace(env, values={**env.values, **happening.written})
        if when is None or not is_met(when, after):
            return False
        if happening.kind == "created":
            return True
        return not is_met(when, replace(after, values={**after.values, **env.old}))
