"""Applications over HTTP: the catalogue, making, throwing away, travelling as a zip."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from tests.acceptance import definitions
from tests.acceptance.builder.designs import ROOT, at, text
from tests.acceptance.conftest import App, Designing, unique
from tests.acceptance.definitions import form


def test_the_catalogue_is_complete(crm: App) -> None:
    found = crm.admin.get("/api/builder/catalogue")
    expected = {
        "field_types": {
            "text",
            "long_text",
            "number",
            "money",
            "date",
            "moment",
            "choice",
            "choices",
            "check",
            "person",
            "department",
            "phone",
            "email",
            "link",
            "lookup",
            "serial",
            "formula",
        },
        "nodes": {"start", "approve", "exclusive", "act", "wait", "end"},
        "actions": {"set", "assign", "create_record", "notify", "refuse", "start_flow"},
        "triggers": {"created", "updated", "deleted", "becomes_true", "schedule", "reached"},
        "charts": {"bar", "number", "table", "funnel"},
        "measures": {"count", "sum"},
        "assignees": {"role", "department", "field", "manager"},
    }
    for family, keys in expected.items():
        kinds = {each["key"]: each for each in found[family]}
        assert keys <= set(kinds), family
        for kind in kinds.values():
            assert kind["label"], kind["key"]
            assert kind["options_schema"]["type"] == "object", kind["key"]
            assert kind["options_schema"]["additionalProperties"] is False, kind["key"]


def test_an_application_is_made_and_thrown_away(crm: App) -> None:
    key = unique("made")
    made = crm.admin.call("POST", ROOT, {"key": key, "label": "Made"})
    assert made.status == 201 and made.json["key"] == key and made.json["release"] is None
    assert crm.admin.call("POST", ROOT, {"key": key, "label": "Again"}).status in (409, 422)
    assert key in [each["key"] for each in crm.admin.get(ROOT)["applications"]]
    assert crm.admin.get(f"{ROOT}/{key}")["definitions"]
    assert crm.admin.call("DELETE", f"{ROOT}/{key}").status == 204
    assert crm.admin.call("GET", f"{ROOT}/{key}").status == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"label": ""},
        {"label": 5},
        {"label": "x", "key": "Not A Key"},
        {"label": "x", "key": "a__b"},
        {"label": "x", "key": "a" * 41},
        {"label": "x", "surprise": 1},
        {"label": {"fr": "x"}},
        [],
    ],
)
def test_applications_of_another_shape(crm: App, body: Any) -> None:
    answer = crm.admin.call("POST", ROOT, body)
    assert answer.status in (400, 422) and answer.json["problems"]


def test_a_chinese_label_makes_a_key(crm: App) -> None:
    made = crm.admin.post(ROOT, {"label": "合同管理"})
    assert made["key"].startswith("he")
    crm.admin.call("DELETE", f"{ROOT}/{made['key']}")


def test_zip_there_and_back(crm: App, designed: Designing) -> None:
    exported = crm.admin.call("GET", f"{crm.design}/export")
    assert exported.status == 200
    archive = zipfile.ZipFile(io.BytesIO(exported.content))
    names = [name.split("/", 1)[-1] for name in archive.namelist()]
    assert any(name.endswith("opportunity.json") for name in archive.namelist()), names
    bodies = [
        json.loads(archive.read(each)) for each in archive.namelist() if each.endswith(".json")
    ]
    kept = next(each for each in bodies if each.get("key") == "opportunity")
    assert kept == definitions.OPPORTUNITY
    key = unique("copy")
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as out:
        for name in archive.namelist():
            content = archive.read(name).decode().replace(crm.key, key)
            out.writestr(name.replace(crm.key, key), content)
    tried = crm.admin.upload(
        f"{ROOT}/import",
        {"dry_run": "true"},
        name="a.zip",
        file=written.getvalue(),
        type="application/zip",
    )
    assert tried.status == 200 and tried.json["changes"], tried.content[:500]
    assert crm.admin.call("GET", f"{ROOT}/{key}").status == 404
    done = crm.admin.upload(
        f"{ROOT}/import", {}, name="a.zip", file=written.getvalue(), type="application/zip"
    )
    assert done.status in (200, 201) and done.json["application"] == key
    copied = App(key, crm.admin)
    assert copied.admin.get(at(copied, "form", "opportunity")) == definitions.OPPORTUNITY
    assert copied.publish()["release"] == 1


def test_zips_that_are_none(crm: App) -> None:
    def zipped(**files: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return out.getvalue()

    bomb = zipped(**{"application.json": "0" * 200_000_000})
    for content in (
        b"",
        b"not a zip",
        zipped(),
        zipped(**{"forms/x.json": "{}"}),
        zipped(**{"../../etc/passwd": "x", "application.json": "{}"}),
        zipped(**{"application.json": "[1"}),
        zipped(**{"application.json": json.dumps({"kind": "surprise"})}),
        bomb,
    ):
        answer = crm.admin.upload(
            f"{ROOT}/import", {}, name="a.zip", file=content, type="application/zip"
        )
        assert answer.status in (400, 413, 422), (content[:20], answer.status)
        assert answer.json["problems"]
    assert crm.admin.upload(f"{ROOT}/import", {}).status in (400, 422)


def test_a_part_that_the_import_does_not_know_is_refused(crm: App) -> None:
    packed = crm.admin.call("GET", f"{crm.design}/export").content
    at = "/api/builder/applications/import"
    answer = crm.admin.upload(at, {"key": "other"}, name="crm.zip", file=packed)
    assert (answer.status, answer.paths, answer.codes) == (422, ["/key"], ["no_such_property"])


def test_labels_with_markup_are_only_text(designed: Designing) -> None:
    evil = "</script><img src=x onerror=alert(1)>\u202e"
    app = designed(form("thing", {"name": text(evil)}) | {"label": evil})
    page = app.admin.call("GET", f"/apps/{app.key}/thing", Accept="text/html")
    assert page.status == 200 and "<img src=x" not in page.text
    assert app.admin.get(f"{app.at}/forms/thing")["fields"][0]["label"] == evil
