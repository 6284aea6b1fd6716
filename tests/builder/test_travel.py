"""Applications as zip files: out, in, and what is refused."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from builder import travel
from builder.models import Draft
from tests.apps_runtime.people import make as persons
from tests.builder import make

pytestmark = pytest.mark.django_db
IMPORT = f"{make.ROOT}/import"
APPLICATION = {"kind": "application", "key": "web", "format": 1, "label": "网站"}


@pytest.fixture
def root() -> Client:
    return persons.signed_in(persons.administrator())


def zipped(files: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            raw = content if isinstance(content, bytes | str) else json.dumps(content)
            file.writestr(name, raw)
    return buffer.getvalue()


def send(client: Client, content: bytes, **more: str) -> Any:
    return client.post(IMPORT, {"file": SimpleUploadedFile("a.zip", content), **more})


def application(**more: Any) -> dict[str, Any]:
    return {"application.json": APPLICATION, "forms/deal.json": make.form(), **more}


def test_a_file_becomes_a_draft(root: Client) -> None:
    answer = send(root, zipped(application()))
    assert answer.status_code == 201, answer.content
    assert answer.json()["application"] == "web"
    assert answer.json()["exists"] is False
    assert {each["change"] for each in answer.json()["changes"]} == {"added"}
    found = root.get(f"{make.ROOT}/web").json()
    assert found["release"] is None
    assert {(each["kind"], each["key"]) for each in found["definitions"]} == {
        ("application", "web"),
        ("form", "deal"),
        ("role", "administrator"),
    }
    assert [each["username"] for each in found["administrators"]] == ["root"]


def test_a_dry_run_shows_the_difference_and_does_nothing(root: Client) -> None:
    answer = send(root, zipped(application()), dry_run="true")
    assert answer.status_code == 200
    assert answer.json()["changes"]
    assert not Draft.objects.exists()
    send(root, zipped(application()))
    changed = zipped(application(**{"forms/deal.json": make.form(label="商机")}))
    answer = send(root, changed, dry_run="true")
    assert answer.json()["exists"] is True
    paths = {(each["kind"], each["path"], each["change"]) for each in answer.json()["changes"]}
    # The role that every application has was not in the file.
    assert paths == {("form", "/label", "changed"), ("role", "", "removed")}
    assert root.get(f"{make.ROOT}/web/definitions/form/deal").json()["label"] == "Deal"


def test_out_and_in_again_gives_the_same_bytes(root: Client) -> None:
    app = make.application(root)
    body = make.form(label={"zh-Hans": "商机", "en": "Deal"})
    body["fields"]["rate"] = {"type": "number", "label": "率", "scale": 2, "max": 99.5}
    make.saved(root, app, body)
    first = root.get(f"{make.ROOT}/{app}/export")
    assert first["Content-Type"] == "application/zip"
    assert first["Content-Disposition"] == f'attachment; filename="{app}.zip"'
    assert root.delete(f"{make.ROOT}/{app}").status_code == 204
    assert send(root, first.content).status_code == 201
    second = root.get(f"{make.ROOT}/{app}/export")
    assert second.content == first.content
    with zipfile.ZipFile(io.BytesIO(first.content)) as file:
        assert file.namelist() == sorted(file.namelist())
        text = file.read("forms/deal.json").decode()
    assert list(json.loads(text)["fields"]) == ["name", "amount", "rate"]
    assert '"max": 99.5' in text


def test_a_file_can_be_taken_over_into_another_application(root: Client) -> None:
    app = make.application(root, key="mine")
    answer = send(root, zipped(application()), app=app)
    assert (answer.status_code, answer.json()["application"]) == (200, "mine")
    found = root.get(f"{make.ROOT}/mine").json()
    assert found["label"] == "网站"
    assert ("form", "deal") in [(each["kind"], each["key"]) for each in found["definitions"]]
    assert root.get(f"{make.ROOT}/web").status_code == 404
    assert persons.codes(send(root, zipped(application()), app="no key")) == {"/app": "not_a_key"}


def test_a_release_can_be_exported(root: Client) -> None:
    app = make.application(root)
    assert root.get(f"{make.ROOT}/{app}/export", {"release": "1"}).status_code == 404
    assert root.get(f"{make.ROOT}/{app}/export", {"release": "x"}).status_code == 400


def test_a_packed_folder_is_understood_and_extras_are_named(root: Client) -> None:
    files = {f"web/{name}": body for name, body in application().items()}
    answer = send(root, zipped({**files, "web/README.md": "x", "__MACOSX/web/._x": "x"}))
    assert answer.status_code == 201, answer.content
    warned = {each["path"]: each["severity"] for each in answer.json()["problems"]}
    assert warned == {"/README.md": "warning", "/__MACOSX/web/._x": "warning"}


@pytest.mark.parametrize(
    ("files", "path", "code"),
    [
        ({"forms/deal.json": make.form()}, "/application.json", "file_missing"),
        (application(**{"forms/x.json": "{"}), "/forms/x.json", "not_json"),
        (application(**{"forms/x.json": b"\xff\xfe"}), "/forms/x.json", "not_json"),
        (application(**{"spells/x.json": {}}), "/spells/x.json", "file_not_expected"),
        (application(**{"forms/x.py": "x"}), "/forms/x.py", "file_not_expected"),
        (
            application(**{"forms/other.json": make.form()}),
            "/forms/other.json/key",
            "file_named_otherwise",
        ),
        (
            application(**{"forms/deal.json": make.form(surprise=1)}),
            "/forms/deal.json/surprise",
            "unknown_property",
        ),
        (application(**{"flows/deal.json": make.form()}), "/flows/deal.json/kind", "kind_differs"),
        (application(**{"../evil.json": {}}), "", "zip_path"),
        (application(**{"/etc/passwd": "x"}), "", "zip_path"),
        (application(**{"forms/../../x.json": "x"}), "", "zip_path"),
        (application(**{"forms\\x.json": "x"}), "", "zip_path"),
    ],
)
def test_what_is_refused(root: Client, files: dict[str, Any], path: str, code: str) -> None:
    answer = send(root, zipped(files))
    assert answer.status_code in (400, 422), answer.content
    assert persons.codes(answer).get(path) == code, answer.content
    assert not Draft.objects.exists()


def test_bombs_are_not_unpacked(root: Client) -> None:
    bomb = zipped(application(**{"forms/big.json": b" " * (travel.MAX_FILE + 1)}))
    assert len(bomb) < 100_000
    assert persons.codes(send(root, bomb)) == {"/forms/big.json": "zip_too_large"}
    quiet = zipped(application(**{"forms/big.json": b"0" * 1_500_000}))
    assert persons.codes(send(root, quiet)) == {"/forms/big.json": "zip_too_large"}
    many = zipped({f"forms/f{number}.json": "{}" for number in range(travel.MAX_FILES + 1)})
    assert persons.codes(send(root, many)) == {"": "zip_too_many_files"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"not a zip", b"\x00" * 100])
def test_what_is_no_zip(root: Client, content: bytes) -> None:
    answer = send(root, content)
    assert answer.status_code in (400, 422)
    assert list(persons.codes(answer).values()) == ["not_a_zip"]


def test_a_file_is_needed(root: Client) -> None:
    assert root.post(IMPORT, {}).status_code == 400
    assert root.post(IMPORT, {}, content_type=make.JSON).status_code == 415
    assert send(root, zipped(application()), dry_run="maybe").status_code == 400


def test_a_zip_may_be_the_body_itself(root: Client) -> None:
    content = zipped(application())
    tried = root.post(f"{IMPORT}?dry_run=true", content, content_type="application/zip")
    assert (tried.status_code, tried.json()["exists"]) == (200, False)
    answer = root.post(f"{IMPORT}?app=mine", content, content_type="application/octet-stream")
    assert (answer.status_code, answer.json()["application"]) == (201, "mine")
    assert (
        root.post(f"{IMPORT}?nothing=1", content, content_type="application/zip").status_code == 400
    )


def test_importing_brings_back_what_was_thrown_away(root: Client) -> None:
    send(root, zipped(application()))
    assert make.publish(root, "web").status_code == 200
    package = root.get(f"{make.ROOT}/web/export").content
    assert root.delete(f"{make.ROOT}/web").status_code == 204
    again = root.post(make.ROOT, {"label": "x", "key": "web"}, content_type=make.JSON)
    assert (again.status_code, persons.codes(again)) == (409, {"": "key_of_archived"})
    designer = persons.signed_in(persons.person("drew", system_roles=["application_designer"]))
    assert send(designer, package).status_code == 403
    assert root.get("/api/apps/web").status_code == 404
    assert send(root, package).status_code == 200
    assert root.get("/api/apps/web").json()["release"] == 1
    assert root.get(f"{make.ROOT}/web").status_code == 200


def test_who_may_bring_an_application(root: Client) -> None:
    send(root, zipped(application()))
    nobody = persons.signed_in(persons.person("nobody"))
    assert send(nobody, zipped(application())).status_code == 403
    assert send(Client(), zipped(application())).status_code == 401
