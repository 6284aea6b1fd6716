"""The examples of the design as a designer sends them, and an application around them."""

from __future__ import annotations

from typing import Any

Definition = dict[str, Any]

OPPORTUNITY: Definition = {
    "kind": "form",
    "key": "opportunity",
    "format": 1,
    "label": "商机",
    "title": "{{name}}",
    "fields": {
        "no": {
            "type": "serial",
            "label": "编号",
            "pattern": [{"text": "SJ"}, {"date": "YYYYMM"}, {"counter": 4, "reset": "month"}],
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
        },
        {"tabs": [{"label": "明细", "rows": [["expected_close"], ["owner", "industry"]]}]},
    ],
    "behaviour": [{"when": "stage = 'lost'", "show": ["lost_reason"], "require": ["lost_reason"]}],
    "checks": [
        {"that": "amount > 0 or stage = 'discovery'", "message": "金额须大于 0", "at": "amount"}
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
        "board": {"type": "kanban", "label": "看板", "by": "stage", "card": ["name", "amount"]},
    },
    "page": {
        "header": ["stage", "amount", "owner"],
        "related": [{"form": "activity", "link": "opportunity"}],
        "timeline": True,
    },
}

CUSTOMER: Definition = {
    "kind": "form",
    "key": "customer",
    "format": 1,
    "label": "客户",
    "title": "{{name}}",
    "fields": {
        "name": {"type": "text", "label": "名称", "required": True, "unique": True},
        "industry": {"type": "text", "label": "行业"},
        "level": {
            "type": "choice",
            "label": "级别",
            "options": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}],
        },
        "owner": {"type": "person", "label": "负责人", "default": "USER()"},
    },
    "views": {"mine": {"type": "table", "label": "我的", "where": "owner = USER()"}},
}

LEAD: Definition = {
    "kind": "form",
    "key": "lead",
    "format": 1,
    "label": "线索",
    "title": "{{name}}",
    "fields": {
        "name": {"type": "text", "label": "名称", "required": True},
        "region": {
            "type": "choice",
            "label": "地区",
            "options": [
                {"value": "east", "label": "华东"},
                {"value": "south", "label": "华南"},
                {"value": "west", "label": "西部"},
            ],
        },
        "tags": {
            "type": "choices",
            "label": "标签",
            "options": [
                {"value": "east", "label": "华东"},
                {"value": "south", "label": "华南"},
                {"value": "hot", "label": "热"},
            ],
        },
        "owner": {"type": "person", "label": "负责人"},
    },
}

ACTIVITY: Definition = {
    "kind": "form",
    "key": "activity",
    "format": 1,
    "label": "跟进",
    "fields": {
        "subject": {"type": "text", "label": "主题"},
        "lead": {"type": "link", "label": "线索", "form": "lead"},
        "opportunity": {"type": "link", "label": "商机", "form": "opportunity"},
        "due": {"type": "date", "label": "到期"},
        "owner": {"type": "person", "label": "负责人"},
    },
}

QUOTE: Definition = {
    "kind": "form",
    "key": "quote",
    "format": 1,
    "label": "报价",
    "title": "{{name}}",
    "fields": {
        "name": {"type": "text", "label": "名称", "required": True},
        "customer": {"type": "link", "label": "客户", "form": "customer"},
        "total": {"type": "money", "label": "合计"},
        "discount": {"type": "number", "label": "折扣", "scale": 0},
        "cost": {"type": "money", "label": "成本"},
    },
}

CONTRACT: Definition = {
    "kind": "form",
    "key": "contract",
    "format": 1,
    "label": "合同",
    "fields": {
        "customer": {"type": "link", "label": "客户", "form": "customer"},
        "amount": {"type": "money", "label": "金额"},
    },
}

SALES: Definition = {
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
            "fields": {"*": "edit", "probability": "see", "amount": "hide"},
            "mask": {"name": "middle"},
        }
    ],
}

ASSIGN: Definition = {
    "kind": "rule",
    "key": "assign_by_region",
    "format": 1,
    "label": "按地区分配",
    "form": "lead",
    "on": {"event": "created"},
    "phase": "after",
    "when": "region in ['east','south']",
    "do": [
        {
            "action": "assign",
            "field": "owner",
            "method": "round_robin",
            "among": [
                {"type": "role", "role": "sales"},
                {"type": "department", "department": "region"},
            ],
        },
        {"action": "set", "values": {"tags": "ADD(tags, region)"}},
        {
            "action": "create_record",
            "form": "activity",
            "values": {"lead": "id", "due": "DATEADD(TODAY(), 1, 'day')", "owner": "owner"},
        },
        {
            "action": "notify",
            "to": [{"type": "field", "field": "owner"}],
            "text": "新线索：{{name}}",
        },
    ],
}

APPROVAL: Definition = {
    "kind": "flow",
    "key": "quote_approval",
    "format": 1,
    "label": "报价审批",
    "form": "quote",
    "start": {"event": "created", "when": "total > 5000"},
    "nodes": {
        "start": {"type": "start"},
        "manager": {
            "type": "approve",
            "label": "主管",
            "who": [{"type": "manager", "of": "starter", "level": 1}],
            "mode": "any",
            "fields": {"discount": "edit", "cost": "hide"},
            "may": {
                "return": {"to": ["start"], "resubmit": "restart"},
                "transfer": True,
                "add_signer": True,
            },
            "deadline": {
                "after": "8h",
                "calendar": "default",
                "remind": ["-1h"],
                "then": "remind",
            },
        },
        "size": {"type": "exclusive"},
        "finance": {
            "type": "approve",
            "label": "会签",
            "who": [{"type": "role", "role": "finance"}, {"type": "role", "role": "legal"}],
            "mode": "all",
        },
        "make": {
            "type": "act",
            "do": [
                {
                    "action": "create_record",
                    "form": "contract",
                    "values": {"customer": "customer", "amount": "total"},
                }
            ],
        },
        "end": {"type": "end"},
    },
    "edges": [
        {"from": "start", "to": "manager"},
        {"from": "manager", "to": "size", "on": "agreed"},
        {"from": "manager", "to": "end", "on": "refused"},
        {"from": "size", "to": "finance", "when": "total > 100000"},
        {"from": "size", "to": "make", "default": True},
        {"from": "finance", "to": "make", "on": "agreed"},
        {"from": "finance", "to": "end", "on": "refused"},
        {"from": "make", "to": "end"},
    ],
    "picture": {"manager": [200, 40]},
}

PIPELINE: Definition = {
    "kind": "report",
    "key": "pipeline",
    "format": 1,
    "label": "销售管道",
    "form": "opportunity",
    "dimensions": [{"field": "stage"}, {"field": "created_at", "by": "month"}],
    "measures": [{"of": "count"}, {"of": "sum", "field": "amount"}],
    "where": "stage != 'lost'",
    "sort": ["-sum_amount"],
    "limit": 50,
    "chart": {"type": "bar", "stack": True},
}

FUNNEL: Definition = {
    "kind": "report",
    "key": "funnel",
    "format": 1,
    "label": "漏斗",
    "form": "opportunity",
    "funnel": {"field": "stage", "steps": ["discovery", "won"], "count": "current"},
    "chart": {"type": "funnel"},
}

DASHBOARD: Definition = {
    "kind": "dashboard",
    "key": "sales",
    "format": 1,
    "label": "销售看板",
    "filters": [{"field": "created_at"}],
    "refresh": 30,
    "widgets": [
        {"report": "pipeline", "at": [0, 0, 6, 4]},
        {"report": "funnel", "at": [6, 0, 6, 4]},
    ],
}


def role(key: str, *grants: Definition) -> Definition:
    """A role of its own."""
    return {"kind": "role", "key": key, "format": 1, "label": key, "grants": list(grants)}


def everything(form: str) -> Definition:
    """A grant of all rights on a form."""
    return {
        "form": form,
        "see": True,
        "create": True,
        "edit": True,
        "delete": True,
        "export": True,
        "import": True,
    }


def form(key: str, fields: Definition, **more: Any) -> Definition:
    """A form of its own."""
    return {"kind": "form", "key": key, "format": 1, "label": key, "fields": fields, **more}


FINANCE = role("finance", everything("quote"))
LEGAL = role("legal", everything("quote"))

CRM = (
    CUSTOMER,
    LEAD,
    OPPORTUNITY,
    ACTIVITY,
    QUOTE,
    CONTRACT,
    SALES,
    FINANCE,
    LEGAL,
    ASSIGN,
    APPROVAL,
    PIPELINE,
    FUNNEL,
    DASHBOARD,
)


def application(key: str, **more: Any) -> Definition:
    """The application itself."""
    return {
        "kind": "application",
        "key": key,
        "format": 1,
        "label": {"zh-Hans": "客户管理", "en": "CRM"},
        "icon": "team",
        "timezone": "Asia/Shanghai",
        "currency": "CNY",
        "language": "zh-Hans",
        **more,
    }


NAVIGATION = [
    {
        "label": "销售",
        "items": [
            {"form": "lead"},
            {"form": "customer", "view": "mine"},
            {"dashboard": "sales"},
        ],
    }
]
