"""What a dry run would have written so far: later rows of the file meet it as if it were there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from apps_runtime.exchange.options import ImportOptions
from engines.forms.field_type import FieldValue, InvalidValue
from engines.forms.plan import FormPlan
from engines.problems import Problem, pointer, problem
from engines.values import JsonValue

PRETENDED = 0
"""The id of every record that a dry run would have added."""

Written = tuple[int | None, Mapping[str, JsonValue]]
"""The record that a row changes (None: it adds one) and what it says."""


class Rehearsal:
    """Each chunk of a dry run is undone; this remembers its keys and unique values."""

    def __init__(self, form: FormPlan, options: ImportOptions) -> None:
        self._form = form
        self._key = options.key
        self._keys: set[FieldValue] = set()
        mapped = set(options.columns.values())
        self._rules = [fields for fields in form.unique if mapped.issuperset(fields)]
        self._taken: dict[tuple[str, ...], set[tuple[FieldValue, ...]]] = {
            fields: set() for fields in self._rules
        }

    def add_records(self, found: dict[object, list[int]], keys: Collection[FieldValue]) -> None:
        """Add to ``found`` (key → ids) what earlier rows would have made."""
        for key in self._keys.intersection(keys):
            found.setdefault(key, []).append(PRETENDED)

    def outcomes(
        self, rows: Sequence[Written], outcomes: Sequence[tuple[Problem, ...]]
    ) -> list[tuple[Problem, ...]]:
        """The rows' problems, with those that only rows of earlier chunks cause; then these rows
        count as written."""
        result = []
        new: list[tuple[tuple[str, ...], tuple[FieldValue, ...]]] = []
        for (record, body), problems in zip(rows, outcomes, strict=True):
            values = {fields: self._values(fields, body) for fields in self._rules}
            if not problems and record is None:
                problems = tuple(
                    self._not_unique(fields)
                    for fields, each in values.items()
                    if each in self._taken[fields]
                )
            if not problems:
                new += [(fields, each) for fields, each in values.items() if None not in each]
                if self._key is not None and record is None:
                    self._keys.update(self._values((self._key,), body))
            result.append(problems)
        for fields, each in new:
            self._taken[fields].add(each)
        return result

    def _not_unique(self, fields: tuple[str, ...]) -> Problem:
        labels = [self._form.by_key[key].label for key in fields]
        return problem(pointer(fields[0]), "not_unique", fields=labels, field=fields[0])

    def _values(
        self, fields: tuple[str, ...], body: Mapping[str, JsonValue]
    ) -> tuple[FieldValue, ...]:
        return tuple(self._value(key, body.get(key)) for key in fields)

    def _value(self, key: str, value: JsonValue) -> FieldValue:
        try:
            return self._form.by_key[key].parse(value)
        except InvalidValue:
            return None
