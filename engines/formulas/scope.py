"""The names that a formula may use, with their types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engines.formulas.types import ANY, Type, list_of


@dataclass(frozen=True, slots=True)
class Scope:
    """``names`` are the fields at hand; ``forms`` the fields of each form a link may lead to.

    The rows of a sub-table are a list of links to a form of their own, so that ``lines.subtotal``
    is an ordinary path. ``old`` allows ``old.stage``, the value before the change.
    """

    names: Mapping[str, Type]
    forms: Mapping[str, Mapping[str, Type]] = field(default_factory=dict)
    old: bool = False

    def follow(self, start: Type, name: str) -> Type | None:
        """The type of ``name`` reached from a value of type ``start``; None when there is none.

        Through a list one reaches a list; lists of lists are joined into one.
        """
        if start.name == "list" and start.of is not None:
            found = self.follow(start.of, name)
            if found is None or found.name == "list":
                return found
            return list_of(found)
        if start == ANY:
            return ANY
        if start.name != "link" or start.form is None:
            return None
        return self.forms.get(start.form, {}).get(name)
