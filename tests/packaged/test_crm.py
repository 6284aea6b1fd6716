"""The packaged CRM is definitions only: under other keys it installs and lives just the same."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from apps_runtime import dispatch
from apps_runtime.models import Department, FlowRun, Person
from builder import templates
from engines.application import check_application
from engines.definitions.read import read
from engines.values import read_json
from tests.packaged.rename import SUFFIX, rename

CRM = templates.FOLDER / "crm"
ROOT = Path(__file__).parents[2]
FORMS = {"customer": 200, "lead": 503, "opportunity": 300, "product": 12, "quote": 65}


@pytest.fixture(params=["", SUFFIX], ids=["as packaged", "renamed"])
def folder(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The CRM as it is, and a copy in which every key has another name."""
    copy = tmp_path / f"crm{request.param}"
    shutil.copytree(CRM, copy)
    if request.param:
        rename(copy)
    monkeypatch.setattr(templates, "FOLDER", tmp_path)
    yield copy


def test_every_definition_reads_and_compiles_without_a_warning(folder: Path) -> None:
    found = {}
    for path in [folder / "application.json", *sorted(folder.glob("*/*.json"))]:
        if path.parent.name != "sample":
            each = read(read_json(path.read_bytes()))
            found[each.kind, each.key] = each.body
    assert check_application(folder.name, found) == ()


@pytest.mark.django_db(transaction=True)
def test_the_sample_company_is_there_and_lives(folder: Path) -> None:
    suffix = folder.name.removeprefix("crm")
    admin = Person.objects.create_user(
        "admin", "secret-1234", system_roles=["platform_administrator"]
    )
    call_command("install_packaged", folder.name, verbosity=0)
    assert Person.objects.exclude(pk=admin.pk).count() == 30
    assert Department.objects.count() == 5
    client = Client()
    client.force_login(admin)
    for form, count in FORMS.items():
        answer = client.get(
            f"/api/apps/{folder.name}/records/{form}{suffix}", {"count": "true", "limit": "1"}
        )
        assert answer.status_code == 200, answer.content
        assert answer.json()["count"]["value"] == count, form
    # Quotes that were made after the sample are on their way to their superiors, some to admin.
    assert FlowRun.objects.filter(state="waiting").count() >= 3
    assert client.get("/api/assignments").json()["open"] >= 1
    board = client.get(f"/api/apps/{folder.name}/dashboards/sales{suffix}").json()
    for widget in board["widgets"]:
        report = client.get(f"/api/apps/{folder.name}/reports/{widget['report']}")
        assert report.status_code == 200, report.content
        assert report.json()["rows"], widget["report"]
    reached = client.get(f"/api/apps/{folder.name}/reports/funnel{suffix}").json()["rows"]
    counts = [int(row[1]) for row in reached]
    assert counts[0] == 300
    assert all(more > 1.1 * fewer for more, fewer in pairwise(counts)), "a funnel narrows"


@pytest.mark.django_db(transaction=True)
def test_a_choice_of_the_sample_has_a_past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``new@-9d > contacted@-7d`` becomes two stays and two lines of history, by its maker."""
    shutil.copytree(CRM, tmp_path / "crm")
    lead = "company,contact,stage,owner,created_at,created_by\n"
    lead += "恒信,周济,new@-9d > contacted@-7d > interested@-2d,zhangsan,-9d,zhangsan\n"
    (tmp_path / "crm" / "sample" / "lead.csv").write_text(lead, encoding="utf-8")
    (tmp_path / "crm" / "sample" / "activity.csv").write_text("subject\n", encoding="utf-8")
    monkeypatch.setattr(templates, "FOLDER", tmp_path)
    admin = Person.objects.create_user(
        "admin", "secret-1234", system_roles=["platform_administrator"]
    )
    call_command("install_packaged", "crm", verbosity=0)
    client = Client()
    client.force_login(admin)
    records = "/api/apps/crm/records/lead"
    found = client.get(records, {"filter": "company = '恒信'"}).json()["records"][0]
    assert found["stage"] == "interested"
    assert found["created_by"]["username"] == "zhangsan"
    assert found["created_at"] < found["updated_at"]
    history = client.get(f"{records}/{found['id']}/history").json()["history"]
    assert [(each["action"], each["person"]["name"]) for each in reversed(history)] == [
        ("created", "张三"),
        ("changed", "张三"),
        ("changed", "张三"),
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT value, round(extract(epoch FROM left_at - entered_at) / 86400), first_entry"
            " FROM app_crm._stay WHERE form = 'lead' AND field = 'stage' AND record = %s"
            " ORDER BY entered_at",
            [found["id"]],
        )
        assert cursor.fetchall() == [
            ("new", 2, True),
            ("contacted", 5, True),
            ("interested", None, True),
        ]


@pytest.mark.django_db(transaction=True)
def test_its_rules_and_its_flow_do_what_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leads go to their region, once; probabilities follow stages; small quotes pass at once."""
    shutil.copytree(CRM, tmp_path / "crm")
    for path in (tmp_path / "crm" / "sample").glob("*.csv"):
        if path.stem not in ("people", "product"):
            path.write_text(path.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    (tmp_path / "crm" / "sample" / "then.json").write_text("[]")
    monkeypatch.setattr(templates, "FOLDER", tmp_path)
    admin = Person.objects.create_user(
        "admin", "secret-1234", system_roles=["platform_administrator"]
    )
    call_command("install_packaged", "crm", verbosity=0)
    client = Client()
    client.force_login(admin)
    at = "/api/apps/crm/records"

    def made(form: str, **values: object) -> dict[str, Any]:
        answer = client.post(f"{at}/{form}", values, "application/json")
        assert answer.status_code == 201, answer.content
        return dict(answer.json())

    def changed(form: str, record: dict[str, Any], **values: object) -> dict[str, Any]:
        body = {"version": record["version"], **values}
        answer = client.patch(f"{at}/{form}/{record['id']}", body, "application/json")
        assert answer.status_code == 200, answer.content
        return dict(answer.json())

    def now(form: str, record: dict[str, Any]) -> dict[str, Any]:
        return dict(client.get(f"{at}/{form}/{record['id']}").json())

    leads = {
        region: made("lead", company=f"{region}公司", contact="周济", region=region)
        for region in ("east", "south", "west", "north", None)
    }
    mine = made("lead", company="自己的公司", contact="周济", region="east", owner="zhangsan")
    for _ in range(3):
        dispatch.drain()
    departments = {
        region: Person.objects.get(pk=now("lead", lead)["owner"]["id"]).department
        for region, lead in leads.items()
    }
    assert {region: department.key for region, department in departments.items() if department} | {
        None: ""
    } == {
        "east": "huadong",
        "south": "huanan",
        "west": "huanan",
        "north": "beifang",
        None: "",
    }
    assert now("lead", mine)["owner"]["username"] == "zhangsan"
    for lead in leads.values():
        found = client.get(f"{at}/activity", {"filter": f"lead = {lead['id']}"}).json()["records"]
        assert len(found) == 1, "asked to make contact once"
        assert found[0]["owner"] == now("lead", lead)["owner"]
        assert found[0]["due"] == now("lead", lead)["next_contact"]

    customer = made("customer", name="客户")["id"]
    deal = made("opportunity", name="商机", customer=customer, amount="80000")
    assert deal["probability"] == "10"
    deal = changed("opportunity", deal, stage="proposal")
    assert deal["probability"] == "50"
    deal = changed("opportunity", deal, stage="negotiation", probability="60")
    assert deal["probability"] == "60", "what somebody types stays"
    deal = changed("opportunity", deal, stage="won")
    assert (deal["probability"], deal["closed_on"] is not None) == ("100", True)
    for _ in range(2):
        dispatch.drain()
    visits = client.get(f"{at}/activity", {"filter": f"opportunity = {deal['id']}"}).json()
    assert [each["type"] for each in visits["records"]] == ["visit"]

    product = client.get(f"{at}/product", {"limit": "1"}).json()["records"][0]["id"]
    quote = {"customer": customer, "product": product, "quantity": "1"}
    assert now("quote", made("quote", price="100000", **quote))["state"] == "approved"
    for large in ({"price": "100001"}, {"price": "10", "discount": "11", "reason": "试用"}):
        waiting = made("quote", **quote, **large)
        assert now("quote", waiting)["state"] == "draft"


def test_no_program_text_knows_a_key_of_the_crm() -> None:
    """Keys that no other word of the product is: the platform's code must not contain them."""
    keys = {path.stem for path in CRM.glob("*/*.json") if path.parent.name != "sample"}
    telling = keys - {
        # Words that the platform uses in meanings of its own.
        *("sales", "manager", "service", "funnel", "activity", "customer", "product", "lead"),
        *("administrator", "opportunity", "quote"),
    }
    known = re.compile("|".join(rf"\b{key}\b" for key in sorted(telling)))
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for folder in ("engines", "apps_runtime", "builder", "config", "static/src")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".ts", ".tsx") and "node_modules" not in path.parts
        if (match := known.search(path.read_text(encoding="utf-8")))
    ]
    assert found == []
