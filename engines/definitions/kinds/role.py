"""Roles: what may be done with which records and fields."""

from __future__ import annotations

from typing import Any

from engines.definitions.parts import FORMULA, Schema, closed, drawn, frame, many

MASKS = ("all", "middle", "phone", "email", "last4")


def role_schema(masks: tuple[str, ...] = MASKS) -> Schema:
    """The schema of a role."""
    right: Schema = {"oneOf": [{"type": "boolean"}, FORMULA]}
    names = {"type": "string", "pattern": r"^(\*|[a-z](_?[a-z0-9])*)$", "maxLength": 40}

    def row_rule(zh: str, en: str, order: int) -> Schema:
        return drawn(right, zh, en, order, widget="condition", of="form")

    def by_field(values: list[str], zh: str, en: str, order: int) -> dict[str, Any]:
        schema = {
            "type": "object",
            "maxProperties": 400,
            "propertyNames": names,
            "additionalProperties": {"enum": values},
        }
        return drawn(schema, zh, en, order, widget="fields", of="form")

    grant = closed(
        {
            # "*" stands for every form, also those to come.
            "form": drawn(names, "表单", "Form", 1, widget="form"),
            "see": row_rule("查看", "See", 2),
            "create": row_rule("新建", "Create", 3),
            "edit": row_rule("修改", "Edit", 4),
            "delete": row_rule("删除", "Delete", 5),
            "export": row_rule("导出", "Export", 6),
            "import": row_rule("导入", "Import", 7),
            "print": row_rule("打印", "Print", 8),
            "fields": by_field(["hide", "see", "edit"], "字段权限", "Field rights", 9),
            "mask": by_field(list(masks), "脱敏", "Masks", 10),
        },
        ("form",),
    )
    return frame("role", {"grants": many(grant, 500)}, ("label", "grants"))
