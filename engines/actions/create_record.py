"""Creates a record of this or another form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engines.actions.action import Action, Cause
from engines.actions.effect import Effect
from engines.actions.people import Facts
from engines.actions.reading import Reading
from engines.actions.values import Assigned, compile_values, json_values, paths_of, values_schema
from engines.forms.options import closed, option
from engines.formulas.to_python import Env
from engines.values import JsonValue


@dataclass(frozen=True, slots=True)
class Creation:
    """The form and the values of its fields."""

    form: str
    values: tuple[Assigned, ...]


class CreateRecord(Action):
    """The formulas read the record in hand; ``id`` is its id, for links back to it."""

    key = "create_record"
    label = {"zh-Hans": "新建记录", "en": "Create a record"}
    order = 30
    places = frozenset({"after", "flow"})
    options_schema = closed(
        {
            "form": option({"type": "string"}, "表单", "Form", order=1, widget="form"),
            "values": values_schema(of="form"),
        },
        ("form", "values"),
    )

    def compile(self, options: Mapping[str, Any], reading: Reading) -> Creation | None:
        form = reading.forms.get(str(options["form"]))
        if form is None:
            reading.problem("/form", "no_such_form", form=options["form"])
            return None
        values = compile_values(options["values"], form, reading, "/values")
        for field in form.fields:
            given = field.key in options["values"] or field.default is not None
            if field.required and not given and not field.computed:
                reading.warning("/values", "required_field_not_set", field=field.key, form=form.key)
        return Creation(form.key, values)

    def paths(self, compiled: Creation) -> frozenset[tuple[str, ...]]:
        return paths_of(compiled.values)

    def effects(
        self, compiled: Creation, env: Env, facts: Facts, cause: Cause
    ) -> tuple[Effect, ...]:
        values = json_values(compiled.values, env)
        payload: dict[str, JsonValue] = {"form": compiled.form, "values": values}
        return (Effect("create_record", cause.key, payload),)
