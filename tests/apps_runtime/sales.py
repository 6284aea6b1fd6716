"""The application that tests of records use: the opportunity form of the design, its neighbours."""

import copy
from typing import Any

APP = "crm"

APPLICATION: dict[str, Any] = {
    "kind": "application",
    "key": APP,
    "format": 1,
    "label": {"zh-Hans": "客户管理", "en": "CRM"},
    "icon": "team",
    "timezone": "Asia/Shanghai",
    "currency": "CNY",
    "language": "zh-Hans",
    "navigation": [
        {
            "label": "销售",
            "items": [{"form": "customer"}, {"form": "opportunity", "view": "all"}],
        }
    ],
}
CUSTOMER: dict[str, Any] = {
    "kind": "form",
    "key": "customer",
    "format": 1,
    "label": {"zh-Hans": "客户", "en": "Customer"},
    "title": "{{name}}",
    "fields": {
        "name": {"type": "text", "label": "名称", "required": True, "unique": True},
        "industry": {
            "type": "choice",
            "label": "行业",
            "options": [
                {"value": "it", "label": {"zh-Hans": "信息技术", "en": "IT"}},
                {"value": "retail", "label": {"zh-Hans": "零售", "en": "Retail"}},
            ],
        },
        "owner": {"type": "person", "label": "负责人", "default": "USER()"},
    },
}
OPPORTUNITY: dict[str, Any] = {
    "kind": "form",
    "key": "opportunity",
    "format": 1,
    "label": {"zh-Hans": "商机", "en": "Opportunity"},
    "title": "{{name}}",
    "fields": {
        "no": {
            "type": "serial",
            "label": "编号",
            "pattern": [
                {"text": "SJ"},
                {"date": "YYYYMM"},
                {"counter": 4, "reset": "month"},
            ],
        },
        "name": {"type": "text", "label": "名称", "required": True, "max_length": 80},
        "customer": {"type": "link", "label": "客户", "form": "customer", "required": True},
        "stage": {
            "type": "choice",
            "label": "阶段",
            "required": True,
            "default": "'discovery'",
            "options": [
                {"value": "discovery", "label": "需求发现", "color": "blue"},
                {"value": "won", "label": "赢单", "color": "green"},
                {"value": "lost", "label": "输单", "color": "red"},
            ],
        },
        "amount": {"type": "money", "label": "金额", "min": 0},
        "probability": {
            "type": "number",
            "label": "赢率",
            "scale": 0,
            "unit": "%",
            "min": 0,
            "max": 100,
        },
        "expected_close": {"type": "date", "label": "预计成交"},
        "lost_reason": {
            "type": "choice",
            "label": "输单原因",
            "options": [{"value": "price", "label": "价格"}],
        },
        "owner": {"type": "person", "label": "负责人", "default": "USER()"},
        "weighted": {
            "type": "formula",
            "returns": "money",
            "label": "加权金额",
            "formula": "amount * probability / 100",
        },
        "industry": {
            "type": "lookup",
            "label": "客户行业",
            "link": "customer",
            "field": "industry",
        },
    },
    "layout": [
        {
            "section": "基本信息",
            "rows": [["name", "customer"], ["stage", "amount", "probability"]],
        }
    ],
    "behaviour": [{"when": "stage = 'lost'", "show": ["lost_reason"], "require": ["lost_reason"]}],
    "checks": [
        {
            "that": "amount > 0 or stage = 'discovery'",
            "message": {"zh-Hans": "金额须大于 0", "en": "The amount must be above 0"},
            "at": "amount",
        }
    ],
    "unique": [["customer", "name"]],
    "views": {
        "all": {
            "type": "table",
            "label": "全部",
            "columns": ["no", "name", "customer", "stage", "amount"],
            "where": "stage != 'lost'",
            "sort": ["-updated_at"],
        },
        "board": {
            "type": "kanban",
            "label": "看板",
            "by": "stage",
            "card": ["name", "amount"],
        },
    },
    "page": {
        "header": ["stage", "amount", "owner"],
        "related": [],
        "timeline": True,
    },
}
SALES: dict[str, Any] = {
    "kind": "role",
    "key": "sales",
    "format": 1,
    "label": "销售",
    "grants": [
        {
            "form": "opportunity",
            "see": "owner = USER() or owner in SUBORDINATES()",
            "create": True,
            "edit": "owner = USER()",
            "delete": "false",
            "export": True,
            "fields": {"*": "edit", "probability": "see"},
        },
        {
            "form": "customer",
            "see": "true",
            "create": True,
            "edit": "owner = USER()",
            "delete": "false",
            "fields": {"*": "edit"},
        },
    ],
}
AUDIT: dict[str, Any] = {
    "kind": "role",
    "key": "audit",
    "format": 1,
    "label": "稽核",
    "grants": [
        {
            "form": "opportunity",
            "see": "true",
            "create": False,
            "edit": "false",
            "delete": "false",
            "export": True,
            "fields": {"*": "see", "amount": "hide"},
            "mask": {"name": "middle"},
        }
    ],
}


def definitions(**changed: Any) -> dict[tuple[str, str], Any]:
    """A copy of the application's definitions, by (kind, key); ``changed`` replaces forms."""
    bodies = copy.deepcopy([APPLICATION, CUSTOMER, OPPORTUNITY, SALES, AUDIT])
    found = {(body["kind"], body["key"]): body for body in bodies}
    for key, body in changed.items():
        found["form", key] = copy.deepcopy(body)
    return found
