"""An e-mail address."""

from __future__ import annotations

import re
from typing import ClassVar

from engines.forms.field_type import Column, FieldType, FieldValue, InvalidValue, Options
from engines.forms.options import closed
from engines.forms.plain_text import narrow, read_text
from engines.formulas.types import TEXT, Type
from engines.texts import Text
from engines.values import JsonValue

_ADDRESS = re.compile(
    r"^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$"
)


class EmailField(FieldType):
    """Kept in lower case, so that the same address is found whatever way it was typed."""

    key = "email"
    label: ClassVar[Text] = {"zh-Hans": "邮箱", "en": "E-mail"}
    group = "text"
    icon = "mail"
    widget = "email"
    order = 120
    searchable = True
    maskable = True
    options_schema = closed({})

    def value_type(self, options: Options) -> Type:
        return TEXT

    def column(self, options: Options) -> Column:
        return Column("text")

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        text = read_text(value, limit=254, lines=False)
        if text is None:
            return None
        address = narrow(text).lower()
        if len(address) > 254 or _ADDRESS.match(address) is None:
            raise InvalidValue("not_an_email")
        return address

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        return value if isinstance(value, str) else None
