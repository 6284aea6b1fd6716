"""A run as people see it: its nodes with who stands where, and its log in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from apps_runtime import people, releases
from apps_runtime.models import Assignment, FlowLog, FlowRun
from apps_runtime.people import present
from apps_runtime.record_labels import labels
from apps_runtime.rows import rows
from apps_runtime.texts import message
from engines.flows.compile import FlowPlan
from engines.flows.state import State, from_json
from engines.problems import Problem
from engines.texts import text

WORDINGS = Path(__file__).parent / "texts" / "flow_log.json"


@cache
def wordings() -> Mapping[str, Mapping[str, str]]:
    """The log's sentences, by event."""
    found: dict[str, dict[str, str]] = json.loads(WORDINGS.read_text(encoding="utf-8"))
    return found


def as_json(run: FlowRun, reader: int, language: str) -> dict[str, Any]:
    """The run (DESIGN §7) as ``reader`` sees it; texts in ``language``."""
    plan = releases.plan_of(run.app, run.release).flows[run.flow]
    state = from_json(run.tokens)
    title = labels([(run.app, run.form, run.record)], reader=reader)
    lines = rows(FlowLog, "WHERE run_id = %s ORDER BY seq", [run.pk])
    incident = state.blocked
    return {
        "id": run.pk,
        "app": run.app,
        "form": run.form,
        "flow": {"key": run.flow, "label": text(plan.label, language)},
        "release": run.release,
        "state": run.state,
        "outcome": state.outcome,
        "record": {
            "id": run.record,
            "label": title.get((run.app, run.form, run.record), ""),
        },
        "starter": present.brief(run.starter_id),
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "blocked": (
            {
                "node": incident.node,
                "code": incident.code,
                "message": message(Problem("", incident.code, incident.params), language),
            }
            if incident is not None
            else (
                {"node": None, "code": "step_failed", "message": run.error} if run.error else None
            )
        ),
        "nodes": _nodes(run, plan, state, lines, language),
        "tokens": [
            {"id": each.id, "node": each.node, "round": each.round} for each in state.tokens
        ],
        "log": [_line(line, run.app, plan, language) for line in lines],
    }


def _nodes(
    run: FlowRun, plan: FlowPlan, state: State, lines: list[FlowLog], language: str
) -> list[dict[str, Any]]:
    """Every node in the order of the definition: passed, current, coming or blocked."""
    here = {token.node for token in state.tokens}
    blocked = state.blocked.node if state.blocked else None
    seen = {line.node: line.at for line in lines if line.event != "not_started"}
    asked: dict[str, list[dict[str, Any]]] = {}
    for row in rows(Assignment, "WHERE run_id = %s ORDER BY id", [run.pk]):
        shown = present.brief(row.person_id)
        if shown is not None:
            asked.setdefault(row.node, []).append(
                {
                    **shown,
                    "state": row.state,
                    "decision": row.decision or None,
                    "opinion": row.opinion or None,
                    "opened_at": row.opened_at,
                    "decided_at": row.decided_at,
                    "round": row.round,
                }
            )
    return [
        {
            "key": key,
            "label": text(node.label, language),
            "type": node.type.key,
            "state": (
                "blocked"
                if key == blocked
                else "current"
                if key in here
                else "passed"
                if key in seen
                else "coming"
            ),
            "people": asked.get(key, []),
            "at": seen.get(key),
        }
        for key, node in plan.nodes.items()
    ]


def _line(line: FlowLog, app: str, plan: FlowPlan, language: str) -> dict[str, Any]:
    node = plan.nodes.get(line.node)
    params = _with_label(line.params, app, language)
    return {
        "seq": line.seq,
        "at": line.at,
        "node": {"key": line.node, "label": text(node.label, language) if node else line.node},
        "event": line.event,
        "person": present.brief(line.person),
        "opinion": line.params.get("opinion"),
        "message": sentence(line.event, line.person, params, language),
        "params": line.params,
    }


def _with_label(params: Mapping[str, Any], app: str, language: str) -> Mapping[str, Any]:
    """The flow that a line names, by its label in the release in force."""
    installed = releases.installed(app)
    flow = installed.plan.flows.get(str(params.get("flow"))) if installed is not None else None
    return params if flow is None else {**params, "flow": text(flow.label, language)}


def sentence(event: str, person: int | None, params: Mapping[str, Any], language: str) -> str:
    """What happened, in words."""
    wording = wordings().get(event)
    if wording is None:
        return event
    values = {key: _shown(key, value, language) for key, value in params.items()}
    by = people.person(person)
    values["person"] = by.name if by else ("系统" if language == "zh-Hans" else "The system")
    return wording[language].format_map(_Known(values))


class _Known(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _shown(key: str, value: Any, language: str) -> str:
    if key in ("people", "to") and isinstance(value, list):
        names = [found.name for each in value if (found := people.person(each))]
        return ("、" if language == "zh-Hans" else ", ").join(names)
    if key in ("outcome", "verdict", "reason"):
        kind = "reason" if key == "reason" else "outcome"
        wording = wordings().get(f"{kind}.{value}")
        return wording[language] if wording else str(value)
    if key == "code":
        return message(Problem("", str(value)), language)
    return str(value)
