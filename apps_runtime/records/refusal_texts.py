"""What the author of a refused change is told: nothing that his roles hide from him."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from apps_runtime.caller import Caller
from apps_runtime.records.asking import rights_of
from apps_runtime.records.reading import told
from apps_runtime.releases import Installed
from engines.access.permissions import PLAIN
from engines.actions.template import tell
from engines.forms.plan import FormPlan, Path
from engines.problems import Problem

if TYPE_CHECKING:
    from apps_runtime.records.submission import Row


def as_told(
    problems: Iterable[Problem],
    caller: Caller,
    installed: Installed,
    form: FormPlan,
    row: Row,
    *,
    known: Mapping[str, Any],
) -> list[Problem]:
    """The problems with the texts of refusing rules as the caller may read them.

    He may read what he has sent himself, and what his roles show him of the record and of those
    that it links to. ``known`` are the values that the rules saw.
    """
    reader = _Reader(caller, installed, form, row, known)
    return [
        replace(each, params={**each.params, "text": tell(_parts(each), reader.shown)})
        if each.code == "refused_by_rule"
        else each
        for each in problems
    ]


def _parts(problem: Problem) -> Mapping[str, Any]:
    text: Any = problem.params["text"]
    return text if isinstance(text, Mapping) else {}


class _Reader:
    """Whoever sent the row; without a person (a public form) only what was sent is shown."""

    def __init__(
        self,
        caller: Caller,
        installed: Installed,
        form: FormPlan,
        row: Row,
        known: Mapping[str, Any],
    ) -> None:
        self.installed = installed
        self.form = form
        self.row = row
        self.known = known
        person = caller.person_id
        self.caller = None if person is None else Caller(person, installed.app)

    def shown(self, path: Path) -> str | None:
        """What he may read at a path: None for all of it, "" for nothing, else a masked text."""
        own = self._own(path[0])
        if len(path) == 1 or own is not None:
            return own
        field = self.form.field(path[0])
        linked = self.known.get(path[0])
        if field is None or field.target is None or not isinstance(linked, int):
            return ""
        return self._told(field.target, linked, path[1:])

    def _own(self, field: str) -> str | None:
        if field in self.row.body:
            return None
        if self.caller is None:
            return ""
        if rights_of(self.caller, self.installed, self.form.key).access(field) is PLAIN:
            return None
        record = self.row.system.get("id")
        return self._told(self.form.key, record, (field,)) if isinstance(record, int) else ""

    def _told(self, form: str, record: int, path: Path) -> str | None:
        if self.caller is None or self.caller.person_id is None:
            return ""
        person = self.caller.person_id
        return told(self.installed, form, record, {path}, (person,))[person][path]
