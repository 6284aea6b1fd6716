"""Small sales definitions for engine tests: forms compiled, and an environment to evaluate in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from engines.actions.people import Facts, PeopleQuery
from engines.forms.compile import compile_form
from engines.forms.form import read_form
from engines.forms.plan import FormPlan
from engines.formulas.to_python import Actor, Env

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

CUSTOMER: dict[str, Any] = {
    "kind": "form",
    "key": "customer",
    "format": 1,
    "label": "客户",
    "title": "{{name}}",
    "fields": {
        "name": {"type": "text", "label": "名称", "required": True},
        "level": {
            "type": "choice",
            "label": "级别",
            "options": [{"value": "a", "label": "重点"}, {"value": "b", "label": "普通"}],
        },
        "owner": {"type": "person", "label": "负责人"},
    },
}

QUOTE: dict[str, Any] = {
    "kind": "form",
    "key": "quote",
    "format": 1,
    "label": "报价",
    "title": "{{name}}",
    "fields": {
        "name": {"type": "text", "label": "名称", "required": True},
        "customer": {"type": "link", "label": "客户", "form": "customer"},
        "total": {"type": "money", "label": "金额"},
        "discount": {"type": "number", "label": "折扣", "scale": 1},
        "half": {
            "type": "formula",
            "label": "一半",
            "returns": "money",
            "formula": "total / 2",
        },
        "stage": {
            "type": "choice",
            "label": {"zh-Hans": "阶段", "en": "Stage"},
            "options": [
                {"value": "draft", "label": {"zh-Hans": "草稿", "en": "Draft"}, "color": "grey"},
                {"value": "sent", "label": {"zh-Hans": "已发", "en": "Sent"}, "color": "blue"},
                {"value": "won", "label": {"zh-Hans": "赢单", "en": "Won"}, "color": "green"},
            ],
        },
        "owner": {"type": "person", "label": "负责人"},
        "due": {"type": "date", "label": "到期"},
        "signed_at": {"type": "moment", "label": "签署时间"},
    },
}


def compiled(*bodies: Mapping[str, Any]) -> dict[str, FormPlan]:
    """Forms by key, compiled together; the sales forms when none are given."""
    forms = {str(body["key"]): read_form(body) for body in bodies or (CUSTOMER, QUOTE)}
    return {
        key: compile_form(form, forms, "crm", zone="Asia/Shanghai") for key, form in forms.items()
    }


def env(now: datetime = NOW, *, old: Mapping[str, Any] | None = None, **values: Any) -> Env:
    """An environment in Shanghai; keys with two underscores are link paths: ``customer__owner``."""
    own = {key: value for key, value in values.items() if "__" not in key}
    links = {tuple(key.split("__")): value for key, value in values.items() if "__" in key}
    return Env(own, now, "Asia/Shanghai", Actor(1), links=links, old=old or {})


def answered(answers: Mapping[PeopleQuery, tuple[int, ...]], **more: Any) -> Facts:
    """Facts with these answers; everybody asked by id is active."""
    everybody = {PeopleQuery("person", person=number): (number,) for number in range(1, 200)}
    return Facts(people={**everybody, **answers}, **more)


def money(text: str) -> Decimal:
    """A decimal, short."""
    return Decimal(text)
