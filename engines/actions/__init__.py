"""What rules and a flow's ``act`` node can do; each action turns options into effects."""

import sys

from engines.actions.action import Action
from engines.registry import Registry

ACTIONS: Registry[Action] = Registry("actions", Action)
ACTIONS.discover(sys.modules[__name__])

__all__ = ["ACTIONS"]
