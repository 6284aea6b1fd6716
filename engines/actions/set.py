"""Sets fields of the record in hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.actions.action import Action, Cause
from engines.actions.effect import Effect, plain
from engines.actions.people import Facts
from engines.actions.reading import Reading
from engines.actions.values import Assigned, compile_values, paths_of, typed_values, values_schema
from engines.forms.options import closed
from engines.formulas.to_python import Env


class Set(Action):
    """Before saving the values go into the record being saved; otherwise it is changed again."""

    key = "set"
    label = {"zh-Hans": "更新字段", "en": "Set fields"}
    order = 10
    places = frozenset({"before", "after", "flow"})
    changes_record = True
    options_schema = closed({"values": values_schema()}, ("values",))

    def compile(self, options: Mapping[str, Any], reading: Reading) -> tuple[Assigned, ...]:
        return compile_values(options["values"], reading.form, reading, "/values")

    def paths(self, compiled: tuple[Assigned, ...]) -> frozenset[tuple[str, ...]]:
        return paths_of(compiled)

    def effects(
        self, compiled: tuple[Assigned, ...], env: Env, facts: Facts, cause: Cause
    ) -> tuple[Effect, ...]:
        changed = {
            key: plain(value)
            for key, value in typed_values(compiled, env).items()
            if key not in env.values or env.values[key] != value
        }
        return (Effect("set_values", cause.key, {"values": changed}),) if changed else ()
