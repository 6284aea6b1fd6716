"""The frame of each kind of definition: its schema as far as no upper engine has a say."""

from engines.texts import Text

KIND_LABELS: dict[str, Text] = {
    "application": {"zh-Hans": "应用", "en": "Application"},
    "form": {"zh-Hans": "表单", "en": "Form"},
    "flow": {"zh-Hans": "流程", "en": "Flow"},
    "rule": {"zh-Hans": "规则", "en": "Rule"},
    "report": {"zh-Hans": "报表", "en": "Report"},
    "dashboard": {"zh-Hans": "看板", "en": "Dashboard"},
    "role": {"zh-Hans": "角色", "en": "Role"},
    "calendar": {"zh-Hans": "日历", "en": "Calendar"},
}
