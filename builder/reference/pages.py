"""Writes docs/reference: the registries, the schemas of definitions, the problem codes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from builder.catalogue import catalogue

PROBLEMS = Path(__file__).resolve().parents[2] / "apps_runtime" / "texts" / "problems"
GENERATED = "<!-- Written by `make docs` from the registries; do not edit. -->"
# File name, title, first paragraph, and the lists of the catalogue that the page shows.
PAGES: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "field-types",
        "Field types",
        "What a field of a form can be. Every field also has the common properties.",
        (("field_types", ""),),
    ),
    (
        "flows",
        "Flows",
        "The nodes of a flow, and the ways to say who is asked.",
        (("nodes", "Nodes"), ("assignees", "People")),
    ),
    (
        "rules",
        "Rules",
        "What a rule listens to, and what a rule or a flow's `act` node does.",
        (("triggers", "Triggers"), ("actions", "Actions")),
    ),
    (
        "reports",
        "Reports",
        "What a report computes for each group of records, and how it shows the result.",
        (("measures", "Measures"), ("charts", "Charts")),
    ),
)


def pages() -> Mapping[str, str]:
    """The text of every generated file by its path below docs/reference."""
    known = catalogue()
    written = {
        f"{name}.md": page(title, first, [(heading, known[key]) for key, heading in lists])
        for name, title, first, lists in PAGES
    }
    written["field-types.md"] += "\n## Common properties\n\n" + options(
        known["common_field_schema"]
    )
    written["functions.md"] = functions(known["functions"])
    written["problems.md"] = problems()
    written["definitions.md"] = definitions(known["definition_kinds"])
    return written


def page(title: str, first: str, lists: Sequence[tuple[str, list[dict[str, Any]]]]) -> str:
    """One page: for each kind its key, its names and its options."""
    parts = [f"{GENERATED}\n\n# {title}\n\n{first}\n"]
    for heading, kinds in lists:
        level = "###" if heading else "##"
        if heading:
            parts.append(f"## {heading}\n")
        parts += [
            f"{level} `{kind['key']}` — {both(kind['label'])}\n\n{options(kind['options_schema'])}"
            for kind in kinds
        ]
    return "\n".join(parts)


def options(schema: Mapping[str, Any]) -> str:
    """The properties of a closed schema as a table."""
    properties: Mapping[str, Any] = schema.get("properties", {})
    if not properties:
        return "No options.\n"
    required = set(schema.get("required", ()))
    rows = (
        (
            f"`{name}`" + (" (required)" if name in required else ""),
            both(part.get("x-label")),
            value(part),
            both(part.get("x-help")),
        )
        for name, part in properties.items()
    )
    return table(("option", "label", "value", "help"), rows)


def value(part: Mapping[str, Any]) -> str:
    """What a property takes, in a few words."""
    if "const" in part:
        return f"`{part['const']}`"
    if "enum" in part:
        return ", ".join(f"`{each}`" for each in part["enum"])
    kind = part.get("type", part.get("x-widget", "any"))
    words = " or ".join(kind) if isinstance(kind, list) else str(kind)
    widget = part.get("x-widget")
    return words if widget in (None, words) else f"{words} ({widget})"


def functions(known: Iterable[Mapping[str, Any]]) -> str:
    """The functions and operators of formulas, by family."""
    parts = [f"{GENERATED}\n\n# Formulas: functions and operators\n"]
    families: dict[str, list[Mapping[str, Any]]] = {}
    for each in known:
        families.setdefault(each["family"], []).append(each)
    for family, members in families.items():
        rows = (
            (f"`{each['key']}`", signature(each["arguments"]), each["returns"], both(each["label"]))
            for each in members
        )
        parts.append(f"## {family}\n\n" + table(("key", "arguments", "returns", "meaning"), rows))
    return "\n".join(parts)


def signature(arguments: Iterable[Mapping[str, Any]]) -> str:
    """Arguments as a reader expects them: optional ones in brackets, repeated ones with dots."""
    written = []
    for each in arguments:
        name = f"{each['key']}: {'/'.join(each['types'])}"
        name = f"{name} …" if each["repeated"] else name
        written.append(f"[{name}]" if each["optional"] else name)
    return ", ".join(written)


def problems() -> str:
    """Every problem code with its texts, by area."""
    parts = [f"{GENERATED}\n\n# Problem codes\n"]
    for file in sorted(PROBLEMS.glob("*.json")):
        texts: Mapping[str, Mapping[str, str]] = json.loads(file.read_text())
        rows = ((f"`{code}`", text["en"], text["zh-Hans"]) for code, text in sorted(texts.items()))
        parts.append(f"## {file.stem}\n\n" + table(("code", "English", "中文"), rows))
    return "\n".join(parts)


def definitions(kinds: Iterable[Mapping[str, Any]]) -> str:
    """The kinds of definitions, each with its schema."""
    rows = (
        (f"`{kind['key']}`", both(kind["label"]), f"[schema](schemas/{kind['key']}.json)")
        for kind in kinds
    )
    first = "A definition is one JSON file; an application travels as a zip of such files."
    return f"{GENERATED}\n\n# Definitions\n\n{first}\n\n" + table(("kind", "name", ""), rows)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar inside a cell would end it."""
    lines = [" | ".join(heads), " | ".join("---" for _ in heads)]
    lines += [
        " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) for row in rows
    ]
    return "".join(f"| {line} |\n" for line in lines)


def both(label: str | Mapping[str, str] | None) -> str:
    """A text in English and in Chinese."""
    if label is None or isinstance(label, str):
        return label or ""
    return " / ".join(dict.fromkeys(label[name] for name in ("en", "zh-Hans") if label.get(name)))
