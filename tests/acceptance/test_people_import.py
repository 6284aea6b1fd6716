"""People from a file: who is known, who is new, and what a dry run says of both."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.acceptance.client import Answer, Client, finished
from tests.acceptance.conftest import unique

AT = "/api/people/import"


def send(admin: Client, text: str, **options: Any) -> Answer:
    fields = {"options": json.dumps(options)} if options else {}
    return admin.upload(AT, fields, name="people.csv", file=text.encode())


def sent(admin: Client, text: str, **options: Any) -> Any:
    return finished(admin, send(admin, text, **options))


def person(admin: Client, name: str) -> Any:
    found = admin.get("/api/people", search=name)["people"]
    return next((each for each in found if each["name"] == name), None)


@pytest.fixture
def known(admin: Client) -> str:
    name = unique("known")
    assert sent(admin, f"name\n{name}\n")["created"] == 1
    return name


@pytest.mark.parametrize(
    ("mode", "created", "updated", "skipped", "failed", "mail"),
    [
        ("create", 2, 0, 0, 1, ""),
        ("skip", 2, 0, 1, 0, ""),
        ("update", 0, 1, 0, 2, "new@example.com"),
        ("upsert", 2, 1, 0, 0, "new@example.com"),
    ],
)
def test_modes(
    admin: Client,
    known: str,
    mode: str,
    created: int,
    updated: int,
    skipped: int,
    failed: int,
    mail: str,
) -> None:
    boss = unique("boss")
    text = (
        f"name,email,superior\n{known},new@example.com,\n"
        f"{boss}-1,,{'' if mode == 'update' else boss}\n{boss},,\n"
    )
    for dry in (True, False):
        work = sent(admin, text, mode=mode, dry_run=dry)
        counts = [work[each] for each in ("created", "updated", "skipped", "failed")]
        assert counts == [created, updated, skipped, failed], (dry, work)
        if dry:
            assert person(admin, known)["email"] == "" and person(admin, boss) is None
    assert person(admin, known)["email"] == mail
    if created:
        assert person(admin, f"{boss}-1")["superior"]["name"] == boss


def test_a_dry_run_checks_what_the_import_checks(admin: Client) -> None:
    name = unique("dry")
    text = f"name,email,superior\n{name}-1,not a mail,\n{name}-2,,{name}-2\n{name}-3,,\n"
    dry, real = (sent(admin, text, dry_run=each) for each in (True, False))
    assert (dry["created"], dry["failed"]) == (real["created"], real["failed"]) == (1, 2)
    assert dry["problems"] == real["problems"]
    found = {each["code"]: each for each in real["problems"]}
    assert (
        found["email_expected"] | {"field": "email", "header": "email", "rows": [2]}
        == (found["email_expected"])
    )
    assert found["superior_is_self"]["value"] == f"{name}-2"


def test_recognised_by_the_key(admin: Client, known: str) -> None:
    mail = f"{known}@example.com"
    sent(admin, f"name,email\n{known},{mail}\n")
    work = sent(admin, f"name,email\nRenamed {known},{mail}\n", mode="update", key="email")
    assert (work["updated"], work["failed"]) == (1, 0)
    assert person(admin, known) is None and person(admin, f"Renamed {known}")["email"] == mail


def test_superiors_by_mail_and_only_those_who_are_there(admin: Client, known: str) -> None:
    mail = f"{known}@example.com"
    sent(admin, f"name,email\n{known},{mail}\n")
    text = f"name,superior\n{known}-1,{mail}\n{known}-2,nobody@example.com\n"
    work = sent(admin, text, match={"superior": "email"})
    assert (work["created"], work["failed"]) == (1, 1)
    assert person(admin, f"{known}-1")["superior"]["name"] == known
    closed = sent(admin, f"name,superior\n{known}-3,{known} the First\n", create_people=False)
    assert [each["code"] for each in closed["problems"]] == ["person_not_found"]


@pytest.mark.parametrize(
    ("options", "path", "code"),
    [
        ({"run_rules": True}, "/options/run_rules", "people_have_no_rules"),
        ({"key": "department"}, "/options/key", "people_key"),
        ({"match": {"department": "key"}}, "/options/match/department", "people_match"),
        ({"match": {"superior": "phone"}}, "/options/match/superior", "unknown_import_field"),
        ({"mode": "replace"}, "/options/mode", "bad_import_option"),
        ({"key": "email"}, "/options/key", "import_key_missing"),
    ],
)
def test_what_people_cannot_be_told(admin: Client, options: Any, path: str, code: str) -> None:
    answer = send(admin, "name,department\nx,y\n", **options)
    assert (answer.status, answer.paths, answer.codes) == (422, [path], [code])


def test_the_same_request_is_done_once(admin: Client) -> None:
    name = unique("once")
    file = finished(admin, send(admin, f"name\n{name}\n", dry_run=True))
    assert file["created"] == 1
    sheet = admin.upload(f"{AT}/inspect", {}, file=f"name\n{name}\n".encode()).json["file"]
    first, second = (
        admin.call("POST", AT, {"file": sheet, "mode": "create"}, Idempotency_Key=name)
        for _ in range(2)
    )
    assert first.json == second.json
    assert finished(admin, first)["created"] == 1
