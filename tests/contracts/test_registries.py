"""Every kind of thing: one file named like its key, a schema, labels; nothing forgotten."""

import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import engines
from apps_runtime.effects import EFFECTS
from engines.definitions.schemas import KINDS, schema
from engines.registry import Registry

BASE = Path(__file__).resolve().parents[2]
# Folders of kinds and of nothing else: a file there that registers nothing is forgotten.
FOLDERS_OF_KINDS = {
    "field_types", "nodes", "assignees", "triggers", "measures", "charts", "analyses",
}  # fmt: skip


def registries() -> dict[str, Registry[Any]]:
    """All registries of the engines, by name."""
    found: dict[int, Registry[Any]] = {}
    for info in pkgutil.walk_packages(engines.__path__, "engines."):
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            if isinstance(value, Registry):
                found[id(value)] = value
    return {registry.name: registry for registry in found.values()}


def members() -> list[Any]:
    return [
        pytest.param(member, id=f"{name}/{member.key}")
        for name, registry in sorted(registries().items())
        for member in registry
    ]


def test_the_registries_are_found_and_filled() -> None:
    found = registries()
    assert {"field types", "nodes", "actions"} <= set(found)
    assert all(registry.keys() for registry in found.values())


@pytest.mark.parametrize("member", members())
def test_a_kind_lives_in_a_file_of_its_name(member: Any) -> None:
    assert type(member).__module__.rpartition(".")[2] == member.key


@pytest.mark.parametrize("member", members())
def test_a_kind_has_a_closed_schema_and_names_in_both_languages(member: Any) -> None:
    schema = member.options_schema
    Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert set(member.label) == {"zh-Hans", "en"}
    assert all(text.strip() for text in member.label.values())
    for name, part in schema.get("properties", {}).items():
        label = part.get("x-label")
        assert label is None or set(label) == {"zh-Hans", "en"}, name


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_definition_has_a_valid_closed_schema(kind: str) -> None:
    found = schema(kind)
    Draft202012Validator.check_schema(found)
    assert found["additionalProperties"] is False


def test_no_file_of_a_folder_of_kinds_is_forgotten() -> None:
    registered = {
        type(member).__module__ for registry in registries().values() for member in registry
    }
    folders = [p for p in (BASE / "engines").rglob("*") if p.name in FOLDERS_OF_KINDS]
    assert folders
    forgotten = [
        module
        for folder in folders
        for path in sorted(folder.glob("[a-z]*.py"))
        if (module := ".".join(path.relative_to(BASE).with_suffix("").parts)) not in registered
    ]
    assert forgotten == []


def test_every_field_type_has_a_widget() -> None:
    field_types = registries()["field types"]
    widgets = {path.stem for path in (BASE / "static" / "src" / "widgets").glob("*.tsx")}
    missing = {kind.key for kind in field_types if kind.widget not in widgets}
    assert missing == set()


def drawn(schema: Any) -> set[str]:
    """The editors that a schema names, at any depth."""
    if isinstance(schema, dict):
        own = {schema["x-widget"]} if isinstance(schema.get("x-widget"), str) else set()
        return own.union(*map(drawn, schema.values()))
    return set().union(*map(drawn, schema)) if isinstance(schema, list) else set()


def test_every_option_is_drawn_by_an_editor() -> None:
    editors = (BASE / "static" / "src" / "designer" / "parts" / "schema" / "editors.tsx").read_text(
        encoding="utf-8"
    )
    known = set(re.findall(r"^  (\w+): \w+,$", editors, re.MULTILINE))
    # Drawn as what they are: an object option by option, the key of a calendar as a text.
    known |= {"may", "deadline", "calendar"}
    wanted = {
        name
        for registry in registries().values()
        for member in registry
        for name in drawn(member.options_schema)
    }
    assert wanted - known == set()


def test_every_icon_is_drawn() -> None:
    drawings = "".join(
        path.read_text(encoding="utf-8")
        for path in (BASE / "static" / "src" / "shared").glob("icons*")
        if path.is_file()
    )
    icons = {member.values[0].icon for member in members() if hasattr(member.values[0], "icon")}
    assert {icon for icon in icons if not re.search(rf"\b{re.escape(icon)}\b", drawings)} == set()


def test_every_effect_that_engines_ask_for_has_a_performer() -> None:
    asked = {
        name
        for path in (BASE / "engines").rglob("*.py")
        for name in re.findall(
            r"(?:\bEffect|\.effect)\(\s*\"(\w+)\"", path.read_text(encoding="utf-8")
        )
    }
    assert asked == set(EFFECTS.keys())


def test_engines_import_nothing_that_does_input_or_output() -> None:
    """Import contracts see modules; this sees what is loaded when all engines are."""
    code = (
        "import pkgutil, importlib, sys, engines\n"
        "for m in pkgutil.walk_packages(engines.__path__, 'engines.'):\n"
        "    importlib.import_module(m.name)\n"
        "print(sorted({'django', 'psycopg2', 'redis', 'celery', 'pandas', 'plotly'} &"
        " set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=BASE, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"
