"""TypeScript types of definitions, from their closed schemas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engines.definitions.schemas import KINDS, schema
from engines.texts import TEXT_SCHEMA

WRITTEN = "// Written by `make schema` from the closed schemas of definitions; do not edit.\n"
Schema = Mapping[str, Any]
NAMES = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}


def types() -> dict[str, str]:
    """The text of every file below static/src/definitions."""
    files = {
        "text.ts": WRITTEN
        + "\n/** What people read: the same in all languages, or one text for each. */\n"
        + f"export type Text = {typed(TEXT_SCHEMA, 0, named=False)};\n"
    }
    for kind in KINDS:
        body = f"export interface {name_of(kind)} {typed(schema(kind), 0)}\n"
        needed = 'import type { Text } from "./text";\n' if ": Text" in body else ""
        files[f"{kind}.ts"] = f"{WRITTEN}{needed}\n{body}"
    imports = "".join(f'import type {{ {name_of(kind)} }} from "./{kind}";\n' for kind in KINDS)
    exports = "".join(f"  {name_of(kind)},\n" for kind in KINDS)
    choices = "".join(f"\n  | {name_of(kind)}" for kind in KINDS)
    files["index.ts"] = (
        f'{WRITTEN}{imports}\nexport type {{ Text }} from "./text";\n'
        f"export type {{\n{exports}}};\n"
        "\n/** Any definition, told apart by its `kind`. */\n"
        f"export type Definition ={choices};\n"
        '\nexport type Kind = Definition["kind"];\n'
    )
    return files


def name_of(kind: str) -> str:
    """A kind as a type is called."""
    return f"{kind.capitalize()}Definition"


def typed(part: Schema, depth: int, *, named: bool = True) -> str:
    """The type of a schema; what types cannot say (lengths, patterns) is left to the server."""
    if named and part.get("oneOf") == TEXT_SCHEMA.get("oneOf"):
        return "Text"
    if "const" in part:
        return json.dumps(part["const"], ensure_ascii=False)
    if "enum" in part:
        return " | ".join(json.dumps(each, ensure_ascii=False) for each in part["enum"])
    for word in ("oneOf", "anyOf"):
        if word in part:
            choices = dict.fromkeys(typed(each, depth, named=named) for each in part[word])
            return " | ".join(choices)
    kind = part.get("type")
    if isinstance(kind, list):
        return " | ".join(typed({**part, "type": each}, depth, named=named) for each in kind)
    if kind == "array":
        return _list(part, depth)
    if kind == "object" or "properties" in part:
        return _object(part, depth)
    return "null" if kind == "null" else NAMES.get(str(kind), "unknown")


def _list(part: Schema, depth: int) -> str:
    if "prefixItems" in part:
        return f"[{', '.join(typed(each, depth) for each in part['prefixItems'])}]"
    member = typed(part.get("items", {}), depth)
    return f"({member})[]" if "|" in member or "\n" in member else f"{member}[]"


def _object(part: Schema, depth: int) -> str:
    indent = "  " * (depth + 1)
    required = part.get("required", ())
    lines = [
        f"{indent}{_quoted(name)}{'' if name in required else '?'}: {typed(each, depth + 1)};\n"
        for name, each in part.get("properties", {}).items()
    ]
    others = part.get("additionalProperties", True)
    for each in part.get("patternProperties", {}).values():
        others = each
    if others is not False:
        value = "unknown" if others is True or lines else typed(others, depth + 1)
        lines.append(f"{indent}[key: string]: {value};\n")
    return "{\n" + "".join(lines) + "  " * depth + "}" if lines else "Record<string, never>"


def _quoted(name: str) -> str:
    return name if name.isidentifier() else json.dumps(name, ensure_ascii=False)
