"""A small shop: forms that use every field type, compiled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from engines.forms.compile import compile_form
from engines.forms.form import read_form
from engines.forms.plan import FormPlan
from engines.formulas.to_python import Actor, Env

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)  # the 22nd in Shanghai


def options(*values: str) -> list[dict[str, str]]:
    return [{"value": value, "label": value.upper()} for value in values]


CUSTOMER: dict[str, Any] = {
    "key": "customer",
    "label": "客户",
    "title": "{{name}}（{{level}}）",
    "fields": {
        "name": {"type": "text", "label": "名称", "required": True, "unique": True},
        "level": {
            "type": "choice",
            "label": "级别",
            "options": [
                {"value": "vip", "label": {"zh-Hans": "重点", "en": "Key"}},
                {"value": "common", "label": "普通"},
            ],
        },
        "phone": {"type": "phone", "label": "电话"},
        "email": {"type": "email", "label": "邮箱"},
        "credit": {"type": "money", "label": "额度"},
        "double_credit": {
            "type": "formula",
            "label": "双倍",
            "returns": "money",
            "formula": "credit * 2",
        },
        "owner": {"type": "person", "label": "负责人"},
        "parent": {"type": "link", "label": "上级客户", "form": "customer"},
    },
}

ORDER: dict[str, Any] = {
    "key": "order",
    "label": "订单",
    "title": "{{no}} {{customer}}",
    "fields": {
        "no": {
            "type": "serial",
            "label": "编号",
            "pattern": [{"text": "DD"}, {"date": "YYYYMM"}, {"counter": 4, "reset": "month"}],
        },
        "customer": {"type": "link", "label": "客户", "form": "customer", "required": True},
        "level": {"type": "lookup", "label": "级别", "link": "customer", "field": "level"},
        "credit": {"type": "lookup", "label": "额度", "link": "customer", "field": "double_credit"},
        "stage": {
            "type": "choice",
            "label": "阶段",
            "required": True,
            "default": "'draft'",
            "options": options("draft", "sent", "won", "lost"),
        },
        "quantity": {"type": "number", "label": "数量", "scale": 0, "min": 1, "default": "1"},
        "price": {"type": "money", "label": "单价"},
        "subtotal": {
            "type": "formula",
            "label": "小计",
            "returns": "money",
            "formula": "quantity * price",
        },
        "with_tax": {
            "type": "formula",
            "label": "含税",
            "returns": "money",
            "formula": "subtotal * 1.13",
        },
        "left": {
            "type": "formula",
            "label": "剩余额度",
            "returns": "money",
            "formula": "credit - subtotal",
        },
        "overdue": {
            "type": "formula",
            "label": "逾期",
            "returns": "check",
            "formula": "due < TODAY()",
        },
        "due": {"type": "date", "label": "交期"},
        "visit": {"type": "moment", "label": "拜访"},
        "tags": {"type": "choices", "label": "标签", "options": options("new", "old", "hot")},
        "paid": {"type": "check", "label": "已付"},
        "reason": {"type": "long_text", "label": "原因"},
        "owner": {"type": "person", "label": "负责人", "default": "USER()"},
        "unit": {"type": "department", "label": "部门"},
        "secret": {"type": "text", "label": "内部备注", "read_only": True},
    },
    "behaviour": [{"when": "stage = 'lost'", "show": ["reason"], "require": ["reason"]}],
    "checks": [
        {"that": "price > 0 or stage = 'draft'", "message": "单价须大于 0", "at": "price"},
        {"that": "level != 'common' or quantity <= 100", "message": "普通客户最多 100 件"},
    ],
    "unique": [["customer", "due"]],
    "views": {
        "all": {
            "type": "table",
            "label": "全部",
            "columns": ["no", "customer", "stage", "created_at"],
            "where": "stage != 'lost'",
            "sort": ["-due", "no"],
        },
        "board": {"type": "kanban", "label": "看板", "by": "stage", "card": ["no", "price"]},
    },
    "page": {"header": ["stage"], "related": []},
}

BODIES: dict[str, dict[str, Any]] = {"customer": CUSTOMER, "order": ORDER}


def plans(
    bodies: Mapping[str, Mapping[str, Any]] = BODIES, app: str = "shop"
) -> dict[str, FormPlan]:
    forms = {key: read_form(body) for key, body in bodies.items()}
    return {key: compile_form(form, forms, app, zone=ZONE) for key, form in forms.items()}


def changed(body: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    """``body`` with fields added, replaced, or (None) removed."""
    kept = {**body["fields"], **fields}
    return {**body, "fields": {key: each for key, each in kept.items() if each is not None}}


def env(person: int | None = 1, **values: Any) -> Env:
    return Env(values=values, now=NOW, zone=ZONE, actor=Actor(id=person, subordinates=(2,)))
