"""What an open run leaves open of its record: the fields of the node, to those who are asked."""

from __future__ import annotations

from collections.abc import Collection

from apps_runtime import releases
from apps_runtime.caller import Caller
from apps_runtime.models import Assignment
from apps_runtime.records.current import OPEN_STATES, Current
from engines.forms.plan import FormPlan


def holds(caller: Caller, form: FormPlan, record: Current, fields: Collection[str]) -> bool:
    """Whether a run keeps the caller from changing ``fields``.

    Whoever is asked may change what the node of his question opens; the starter to whom the run
    was sent back may change all of his record.
    """
    if not record.locked or caller.everything:
        return False
    if caller.person_id is None:
        return True
    asked = Assignment.objects.filter(
        person_id=caller.person_id,
        state="open",
        run__app=caller.app,
        run__form=form.key,
        run__record=record.id,
        run__state__in=OPEN_STATES,
    ).select_related("run")
    opened: set[str] = set()
    for one in asked:
        node = releases.plan_of(caller.app, one.run.release).flows[one.run.flow].nodes[one.node]
        if one.kind == "handle" and node.type.key == "start":
            return False
        opened |= node.opened
    return not fields or not opened.issuperset(fields)
