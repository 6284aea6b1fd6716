"""Imports through the API, done by the real job: repairs, resumption, modes, people."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps_runtime import works
from apps_runtime.exchange import import_records
from apps_runtime.models import Event, Person, Work
from tests.apps_runtime.deals import APP, ROLE

DATA = Path(__file__).parents[2] / "data" / "crm_sales"
ROOT = f"/api/apps/{APP}/records"

Sign = Callable[[str], Client]
Install = Callable[..., None]


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def queue(client: Client, form: str, content: bytes | str, options: Mapping[str, Any]) -> str:
    """Upload and queue; the id of the work."""
    data = content.encode() if isinstance(content, str) else content
    answer = client.post(
        f"{ROOT}/{form}/import",
        {"file": SimpleUploadedFile("rows.csv", data), "options": json.dumps(options)},
    )
    assert answer.status_code == 202, answer.content
    found: str = answer.json()["work"]
    return found


def done(client: Client, work: str) -> Any:
    """Let the job run in this process; the state as the API tells it."""
    works.run_all()
    return client.get(f"/api/work/{work}").json()


def run(client: Client, form: str, content: bytes | str, options: Mapping[str, Any]) -> Any:
    return done(client, queue(client, form, content, options))


def records(client: Client, form: str, **parameters: str) -> list[Any]:
    answer = client.get(f"{ROOT}/{form}", {"limit": "200", **parameters})
    assert answer.status_code == 200, answer.content
    found: list[Any] = answer.json()["records"]
    return found


def test_columns_are_guessed_and_values_repaired_in_one_step(
    installed: Install, client_of: Sign
) -> None:
    installed()
    anna = client_of("anna")
    run(anna, "account", "name\nGTX Pro\nMG Special\n", {"columns": {"name": "name"}})
    content = 'name,account,amount\nA,GTXPro,"1,200.50"\nB,GTXPro,3\nC,MG Special,x\nD,,5\n'
    look = anna.post(
        f"{ROOT}/deal/import/inspect", {"file": SimpleUploadedFile("deals.csv", content.encode())}
    ).json()
    assert {each["header"]: each["guess"] for each in look["headers"]} == {
        "name": "name",
        "account": "account",
        "amount": "amount",
    }
    assert look["total"] == 4
    options = {
        "columns": {"name": "name", "account": "account", "amount": "amount"},
        "match": {"account": "name"},
    }
    tried = run(anna, "deal", content, {**options, "dry_run": True})
    assert (tried["created"], tried["failed"]) == (1, 3)
    assert records(anna, "deal") == []
    group = next(each for each in tried["problems"] if each["value"] == "GTXPro")
    assert (group["count"], group["rows"]) == (2, [2, 3])
    assert group["repair"]["candidates"] == ["GTX Pro"]
    real = run(anna, "deal", content, {**options, "values": {"account": {"GTXPro": "GTX Pro"}}})
    assert (real["state"], real["created"], real["failed"]) == ("done", 3, 1)
    found = {each["name"]: each for each in records(anna, "deal")}
    assert found["A"]["amount"] == "1200.5"
    assert found["A"]["account"]["label"] == "GTX Pro"
    assert found["D"]["account"] is None
    errors = anna.get(real["error_file"])
    text = b"".join(errors.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == ["C"]


def test_rules_stay_off_unless_switched_on(installed: Install, client_of: Sign) -> None:
    installed()
    anna = client_of("anna")
    run(anna, "account", "name\nA\n", {"columns": {"name": "name"}})
    assert not Event.objects.filter(form="account", state="pending").exists()
    run(anna, "account", "name\nB\n", {"columns": {"name": "name"}, "run_rules": True})
    assert Event.objects.filter(form="account", state="pending").count() == 1


@pytest.mark.parametrize(
    ("mode", "created", "updated", "skipped", "failed", "notes"),
    [
        ("create", 0, 0, 0, 1, {"A": None}),
        ("skip", 1, 0, 1, 0, {"A": None, "B": "new"}),
        ("update", 0, 1, 0, 1, {"A": "new"}),
        ("upsert", 1, 1, 0, 0, {"A": "new", "B": "new"}),
    ],
)
def test_modes(
    installed: Install,
    client_of: Sign,
    mode: str,
    created: int,
    updated: int,
    skipped: int,
    failed: int,
    notes: dict[str, str | None],
) -> None:
    installed()
    anna = client_of("anna")
    key = "account" if mode == "create" else "deal"
    if mode == "create":
        run(anna, key, "name\nA\n", {"columns": {"name": "name"}})
        result = run(anna, key, "name\nA\n", {"columns": {"name": "name"}, "mode": mode})
        assert (result["created"], result["failed"]) == (created, failed)
        assert result["problems"][0]["code"] == "not_unique"
        return
    run(anna, key, "name\nA\n", {"columns": {"name": "name"}})
    options = {"columns": {"name": "name", "note": "note"}, "mode": mode, "key": "name"}
    result = run(anna, key, "name,note\nA,new\nB,new\n", options)
    assert (result["created"], result["updated"]) == (created, updated)
    assert (result["skipped"], result["failed"]) == (skipped, failed)
    assert {each["name"]: each["note"] for each in records(anna, key)} == notes


@pytest.mark.parametrize(
    ("field", "kept", "cell"),
    [
        ("amount", "1200.50", "1,200.5"),
        ("due", "2026-01-02", "2026/1/2"),
        ("state", "open", "进行中"),
        ("owner", "anna", "ANNA"),
        ("account", "GTX Pro", "gtx pro"),
    ],
)
def test_a_key_means_the_same_however_it_is_written(
    installed: Install, client_of: Sign, field: str, kept: str, cell: str
) -> None:
    installed()
    anna = client_of("anna")
    run(anna, "account", "name\nGTX Pro\n", {})
    run(anna, "deal", f"name,{field}\nA,{kept}\n", {})
    options = {"columns": {"name": "name", "X": field}, "mode": "upsert", "key": field}
    result = run(anna, "deal", f'name,X\nB,"{cell}"\n', options)
    assert (result["created"], result["updated"], result["problems"]) == (0, 1, [])
    assert [each["name"] for each in records(anna, "deal")] == ["B"]


@pytest.mark.parametrize(
    ("field", "cell"), [("amount", "1,200.50"), ("due", "2026/1/2"), ("state", "Open"), ("id", "1")]
)
def test_a_link_is_matched_by_any_field_of_the_other_form(
    installed: Install, client_of: Sign, field: str, cell: str
) -> None:
    task = {
        "kind": "form", "key": "step", "format": 1, "label": "Step",
        "fields": {"deal": {"type": "link", "label": "Deal", "form": "deal"}},
    }  # fmt: skip
    role = {**ROLE, "grants": [*ROLE["grants"], {"form": "step", "see": True, "create": True,
                                                "import": True}]}  # fmt: skip
    installed(task, role)
    anna = client_of("anna")
    run(anna, "deal", "name,amount,due,state\nA,1200.5,2026-01-02,open\n", {})
    options = {"columns": {"X": "deal"}, "match": {"deal": field}}
    result = run(anna, "step", f'X\n"{cell}"\n', options)
    assert (result["created"], result["problems"]) == (1, [])
    assert [each["deal"]["label"] for each in records(anna, "step")] == ["A"]


@pytest.mark.parametrize("mode", ["create", "skip", "upsert", "update"])
def test_a_dry_run_counts_what_the_import_then_does(
    installed: Install, client_of: Sign, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    installed()
    monkeypatch.setattr(import_records, "CHUNK", 2)
    anna = client_of("anna")
    run(anna, "account", "name\nB\n", {})
    content = "name\nA\nA\nB\nC\nA\nB\nC\n\n"
    options = {"mode": mode, **({} if mode == "create" else {"key": "name"})}
    tried = run(anna, "account", content, {**options, "dry_run": True})
    real = run(anna, "account", content, options)
    counts = ("created", "updated", "skipped", "failed", "total", "done", "problems")
    assert {name: tried[name] for name in counts} == {name: real[name] for name in counts}
    assert real["total"] == 7


def test_without_columns_headers_that_are_called_like_fields_are_taken(
    installed: Install, client_of: Sign
) -> None:
    installed()
    anna = client_of("anna")
    run(anna, "deal", "名称,AMOUNT,ignored\nA,3,x\n", {})
    assert [(each["name"], each["amount"]) for each in records(anna, "deal")] == [("A", "3")]
    nothing = anna.post(f"{ROOT}/deal/import", {"file": SimpleUploadedFile("a.csv", b"x\n1\n")})
    assert [each["code"] for each in nothing.json()["problems"]] == ["no_columns_mapped"]


def test_an_empty_table_and_a_cancelled_one_tell_all(
    installed: Install, client_of: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed()
    anna = client_of("anna")
    empty = run(anna, "account", "name\n", {})
    assert (empty["state"], empty["total"], empty["done"]) == ("done", 0, 0)
    monkeypatch.setattr(import_records, "CHUNK", 2)
    work = queue(anna, "account", "name,x\nA,\nA,\nB,\n", {})
    do = import_records._Import.do

    def cancels(self: Any, row: Work, chunk: list[Any]) -> None:
        do(self, row, chunk)
        row.cancel_requested = True

    monkeypatch.setattr(import_records._Import, "do", cancels)
    found = done(anna, work)
    assert (found["state"], found["created"], found["failed"]) == ("cancelled", 1, 1)
    text = b"".join(anna.get(found["error_file"]).streaming_content)  # type: ignore[attr-defined]
    assert len(text.decode().splitlines()) == 2


def test_the_reasons_are_in_the_language_of_whoever_imports(
    installed: Install, client_of: Sign
) -> None:
    installed()
    anna = client_of("anna")
    answer = anna.post(
        f"{ROOT}/deal/import",
        {"file": SimpleUploadedFile("rows.csv", b"name,amount\nA,x\nB\n")},
        headers={"accept-language": "en"},
    )
    found = done(anna, answer.json()["work"])
    lines = b"".join(anna.get(found["error_file"]).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert lines.splitlines()[1:] == [
        "A,x,amount: Please give a number",
        "B,,This row has another number of cells than the header",
    ]
    assert client_of("boss").get(found["error_file"]).status_code == 404


def test_an_abandoned_import_goes_on_without_doubles(
    installed: Install, client_of: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed()
    anna = client_of("anna")
    content = "name\n" + "".join(f"Row {number}\n" for number in range(25))
    monkeypatch.setattr(import_records, "CHUNK", 10)
    work = queue(anna, "account", content, {"columns": {"name": "name"}})
    chunks: list[int] = []
    do = import_records._Import.do

    def dies_in_the_second(self: Any, row: Work, chunk: list[Any]) -> None:
        do(self, row, chunk)
        chunks.append(len(chunk))
        if len(chunks) == 2:
            raise SystemExit  # after the rows were written, before the commit

    monkeypatch.setattr(import_records._Import, "do", dies_in_the_second)
    with pytest.raises(SystemExit):
        works.run_all()
    assert Work.objects.get(pk=work).position == 10
    monkeypatch.setattr(import_records._Import, "do", do)
    Work.objects.filter(pk=work).update(lease_until=None)
    result = done(anna, work)
    assert (result["state"], result["created"], result["done"]) == ("done", 25, 25)
    assert sorted(each["name"] for each in records(anna, "account")) == sorted(
        f"Row {number}" for number in range(25)
    )


def test_a_cancelled_import_stops_between_chunks(
    installed: Install, client_of: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed()
    anna = client_of("anna")
    monkeypatch.setattr(import_records, "CHUNK", 10)
    content = "name\n" + "".join(f"Row {number}\n" for number in range(25))
    work = queue(anna, "account", content, {"columns": {"name": "name"}})
    do = import_records._Import.do

    def cancels(self: Any, row: Work, chunk: list[Any]) -> None:
        do(self, row, chunk)
        row.cancel_requested = True

    monkeypatch.setattr(import_records._Import, "do", cancels)
    result = done(anna, work)
    assert (result["state"], result["created"]) == ("cancelled", 10)
    assert len(records(anna, "account")) == 10
    late = anna.post(f"/api/work/{work}/cancel")
    assert late.status_code == 422 or late.status_code == 409


def test_a_gbk_file_with_a_broken_row(installed: Install, client_of: Sign) -> None:
    installed()
    anna = client_of("anna")
    good = "名称\n甲公司\n".encode("gbk")
    content = good + b"\xff\xff\xff\n" + "乙公司\n".encode("gbk")
    result = run(anna, "account", content, {"columns": {"名称": "name"}})
    assert (result["created"], result["failed"]) == (2, 1)
    assert [each["code"] for each in result["problems"]] == ["row_encoding"]
    assert {each["name"] for each in records(anna, "account")} == {"甲公司", "乙公司"}


def test_options_that_are_not_right_name_every_mistake(installed: Install, client_of: Sign) -> None:
    installed()
    answer = client_of("anna").post(
        f"{ROOT}/account/import",
        {
            "file": SimpleUploadedFile("rows.csv", b"name\nA\n"),
            "options": json.dumps(
                {
                    "columns": {"none": "name", "name": "none", "left_out": None},
                    "mode": "x",
                    "what": 1,
                    "values": {"nowhere": {"a": 1}},
                }
            ),
        },
    )
    assert answer.status_code == 422
    assert {each["code"] for each in answer.json()["problems"]} == {
        "bad_import_option",
        "unknown_header",
        "unknown_import_field",
        "import_key_missing",
    }


def test_people_come_with_superiors_and_departments_inactive(
    transactional_db: None, people: dict[str, Person]
) -> None:
    people["boss"].system_roles = ["platform_administrator"]
    people["boss"].save()
    client = Client()
    client.force_login(people["boss"])
    content = (DATA / "sales_teams.csv").read_bytes()
    look = client.post(
        "/api/people/import/inspect", {"file": SimpleUploadedFile("teams.csv", content)}
    ).json()
    assert {each["header"]: each["guess"] for each in look["headers"]} == {
        "sales_agent": "name",
        "manager": "superior",
        "regional_office": "department",
    }
    options = {each["header"]: each["guess"] for each in look["headers"]}
    answer = client.post(
        "/api/people/import",
        {
            "file": SimpleUploadedFile("teams.csv", content),
            "options": json.dumps({"columns": options}),
        },
    )
    result = done(client, answer.json()["work"])
    assert (result["state"], result["created"], result["failed"]) == ("done", 35, 0)
    # 35 agents and 6 managers, as the file says.
    assert Person.objects.filter(active=False).count() == 41
    anna = Person.objects.get(name="Anna Snelling")
    assert anna.superior is not None and anna.superior.name == "Dustin Brinkmann"
    assert anna.department is not None and anna.department.name == "Central"
    assert anna.username == "anna_snelling"
