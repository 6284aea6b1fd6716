"""An application from a spreadsheet: proposed, begun, published and filled by the real work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps_runtime import works
from apps_runtime.models import Application, StoredFile, Work
from builder import publish
from builder.models import Draft
from builder.tables import first_import
from tests.apps_runtime.people import make as persons
from tests.builder import make

pytestmark = pytest.mark.django_db(transaction=True)
PROPOSE = f"{make.ROOT}/propose"
ENGLISH = {"Accept-Language": "en"}
CUSTOMERS = (
    "客户名称,联系电话,状态,合同金额（元）,赢率,签约日期,负责人,编号\n"
    "华东精工,13800138000,跟进中,￥ 1,30%,2024/1/5,管理员甲,007\n"
    '北方重机,13900139000,已成交,"￥ 1,234.50",100%,2024年2月15日,管理员甲,012\n'
    "南海电子,13700137000,跟进中,-,5.5%,2024.12.31,,120\n"
)


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def root() -> Client:
    return persons.signed_in(persons.administrator())


def proposed(client: Client, content: bytes | str, name: str = "客户资料.csv", **more: str) -> Any:
    data = content.encode() if isinstance(content, str) else content
    answer = client.post(PROPOSE, {"file": SimpleUploadedFile(name, data), **more})
    assert answer.status_code == 200, answer.content
    return answer.json()


def refused(client: Client, content: bytes | str, name: str = "x.csv", **more: str) -> list[str]:
    data = content.encode() if isinstance(content, str) else content
    answer = client.post(PROPOSE, {"file": SimpleUploadedFile(name, data), **more}, headers=ENGLISH)
    assert answer.status_code == 422, answer.content
    problems = answer.json()["problems"]
    assert all(each["message"] != each["code"] for each in problems)
    return [each["code"] for each in problems]


def table_of(found: Any, **changes: Any) -> dict[str, Any]:
    """What the screen sends when nothing was changed."""
    columns = []
    for each in found["columns"]:
        fit = next(one for one in each["types"] if one["type"] == each["type"])
        columns.append(
            {
                **{name: each[name] for name in ("header", "label", "key", "type")},
                "options": fit["options"],
                "blank": fit["blank"],
            }
        )
    return {
        **{name: found[name] for name in ("file", "sheet", "form")},
        "columns": columns,
        **changes,
    }


def begun(client: Client, found: Any, **changes: Any) -> Any:
    answer = client.post(
        make.ROOT,
        {"label": found["label"], "table": table_of(found, **changes)},
        content_type=make.JSON,
    )
    assert answer.status_code == 201, answer.content
    return answer.json()


def workbook(path: Path, fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    with xlsxwriter.Workbook(str(path)) as book:
        fill(book)
    return path.read_bytes()


def test_a_gbk_file_becomes_an_application_with_its_records(root: Client) -> None:
    found = proposed(root, CUSTOMERS.encode("gbk"))
    assert (found["label"], found["form"], found["total"]) == (
        "客户资料",
        {"label": "客户资料", "key": "ke_hu_zi_liao"},
        3,
    )
    assert {each["key"]: (each["label"], each["type"]) for each in found["columns"]} == {
        "ke_hu_ming_cheng": ("客户名称", "text"),
        "lian_xi_dian_hua": ("联系电话", "phone"),
        "zhuang_tai": ("状态", "choice"),
        "he_tong_jin_e": ("合同金额", "money"),
        "ying_lv": ("赢率", "number"),
        "qian_yue_ri_qi": ("签约日期", "date"),
        "fu_ze_ren": ("负责人", "text"),
        "bian_hao": ("编号", "text"),
    }
    made = begun(root, found)
    assert made["release"] is None
    state = root.get(f"/api/work/{made['work']}").json()
    assert (state["state"], state["total"]) == ("queued", None)
    works.run_all()
    state = root.get(f"/api/work/{made['work']}").json()
    assert (state["state"], state["created"], state["problems"]) == ("done", 3, [])
    app = root.get(f"/api/apps/{made['key']}").json()
    assert [each["key"] for each in app["forms"]] == [made["form"]]
    rows = root.get(f"/api/apps/{made['key']}/records/{made['form']}?sort=id").json()["records"]
    keys = {each["header"]: each["key"] for each in found["columns"]}
    assert [row[keys["编号"]] for row in rows] == ["007", "012", "120"]
    assert [row[keys["合同金额（元）"]] for row in rows] == ["1", "1234.5", None]
    assert [row[keys["赢率"]] for row in rows] == ["30", "100", "5.5"]
    assert [row[keys["签约日期"]] for row in rows] == ["2024-01-05", "2024-02-15", "2024-12-31"]
    # The file now belongs to the application: nothing else can be made from it.
    again = root.post(PROPOSE, {"file": found["file"]}, content_type=make.JSON)
    assert again.status_code == 404


def test_known_people_are_recognised_and_chosen_columns_alone_come_in(root: Client) -> None:
    persons.person("wangfang", name="王芳")
    content = "项目,负责人,备注\n一期,王芳,a\n二期,王芳,b\n三期,wangfang,c\n"
    found = proposed(root, content, "项目台账 (1).csv")
    assert found["label"] == "项目台账"
    assert [each["type"] for each in found["columns"]] == ["text", "person", "text"]
    chosen = table_of(found)["columns"][:2]
    made = begun(root, found, columns=chosen)
    works.run_all()
    answer = root.get(f"/api/apps/{made['key']}/records/{made['form']}").json()
    assert {row["fu_ze_ren"]["name"] for row in answer["records"]} == {"王芳"}
    form = root.get(f"/api/apps/{made['key']}/forms/{made['form']}").json()
    assert [each["key"] for each in form["fields"]] == ["xiang_mu", "fu_ze_ren"]


def test_a_sheet_is_chosen_and_a_title_above_the_headers_is_passed_over(
    root: Client, tmp_path: Path
) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("说明")
        orders = book.add_worksheet("订单")
        orders.merge_range(0, 0, 0, 2, "2026 年订单一览")
        orders.write_row(1, 0, ["订单号", "数量", "占比"])
        orders.write_row(2, 0, ["A-1", 3, 0.1 + 0.2])
        orders.write_row(3, 0, ["A-2", 4, 1 / 3])
        goods = book.add_worksheet("商品")
        goods.write_row(0, 0, ["名称", "名称"])
        hidden = book.add_worksheet("草稿")
        hidden.hide()

    content = workbook(tmp_path / "b.xlsx", fill)
    found = proposed(root, content, "台账.xlsx")
    assert (found["sheets"], found["sheet"]) == (["说明", "订单", "商品"], "订单")
    assert (found["label"], found["form"]["label"]) == ("台账", "订单")
    assert [each["type"] for each in found["columns"]] == ["text", "number", "number"]
    assert found["columns"][2]["samples"] == ["0.3", "0.333333333333"]
    made = begun(root, found)
    works.run_all()
    assert root.get(f"/api/work/{made['work']}").json()["created"] == 2
    assert refused(root, content, "台账.xlsx", sheet="商品") == ["header_twice"]
    assert refused(root, content, "台账.xlsx", sheet="说明") == ["no_headers"]
    assert refused(root, content, "台账.xlsx", sheet="没有") == ["no_such_sheet"]
    assert refused(root, content, "台账.xlsx", sheet="草稿") == ["no_such_sheet"]
    # The import screen reads the sheet that is chosen there.
    at = f"/api/apps/{made['key']}/records/{made['form']}/import"
    upload = {"file": SimpleUploadedFile("台账.xlsx", content), "sheet": "订单"}
    look = root.post(f"{at}/inspect", upload).json()
    assert (look["sheets"], look["sheet"], look["total"]) == (["说明", "订单", "商品"], "订单", 2)
    options = {"file": look["file"], "sheet": "订单", "columns": {"订单号": "ding_dan_hao"}}
    work = root.post(at, options, content_type=make.JSON).json()["work"]
    works.run_all()
    assert root.get(f"/api/work/{work}").json()["created"] == 2


def test_rows_that_do_not_fit_are_in_the_result_and_its_file(root: Client) -> None:
    rows = "".join(f"客户{index},{index}\n" for index in range(1, 41))
    found = proposed(root, f"名称,数量\n{rows}甲,约十个\n乙,N/A\n")
    number = next(each for each in found["columns"][1]["types"] if each["type"] == "number")
    assert found["columns"][1]["type"] == "number"
    assert (number["misfits"], number["examples"], number["blank"]) == (1, ["约十个"], ["N/A"])
    made = begun(root, found)
    works.run_all()
    state = root.get(f"/api/work/{made['work']}").json()
    assert (state["state"], state["created"], state["failed"]) == ("done", 41, 1)
    assert [each["value"] for each in state["problems"]] == ["约十个"]
    file = root.get(state["error_file"])
    assert "约十个" in b"".join(file.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("content", "name", "codes"),
    [
        (b"", "x.csv", ["file_empty"]),
        ("\n\n , \n", "x.csv", ["no_headers"]),
        ("12.5,2024-01-05,甲\n3,2024-01-06,乙\n", "x.csv", ["headers_are_data"]),
        ("a,b,a\n1,2,3\n", "x.csv", ["header_twice"]),
        (",".join(f"c{index}" for index in range(301)), "x.csv", ["too_many_columns"]),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "x.pdf", ["not_a_table"]),
        (b"PK\x03\x04broken", "x.xlsx", ["not_a_table"]),
        (b"\xff\x81\xfe\xa0\xff,\x81\x30\x20\n1,2\n", "x.csv", ["headers_unreadable"]),
    ],
)
def test_what_is_no_table_is_said_in_words(
    root: Client, content: bytes | str, name: str, codes: list[str]
) -> None:
    assert refused(root, content, name) == codes
    assert not Application.objects.exists()


def test_what_will_not_come_in_is_said_beforehand(root: Client) -> None:
    found = proposed(root, "名称,,金额\n甲,x,1\n乙,,2\n丙,3\n")
    said = [(each["code"], each["params"]) for each in found["problems"]]
    assert said == [
        ("column_without_name", {"column": "B", "count": 1}),
        ("row_cells", {"count": 1, "row": 4}),
    ]
    assert [each["header"] for each in found["columns"]] == ["名称", "金额"]


def test_nothing_is_left_of_an_application_that_is_refused(root: Client) -> None:
    found = proposed(root, CUSTOMERS)
    columns = table_of(found)["columns"]
    wrong = [
        ({"columns": []}, "/table/columns", "no_columns_chosen"),
        ({"columns": [{**columns[0], "key": "1"}]}, "/table/columns/0/key", "not_a_key"),
        ({"columns": [columns[0], columns[0]]}, "/table/columns/1/key", "field_mapped_twice"),
        ({"columns": [{**columns[0], "type": "x"}]}, "/table/columns/0/type", "not_a_column_type"),
        ({"columns": [{**columns[0], "header": "?"}]}, "/options/columns", "unknown_header"),
        ({"columns": [{**columns[0], "options": {"x": 1}}]}, None, None),
        ({"form": {"label": ""}}, "/table/form/label", "value_required"),
        ({"sheet": "订单"}, "/sheet", "no_such_sheet"),
        ({"file": "x"}, "/file", "import_file_missing"),
        ({"more": 1}, "/table/more", "no_such_property"),
    ]  # fmt: skip
    for change, path, code in wrong:
        body = {"label": "客户", "table": table_of(found, **change)}
        answer = root.post(make.ROOT, body, content_type=make.JSON)
        assert answer.status_code == 422, (change, answer.content)
        if path:
            assert [(each["path"], each["code"]) for each in answer.json()["problems"]] == [
                (path, code)
            ]
    assert not Application.objects.exists()
    assert not Draft.objects.exists()
    assert not Work.objects.exists()
    # The file is still there for the next try.
    assert begun(root, found)["key"] == "ke_hu_zi_liao"


def test_only_who_may_create_applications_and_only_with_own_files(root: Client) -> None:
    found = proposed(root, CUSTOMERS)
    plain = persons.signed_in(persons.person("li", name="李"))
    file = SimpleUploadedFile("x.csv", b"a\n1\n")
    assert plain.post(PROPOSE, {"file": file}).status_code == 403
    other = persons.signed_in(
        persons.person("d", name="设计", system_roles=["application_designer"])
    )
    body = {"label": "客户", "table": table_of(found)}
    assert other.post(make.ROOT, body, content_type=make.JSON).status_code == 404
    seen = other.post(PROPOSE, {"file": found["file"]}, content_type=make.JSON)
    assert seen.status_code == 404
    assert StoredFile.objects.get().app == ""


def test_a_worker_killed_between_publishing_and_importing_goes_on(
    root: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = begun(root, proposed(root, CUSTOMERS))
    calls = []

    def killed(work: Work) -> None:
        calls.append(work.pk)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(first_import.import_records, "run", killed)
        with pytest.raises(KeyboardInterrupt):
            works.run_all()
    assert len(calls) == 1
    Work.objects.update(lease_until=None)  # the lease of the dead worker runs out
    works.run_all()
    state = root.get(f"/api/work/{made['work']}").json()
    assert (state["state"], state["created"]) == ("done", 3)
    assert root.get(f"{make.ROOT}/{made['key']}").json()["release"] == 1


def test_a_draft_published_by_hand_meanwhile_is_filled_all_the_same(root: Client) -> None:
    made = begun(root, proposed(root, CUSTOMERS))
    publish.publish(made["key"], person=Work.objects.get().person_id)
    works.run_all()
    assert root.get(f"/api/work/{made['work']}").json()["created"] == 3


def test_a_draft_thrown_away_meanwhile_ends_the_work(root: Client) -> None:
    made = begun(root, proposed(root, CUSTOMERS))
    assert root.delete(f"{make.ROOT}/{made['key']}").status_code == 204
    works.run_all()
    assert root.get(f"/api/work/{made['work']}").json()["state"] == "failed"


def test_the_same_request_twice_makes_one_application(root: Client) -> None:
    found = proposed(root, CUSTOMERS)
    body = {"label": "客户", "table": table_of(found)}
    headers = {"Idempotency-Key": "once"}
    answers = [
        root.post(make.ROOT, body, content_type=make.JSON, headers=headers).json()["key"]
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert Application.objects.count() == 1
    assert Work.objects.count() == 1
