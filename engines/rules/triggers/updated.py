"""A record was changed, perhaps only where certain fields differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.actions.reading import Reading
from engines.forms.options import closed, option
from engines.problems import pointer
from engines.rules.trigger import Happening, Trigger


class Updated(Trigger):
    """``old.field`` is the value before the change."""

    key = "updated"
    label = {"zh-Hans": "修改记录时", "en": "A record is changed"}
    order = 20
    options_schema = closed(
        {
            "fields": option(
                {"type": "array", "maxItems": 100, "items": {"type": "string"}},
                "仅当这些字段被修改",
                "Only when these fields change",
                order=1,
                widget="fields",
            )
        }
    )
    happenings = frozenset({"updated"})
    phases = frozenset({"before", "after"})
    old = True

    def compile(self, options: Mapping[str, Any], reading: Reading) -> frozenset[str]:
        fields = options.get("fields", ())
        for index, field in enumerate(fields):
            if field not in reading.form.by_key:
                reading.problem(pointer("fields", index), "no_such_field", field=field)
        return frozenset(fields)

    def concerns(self, compiled: frozenset[str], happening: Happening) -> bool:
        if happening.kind not in self.happenings:
            return False
        return not compiled or bool(compiled & happening.changed)
