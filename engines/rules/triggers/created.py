"""A record was created."""

from __future__ import annotations

from engines.forms.options import closed
from engines.rules.trigger import Trigger


class Created(Trigger):
    """Also for records from imports, unless rules are switched off there."""

    key = "created"
    label = {"zh-Hans": "新建记录时", "en": "A record is created"}
    order = 10
    options_schema = closed({})
    happenings = frozenset({"created"})
    phases = frozenset({"before", "after"})
