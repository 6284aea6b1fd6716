"""A record read, changed and sent back whole: what nobody writes may come along unchanged."""

from __future__ import annotations

from collections.abc import Mapping

from apps_runtime.caller import Caller
from apps_runtime.records.current import Current
from apps_runtime.records.reading import record_json
from apps_runtime.releases import Installed
from engines.forms.plan import FormPlan
from engines.values import JsonValue


def without_echo(
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    found: Current,
    values: Mapping[str, JsonValue],
    *,
    language: str,
) -> Mapping[str, JsonValue]:
    """``values`` without system columns, computed fields and fields that the caller may not write,
    where they say what reading the record says; other values of them stay, to be refused."""
    told = [key for key in values if not _writable(form, found, key)]
    if not told:
        return values
    shown = record_json(caller, installed, form, found.id, language=language, must=False)
    echoed = {key for key in told if key in shown and shown[key] == values[key]}
    return {key: value for key, value in values.items() if key not in echoed}


def _writable(form: FormPlan, found: Current, key: str) -> bool:
    field = form.by_key.get(key)
    if field is None or field.computed or field.read_only:
        return False
    return found.writable is None or found.writable.get(key, False)
