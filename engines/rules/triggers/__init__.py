"""What sets a rule off, one file each."""

import sys

from engines.registry import Registry
from engines.rules.trigger import Trigger

TRIGGERS: Registry[Trigger] = Registry("triggers", Trigger)
TRIGGERS.discover(sys.modules[__name__])

__all__ = ["TRIGGERS"]
