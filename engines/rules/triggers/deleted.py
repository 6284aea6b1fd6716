"""A record was moved to the recycle bin."""

from __future__ import annotations

from engines.forms.options import closed
from engines.rules.trigger import Trigger


class Deleted(Trigger):
    """Before: may refuse the deletion."""

    key = "deleted"
    label = {"zh-Hans": "删除记录时", "en": "A record is deleted"}
    order = 30
    options_schema = closed({})
    happenings = frozenset({"deleted"})
    phases = frozenset({"before", "after"})
