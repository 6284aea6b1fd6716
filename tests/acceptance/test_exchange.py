"""Imports and exports with a real worker: encodings, repairs, modes, a killed worker."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from tests.acceptance.client import Answer, finished, until
from tests.acceptance.conftest import App, Designing, People, unique
from tests.acceptance.definitions import everything, form, role
from tests.support.stack import Stack


@pytest.fixture(scope="module")
def shop(designed: Designing) -> App:
    return designed(
        form(
            "product",
            {
                "name": {"type": "text", "label": "Name", "required": True, "unique": True},
                "price": {"type": "money", "label": "Price"},
            },
            title="{{name}}",
        ),
        form(
            "deal",
            {
                "no": {"type": "text", "label": "No", "unique": True},
                "product": {"type": "link", "label": "Product", "form": "product"},
                "stage": {
                    "type": "choice",
                    "label": "Stage",
                    "options": [
                        {"value": "won", "label": {"zh-Hans": "赢单", "en": "Won"}},
                        {"value": "lost", "label": {"zh-Hans": "输单", "en": "Lost"}},
                    ],
                },
                "amount": {"type": "number", "label": "Amount", "scale": 2, "min": 0},
                "day": {"type": "date", "label": "Day"},
                "agent": {"type": "person", "label": "Agent"},
                "note": {"type": "text", "label": "Note"},
                "touched": {"type": "text", "label": "Touched"},
            },
        ),
        {
            "kind": "rule",
            "key": "touch",
            "format": 1,
            "label": "Touch",
            "form": "deal",
            "on": {"event": "created"},
            "do": [{"action": "set", "values": {"touched": "'yes'"}}],
        },
    )


@pytest.fixture
def product(shop: App) -> Any:
    return shop.create("product", name=unique("GTX Pro"))


def send(shop: App, content: bytes, form: str = "deal", **options: Any) -> Answer:
    return shop.admin.upload(
        f"{shop.records(form)}/import",
        {"options": json.dumps(options)},
        name="data.csv",
        file=content,
    )


def count(shop: App, filter: str, form: str = "deal") -> int:
    return int(shop.admin.get(shop.records(form), filter=filter, count="true")["count"]["value"])


def test_match_values_and_labels(shop: App, product: Any) -> None:
    mark = unique("m")
    rows = (
        "No,Product,Stage,Amount,Day,Agent\n"
        f'{mark}-1,{product["name"]},Won,"1,234.50",2017-03-01,admin\n'
        f"{mark}-2,typo,赢单,,,\n"
        f"{mark}-3,,lost,3,,\n"
    )
    work = finished(
        shop.admin,
        send(
            shop,
            rows.encode(),
            columns={
                "No": "no",
                "Product": "product",
                "Stage": "stage",
                "Amount": "amount",
                "Day": "day",
                "Agent": "agent",
            },
            match={"product": "name", "agent": "username"},
            values={"product": {"typo": product["name"]}},
        ),
    )
    assert (work["state"], work["created"], work["problems"]) == ("done", 3, [])
    one = shop.admin.get(shop.records("deal"), filter=f"no = '{mark}-1'")["records"][0]
    assert one["product"]["id"] == product["id"] and one["stage"] == "won"
    assert float(one["amount"]) == 1234.5 and one["day"] == "2017-03-01"
    assert one["agent"]["username"] == "admin"
    two = shop.admin.get(shop.records("deal"), filter=f"no = '{mark}-2'")["records"][0]
    assert two["product"]["id"] == product["id"] and two["stage"] == "won"
    assert one["touched"] is None, "rules are off unless switched on"
    through = shop.admin.get(f"{shop.records('deal')}/{one['id']}/history")["history"][0]["through"]
    assert through["kind"] == "import"


def test_rules_can_be_switched_on(shop: App) -> None:
    mark = unique("r")
    finished(shop.admin, send(shop, f"No\n{mark}\n".encode(), columns={"No": "no"}, run_rules=True))
    until(lambda: count(shop, f"no = '{mark}' and touched = 'yes'") == 1, "the rule")


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8-sig", "utf-16", "utf-8"])
def test_encodings_with_a_broken_row(shop: App, encoding: str) -> None:
    mark = unique("e")
    text = f"编号,金额,备注\n{mark}-1,1,华东精工\n{mark}-2,abc,上海\n{mark}-3,3,北京\n"
    work = finished(
        shop.admin,
        send(
            shop,
            text.encode(encoding),
            columns={"编号": "no", "金额": "amount", "备注": "note"},
        ),
    )
    assert work["state"] == "done" and work["created"] == 2
    (problem,) = work["problems"]
    assert problem["count"] == 1 and problem["rows"] == [3] and problem["field"] == "amount"
    found = shop.admin.get(shop.records("deal"), filter=f"no = '{mark}-1'")["records"][0]
    assert found["note"] == "华东精工"
    file = shop.admin.call("GET", work["error_file"])
    assert file.status == 200
    assert f"{mark}-2".encode() in file.content and f"{mark}-1".encode() not in file.content


def test_bytes_that_are_broken(shop: App) -> None:
    mark = unique("b")
    content = (
        f"编号,备注\n{mark}-1,好\n".encode("gbk")
        + f"{mark}-2,".encode()
        + b"\xff\xff\x81\n"
        + f"{mark}-3,好\n".encode("gbk")
    )
    answer = send(shop, content, columns={"编号": "no", "备注": "note"})
    if answer.status == 202:
        work = finished(shop.admin, answer)
        assert work["created"] >= 2 and work["state"] == "done"
        assert work["problems"] or work["created"] == 3
    else:
        assert answer.status in (400, 422)


def test_dry_run_writes_nothing(shop: App) -> None:
    mark = unique("d")
    work = finished(
        shop.admin,
        send(
            shop,
            f"No,Amount\n{mark},1\n{mark}x,-1\n".encode(),
            columns={"No": "no", "Amount": "amount"},
            dry_run=True,
        ),
    )
    assert work["state"] == "done" and len(work["problems"]) == 1
    assert count(shop, f"no = '{mark}'") == 0


def test_modes(shop: App) -> None:
    mark = unique("k")
    columns = {"No": "no", "Note": "note"}

    def run(mode: str, *rows: str) -> Any:
        content = "No,Note\n" + "\n".join(rows) + "\n"
        return finished(
            shop.admin, send(shop, content.encode(), columns=columns, mode=mode, key="no")
        )

    assert run("create", f"{mark}-1,a")["created"] == 1
    again = run("create", f"{mark}-1,b")
    assert again["created"] == 0 and again["problems"]
    skipped = run("skip", f"{mark}-1,c", f"{mark}-2,c")
    assert skipped["created"] == 1 and skipped["problems"] == []
    updated = run("update", f"{mark}-1,d", f"{mark}-9,d")
    assert updated["updated"] == 1 and updated["created"] == 0
    both = run("upsert", f"{mark}-1,e", f"{mark}-3,e")
    assert (both["created"], both["updated"]) == (1, 1)
    notes = shop.admin.get(shop.records("deal"), filter=f"STARTSWITH(no, '{mark}')", sort="no")
    assert [each["note"] for each in notes["records"]] == ["e", "c", "e"]


@pytest.mark.parametrize(
    "options",
    [
        "not json",
        "[]",
        '{"columns": {"No": "nothing"}}',
        '{"columns": {"Nowhere": "no"}}',
        '{"columns": {"No": "id"}}',
        '{"columns": {"No": "created_by"}}',
        '{"columns": []}',
        '{"columns": {"No": "no"}, "mode": "dance"}',
        '{"columns": {"No": "no"}, "mode": "update"}',
        '{"columns": {"No": "no"}, "mode": "update", "key": "nothing"}',
        '{"columns": {"No": "no"}, "match": {"product": "nothing"}}',
        '{"columns": {"No": "no"}, "surprise": 1}',
        '{"columns": {"No": "no"}, "dry_run": "maybe"}',
        '{"columns": {"No": "no", "Stage": "stage"}, "values": {"stage": {"x": "nothing"}}}',
    ],
)
def test_options_that_do_not_fit(shop: App, options: str) -> None:
    answer = shop.admin.upload(
        f"{shop.records('deal')}/import", {"options": options}, file=b"No,Stage\n1,x\n"
    )
    if answer.status == 202:
        work = finished(shop.admin, answer)
        assert work["problems"] or work["state"] == "failed"
        assert work["created"] == 0
    else:
        assert answer.status in (400, 422), answer.content
        assert answer.json["problems"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"No\n", b"\x00\x01\x02", b"PK\x03\x04 not a workbook", b'No\n"unclosed'],
)
def test_files_that_are_none(shop: App, content: bytes) -> None:
    answer = send(shop, content, columns={"No": "no"})
    if answer.status == 202:
        assert finished(shop.admin, answer)["state"] in ("done", "failed")
    else:
        assert answer.status in (400, 413, 415, 422) and answer.json["problems"]


def test_inspection(shop: App) -> None:
    sent = shop.admin.upload(
        f"{shop.records('deal')}/import/inspect", {}, file="No;Stage\n1;Won\n2;Won\n".encode("gbk")
    )
    assert sent.status == 200, sent.content
    found = sent.json
    assert found["separator"] == ";" and found["total"] == 2
    assert [each["header"] for each in found["headers"]] == ["No", "Stage"]
    assert [each["guess"] for each in found["headers"]] == ["no", "stage"]
    work = finished(
        shop.admin,
        shop.admin.call(
            "POST",
            f"{shop.records('deal')}/import",
            {"file": found["file"], "columns": {"Stage": "stage"}},
        ),
    )
    assert work["created"] == 2


def test_people_are_made_with_their_superior(shop: App, people: People) -> None:
    boss, agent, mark = unique("Boss"), unique("Agent"), unique("p")
    answer = send(
        shop,
        f"No,Agent\n{mark},{agent}\n".encode(),
        columns={"No": "no", "Agent": "agent"},
        match={"agent": "name"},
        create_people=True,
    )
    assert finished(shop.admin, answer)["created"] == 1
    made = shop.admin.get("/api/people", search=agent)["people"][0]
    assert made["active"] is False and made["name"] == agent
    sent = shop.admin.upload(
        "/api/people/import",
        {
            "options": json.dumps(
                {"columns": {"agent": "name", "manager": "superior"}, "create_people": True}
            )
        },
        file=f"agent,manager\n{agent}2,{boss}\n".encode(),
    )
    assert finished(shop.admin, sent)["state"] == "done"
    second = shop.admin.get("/api/people", search=f"{agent}2")["people"][0]
    assert second["superior"]["name"] == boss


def test_a_killed_worker_goes_on_without_duplicates(shop: App, stack: Stack) -> None:
    mark, total = unique("kill"), 6000
    rows = "".join(f"{mark}-{n:05},{n}\n" for n in range(total))
    answer = send(shop, f"No,Amount\n{rows}".encode(), columns={"No": "no", "Amount": "amount"})
    work = answer.json["work"]
    until(lambda: 0 < shop.admin.get(f"/api/work/{work}")["done"] < total or None, "the first rows")
    stack.kill("worker")
    found = finished(shop.admin, answer)
    assert (found["state"], found["created"], found["problems"]) == ("done", total, [])
    assert count(shop, f"STARTSWITH(no, '{mark}')") == total
    stack.wait_until_healthy()


@pytest.mark.parametrize("part", ["mode", "dry_run"])
def test_parts_of_the_form_that_are_not_known_are_refused(shop: App, part: str) -> None:
    answer = shop.admin.upload(f"{shop.records('deal')}/import", {part: "x"}, file=b"No\n1\n")
    assert (answer.status, answer.paths, answer.codes) == (422, [f"/{part}"], ["no_such_property"])
    beside = shop.admin.call(
        "POST", f"{shop.records('deal')}/import", {"options": {"columns": {"No": "no"}}, part: "x"}
    )
    assert (beside.status, beside.paths) == (422, [f"/{part}"])


def test_cancelling(shop: App) -> None:
    mark, total = unique("stop"), 20_000
    rows = "".join(f"{mark}-{n}\n" for n in range(total))
    answer = send(shop, f"No\n{rows}".encode(), columns={"No": "no"})
    work = answer.json["work"]
    assert shop.admin.call("POST", f"/api/work/{work}/cancel", {}).status == 200
    found = finished(shop.admin, answer)
    assert found["state"] == "cancelled"
    assert count(shop, f"STARTSWITH(no, '{mark}')") == found["created"] < total


def test_an_import_sent_twice_with_one_key(shop: App) -> None:
    mark, key = unique("twice"), unique("key")
    boundary = "the-same-boundary"
    options = json.dumps({"columns": {"No": "no"}})
    content = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="options"\r\n\r\n{options}\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        f"No\n{mark}\n\r\n--{boundary}--\r\n"
    ).encode()
    works = [
        shop.admin.call(
            "POST",
            f"{shop.records('deal')}/import",
            content=content,
            kind=f"multipart/form-data; boundary={boundary}",
            Idempotency_Key=key,
        )
        for _ in range(2)
    ]
    assert [each.status for each in works] == [202, 202]
    assert works[0].json == works[1].json
    finished(shop.admin, works[0])
    assert count(shop, f"no = '{mark}'") == 1


def test_work_belongs_to_its_person(shop: App, people: People) -> None:
    _, other = people.add("nosy")
    answer = send(shop, b"No\n", columns={"No": "no"})
    if answer.status == 202:
        work = answer.json["work"]
        assert other.call("GET", f"/api/work/{work}").status == 404
        assert other.call("POST", f"/api/work/{work}/cancel", {}).status == 404


def test_imports_obey_field_rights(designed: Designing, people: People) -> None:
    person, client = people.add("importer")
    app = designed(
        form("t", {"a": {"type": "text", "label": "A"}, "b": {"type": "text", "label": "B"}}),
        role("r", {**everything("t"), "fields": {"*": "edit", "b": "see"}}),
    )
    app.members("r", person)
    answer = client.upload(
        f"{app.records('t')}/import",
        {"options": json.dumps({"columns": {"A": "a", "B": "b"}})},
        file=b"A,B\n1,2\n",
    )
    if answer.status == 202:
        work = finished(client, answer)
        assert work["created"] == 0 and work["problems"]
    else:
        assert answer.status in (403, 422)


def test_exports(shop: App) -> None:
    mark = unique("x")
    for note in ("=1+1", "+1", "-1", "@x", 'plain, "quoted"'):
        shop.create("deal", no=f"{mark}{note[0]}", note=note, stage="won")
    query = {"format": "csv", "filter": f"STARTSWITH(no, '{mark}')", "sort": "no"}
    answer = shop.admin.call("GET", f"{shop.records('deal')}/export", query=query)
    assert answer.status == 200 and "csv" in answer.headers["content-type"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 5 and {row["Stage"] for row in rows} == {"Won"}
    for row in rows:
        assert row["Note"][0] not in "=+-@", row["Note"]
    workbook = shop.admin.call(
        "GET", f"{shop.records('deal')}/export", query={**query, "format": "xlsx"}
    )
    assert workbook.status == 200 and workbook.content.startswith(b"PK")
    for wrong in ({"format": "pdf"}, {"view": "nothing"}, {"filter": "no ="}, {"surprise": "1"}):
        answer = shop.admin.call("GET", f"{shop.records('deal')}/export", query=wrong)
        assert answer.status in (400, 422), wrong
    again = finished(
        shop.admin,
        send(
            shop,
            shop.admin.call("GET", f"{shop.records('deal')}/export", query=query).content,
            columns={"No": "no", "Note": "note"},
            mode="update",
            key="no",
        ),
    )
    assert again["problems"] == []
    notes = shop.admin.get(shop.records("deal"), filter=f"STARTSWITH(no, '{mark}')")["records"]
    assert {each["note"] for each in notes} == {"=1+1", "+1", "-1", "@x", 'plain, "quoted"'}
