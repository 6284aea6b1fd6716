"""A whole application: problems of all its definitions at once, cycles across forms, navigation."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from apps_runtime.texts import wordings
from engines.application import check_application, compile_application, table_operations
from engines.definitions import read
from engines.forms.operation import Operation
from engines.problems import Problems
from tests.engines.forms.forms import BODIES, CUSTOMER, ORDER, changed

BASE = Path(__file__).parents[2]
CRM = BASE / "templates" / "applications" / "crm"


def definitions(**forms: Any) -> dict[tuple[str, str], Any]:
    bodies = {**BODIES, **forms}
    found: dict[tuple[str, str], Any] = {
        ("application", "shop"): {
            "kind": "application", "key": "shop", "format": 1, "label": "店",
            "timezone": "Asia/Shanghai", "navigation": [],
        }
    }  # fmt: skip
    return found | {
        ("form", key): {"kind": "form", "format": 1, **body} for key, body in bodies.items()
    }


def problems(found: dict[tuple[str, str], Any]) -> list[tuple[str, str]]:
    return [(each.path, each.code) for each in check_application("shop", found)]


def test_the_shop_and_the_packaged_application_compile() -> None:
    plan = compile_application("shop", definitions())
    assert (plan.timezone, plan.currency, plan.language) == ("Asia/Shanghai", "CNY", "zh-Hans")
    assert plan.forms["order"].zone == "Asia/Shanghai"
    crm = {}
    for file in sorted(CRM.rglob("*.json")):
        body = json.loads(file.read_text())
        if "kind" in body:
            definition = read(body)
            crm[definition.kind, definition.key] = definition.body
    assert check_application("crm", crm) == ()
    assert {"customer", "lead", "opportunity"} <= set(compile_application("crm", crm).forms)


def test_every_form_of_the_shop_fits_its_schema() -> None:
    for body in definitions().values():
        assert read(body).body == body


def test_problems_of_all_definitions_come_together_with_their_places() -> None:
    found = definitions(order=changed(ORDER, a={"type": "link", "form": "nowhere"}))
    found["role", "r"] = {"key": "r", "label": "R", "grants": [{"form": "x", "see": True}]}
    found["flow", "f"] = {"key": "f", "label": "F", "form": "x", "nodes": {}, "edges": []}
    found["rule", "u"] = {
        "key": "u",
        "label": "U",
        "form": "x",
        "on": {"event": "created"},
        "do": [],
    }
    with pytest.raises(Problems) as error:
        compile_application("shop", found)
    paths = [each.path for each in error.value.problems]
    assert paths == [
        "/forms/order/fields/a/form", "/roles/r/grants/0/form", "/flows/f/form", "/rules/u/form",
    ]  # fmt: skip


def test_navigation_must_lead_somewhere() -> None:
    found = definitions()
    found["application", "shop"]["navigation"] = [
        {"label": "A", "items": [{"form": "order", "view": "all"}, {"form": "order", "view": "x"}]},
        {"label": "B", "items": [{"form": "x"}, {"dashboard": "x"}, {"report": "x"}]},
    ]
    at = "/applications/shop/navigation"
    assert problems(found) == [
        (f"{at}/0/items/1/view", "unknown_view"), (f"{at}/1/items/0/form", "unknown_form"),
        (f"{at}/1/items/1/dashboard", "unknown_dashboard"),
        (f"{at}/1/items/2/report", "unknown_report"),
    ]  # fmt: skip


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "Asia", "x" * 60])
def test_a_time_zone_that_there_is_not(zone: str) -> None:
    found = definitions()
    found["application", "shop"]["timezone"] = zone
    assert problems(found) == [("/applications/shop/timezone", "not_a_timezone")]


def formula(text: str) -> dict[str, Any]:
    return {"type": "formula", "label": "x", "returns": "number", "formula": text}


def test_formulas_of_two_forms_that_wait_for_each_other() -> None:
    customer = changed(CUSTOMER, last={"type": "link", "form": "order"}, a=formula("last.a + 1"))
    order = changed(ORDER, a=formula("customer.a"))
    found = check_application("shop", definitions(customer=customer, order=order))
    assert [(each.path, each.code) for each in found] == [
        ("/forms/customer/fields/a", "formula_cycle")
    ]
    assert found[0].params["chain"] == "customer.a → order.a → customer.a"


def test_a_formula_over_itself_in_another_record_has_no_end() -> None:
    customer = changed(CUSTOMER, depth=formula("parent.depth + 1"))
    assert problems(definitions(customer=customer)) == [
        ("/forms/customer/fields/depth", "formula_cycle")
    ]


def test_a_lookup_may_show_a_formula_and_be_read_by_another() -> None:
    order = changed(ORDER, b=formula("credit + left"))
    assert problems(definitions(order=order)) == []


def flow(form: str, event: str, *fields: str, **more: Any) -> dict[str, Any]:
    return {
        "label": f"{form} {event}", "form": form,
        "start": {"event": event, "fields": list(fields), **more},
        "nodes": {"start": {"type": "start"}, "end": {"type": "end"}},
        "edges": [{"from": "start", "to": "end"}],
    }  # fmt: skip


def test_two_flows_that_one_event_may_start_are_warned_of() -> None:
    found = definitions()
    flows = {
        "new": flow("order", "created"),
        "new_customer": flow("customer", "created"),
        "large": flow("order", "created", when="no != ''"),
        "date": flow("order", "updated", "no", "due"),
        "lines": flow("order", "updated", "customer"),
        "any": flow("order", "updated"),
        "hand": flow("order", "manual"),
        "hand_too": flow("order", "manual"),
    }
    for key, body in flows.items():
        found["flow", key] = {"kind": "flow", "key": key, "format": 1, **body}
    told = check_application("shop", found)
    assert [(each.path, each.code, each.severity, each.params["key"]) for each in told] == [
        ("/flows/large/start", "starts_with_another", "warning", "new"),
        ("/flows/any/start", "starts_with_another", "warning", "date"),
    ]
    assert set(compile_application("shop", found).flows) == set(flows)


def test_references_come_after_all_tables() -> None:
    found = table_operations(None, compile_application("shop", definitions()))
    codes = [each.code for each in found]
    assert codes == sorted(codes, key=["creates_schema", "creates_table", "adds_reference"].index)


CALLS = {"problem": 1, "refuse": 1, "warning": 1, "_add": 1, "InvalidValue": 0, "answer": 0,
         "Reason": 0}  # fmt: skip


def used_codes() -> set[str]:
    """Codes that the sources name as constants, where problems and reasons are made."""
    found = set()
    folders = [BASE / "engines" / name for name in ("forms", "access", "queries")]
    files = [file for folder in folders for file in folder.rglob("*.py")]
    for file in [*files, BASE / "engines" / "application.py"]:
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = CALLS.get(name)
            if place is not None and len(node.args) > place:
                code = node.args[place]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    found.add(code.value)
    return found


def operations() -> set[str]:
    waiting, found = [Operation], set()
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            found.add(kind.code)
    return found


def test_every_code_has_a_sentence() -> None:
    codes = used_codes()
    assert len(codes) > 50
    assert len(operations()) >= 15
    assert sorted((codes | operations()) - set(wordings())) == []
