"""The kinds of nodes, one file each: start, approve, exclusive, act, wait, end."""

import sys

from engines.flows.node import Node
from engines.registry import Registry

NODES: Registry[Node] = Registry("nodes", Node)
NODES.discover(sys.modules[__name__])

__all__ = ["NODES"]
