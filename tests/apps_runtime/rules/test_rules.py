"""Rules through the API: before saving, after events, by the clock; loops stop visibly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.test import Client

from apps_runtime import dispatch, records
from apps_runtime.caller import Caller
from apps_runtime.models import Event, Person, RuleRun, Timer
from tests.apps_runtime.deals import ACCOUNT, APP, JSON, ROLE, create, read

Sign = Callable[[str], Client]
Install = Callable[..., None]


def rule(key: str, on: dict[str, Any], do: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "kind": "rule",
        "key": key,
        "format": 1,
        "label": key,
        "form": "deal",
        "on": on,
        "do": do,
        **more,
    }


def test_a_rule_before_saving_sets_and_refuses(installed: Install, client_of: Sign) -> None:
    installed(
        rule(
            "fill",
            {"event": "created"},
            [{"action": "set", "values": {"note": "'from ' + name"}}],
            phase="before",
        ),
        rule(
            "stop",
            {"event": "created"},
            [
                {
                    "action": "refuse",
                    "text": {"zh-Hans": "太大", "en": "Too large"},
                    "field": "amount",
                }
            ],
            phase="before",
            when="amount > 1000000",
        ),
    )
    anna = client_of("anna")
    assert create(anna, name="A", amount="10")["note"] == "from A"
    answer = anna.post(
        f"/api/apps/{APP}/records/deal",
        {"name": "B", "amount": "1000001"},
        content_type="application/json",
    )
    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert (problem["path"], problem["message"]) == ("/amount", "Too large")


def test_an_event_is_handled_once(installed: Install, client_of: Sign) -> None:
    installed(
        rule(
            "follow",
            {"event": "created"},
            [
                {"action": "create_record", "form": "account", "values": {"name": "name"}},
                {
                    "action": "notify",
                    "to": [{"type": "field", "field": "owner"}],
                    "text": "{{name}}",
                },
            ],
            when="amount > 5",
        )
    )
    anna = client_of("anna")
    create(anna, name="Ten", amount="10")
    create(anna, name="One", amount="1")
    dispatch.drain()
    dispatch.drain()
    accounts = anna.get(f"/api/apps/{APP}/records/account").json()["records"]
    assert [each["name"] for each in accounts] == ["Ten"]
    bell = anna.get("/api/notifications").json()["notifications"]
    assert [each["text"] for each in bell] == ["Ten"]
    runs = {run.met for run in RuleRun.objects.filter(rule="follow")}
    assert runs == {True, False}
    met = RuleRun.objects.get(rule="follow", met=False)
    assert met.explanation == [{"clause": "amount > 5", "met": False, "values": {"amount": "1"}}]
    history = anna.get(f"/api/apps/{APP}/records/account/{accounts[0]['id']}/history").json()
    assert history["history"][0]["through"]["kind"] == "rule"


def test_assignment_goes_round(
    installed: Install, client_of: Sign, people: dict[str, Person]
) -> None:
    installed(
        rule(
            "share",
            {"event": "created"},
            [
                {
                    "action": "assign",
                    "field": "owner",
                    "method": "round_robin",
                    "among": [
                        {"type": "person", "person": "anna"},
                        {"type": "person", "person": "ben"},
                    ],
                }
            ],
        )
    )
    boss = client_of("boss")
    made = [create(boss, name=f"D{number}") for number in range(4)]
    dispatch.drain()
    owners = [read(boss, each["id"])["owner"]["username"] for each in made]
    assert owners == ["anna", "ben", "anna", "ben"]


def test_a_rule_that_triggers_itself_stops_visibly(installed: Install, client_of: Sign) -> None:
    installed(
        rule(
            "loop",
            {"event": "updated"},
            [{"action": "set", "values": {"amount": "amount + 1"}}],
        )
    )
    anna = client_of("anna")
    made = create(anna, name="Loop", amount="0")
    answer = anna.patch(
        f"/api/apps/{APP}/records/deal/{made['id']}",
        {"version": made["version"], "amount": "100"},
        content_type="application/json",
    )
    assert answer.status_code == 200
    dispatch.drain()
    assert read(anna, made["id"])["amount"] == "116"
    stopped = RuleRun.objects.get(rule="loop", error="cascade_too_deep")
    assert stopped.depth == 16
    assert RuleRun.objects.filter(rule="loop", error="").count() == 16


def test_a_failing_rule_does_not_hold_up_the_others(installed: Install, client_of: Sign) -> None:
    installed(
        rule(
            "broken",
            {"event": "created"},
            [{"action": "create_record", "form": "account", "values": {"name": "''"}}],
        ),
        rule(
            "good",
            {"event": "created"},
            [{"action": "set", "values": {"note": "'seen'"}}],
        ),
    )
    anna = client_of("anna")
    made = create(anna, name="A")
    dispatch.drain()
    assert read(anna, made["id"])["note"] == "seen"
    assert "/name required" in RuleRun.objects.get(rule="broken").error
    assert not Event.objects.filter(state="pending").exists()


def test_a_reached_date_fires_once(installed: Install, client_of: Sign) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    installed(
        rule(
            "remind",
            {"event": "reached", "field": "due", "offset": "0d", "at": "00:00"},
            [{"action": "set", "values": {"note": "'due'"}}],
        )
    )
    anna = client_of("anna")
    today = datetime.now(zone).date()
    now = create(anna, name="Now", due=today.isoformat())
    later = create(anna, name="Later", due=(today + timedelta(days=3)).isoformat())
    dispatch.drain()
    timer = Timer.objects.get(kind="rule", rule="remind")
    # As if the workers had been away since yesterday.
    Timer.objects.filter(pk=timer.pk).update(
        due_at=datetime.now(UTC) - timedelta(seconds=1),
        payload={"since": (datetime.now(UTC) - timedelta(days=1)).isoformat()},
    )
    dispatch.drain()
    assert read(anna, now["id"])["note"] == "due"
    assert read(anna, later["id"])["note"] is None
    assert RuleRun.objects.filter(rule="remind").count() == 1
    assert Timer.objects.get(kind="rule", rule="remind").due_at > datetime.now(UTC)


def test_a_date_written_after_its_hour_fires_once_and_soon(
    installed: Install, client_of: Sign
) -> None:
    installed(
        rule(
            "remind",
            {"event": "reached", "field": "due", "offset": "0d", "at": "00:00"},
            [{"action": "set", "values": {"note": "CONCAT(note, '!')"}}],
        )
    )
    anna = client_of("anna")
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    early = create(anna, name="There before the rule is looked at", due=today.isoformat())
    past = create(anna, name="Past", due=(today - timedelta(days=1)).isoformat())

    def tick() -> None:
        dispatch.drain()
        Timer.objects.filter(kind="rule").update(due_at=datetime.now(UTC) - timedelta(seconds=1))
        dispatch.drain()

    tick()
    assert read(anna, early["id"])["note"] == "!"
    late = create(anna, name="Late", due=today.isoformat())
    tick()
    assert read(anna, late["id"])["note"] == "!"
    anna.patch(
        f"/api/apps/deals/records/deal/{late['id']}",
        {"version": read(anna, late["id"])["version"], "name": "Later"},
        content_type="application/json",
    )
    tick()
    assert [read(anna, each["id"])["note"] for each in (early, late, past)] == ["!", "!", None]


def test_a_poisoned_event_is_set_apart(installed: Install, client_of: Sign) -> None:
    installed(rule("good", {"event": "created"}, [{"action": "set", "values": {"note": "'seen'"}}]))
    anna = client_of("anna")
    first = create(anna, name="First")
    second = create(anna, name="Second")
    with connection.cursor() as cursor:
        # An event whose stored changes cannot be read.
        cursor.execute(
            "UPDATE mortise_event SET changes = '[1]' WHERE record = %s AND form = 'deal'",
            [first["id"]],
        )
    dispatch.drain()
    assert read(anna, second["id"])["note"] == "seen"
    poisoned = Event.objects.get(record=first["id"], form="deal", kind="created")
    assert poisoned.state == "pending"
    assert poisoned.attempts == 1
    assert poisoned.error


def test_a_rule_before_saving_reads_through_links_and_names_people(
    installed: Install, client_of: Sign
) -> None:
    installed(
        rule(
            "closed",
            {"event": "created"},
            [{"action": "refuse", "text": "{{owner}}: {{account}}", "field": "account"}],
            phase="before",
            when="account.name = 'Closed'",
        )
    )
    anna = client_of("anna")
    made = anna.post(
        f"/api/apps/{APP}/records/account", {"name": "Closed"}, content_type="application/json"
    ).json()
    answer = anna.post(
        f"/api/apps/{APP}/records/deal",
        {"name": "A", "account": made["id"]},
        content_type="application/json",
    )
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["message"] == "张三: Closed"
    assert create(anna, name="B")["account"] is None


def test_a_refusal_tells_nothing_that_roles_hide(installed: Install, client_of: Sign) -> None:
    """The rule reads the discount, the account's code and the note: hidden, hidden and masked."""
    grants = [
        {**ROLE["grants"][0], "fields": {"discount": "hide"}, "mask": {"note": "middle"}},
        {**ROLE["grants"][1], "fields": {"*": "edit", "code": "hide"}},
    ]
    text = "{{name}}: {{discount}} / {{account.code}} / {{account.name}} / {{note}}"
    installed(
        {**ROLE, "grants": grants},
        {**ACCOUNT, "fields": {**ACCOUNT["fields"], "code": {"type": "text", "label": "编码"}}},
        rule(
            "seal",
            {"event": "updated"},
            [{"action": "refuse", "text": text}],
            phase="before",
            when="old.discount > 5",
        ),
    )
    anna = client_of("anna")
    everything = Caller.application(APP)
    account = records.create(everything, "account", {"name": "Acme", "code": "SECRET-7"})
    made = records.create(
        everything,
        "deal",
        {
            "name": "A",
            "account": account["id"],
            "discount": "7.5",
            "note": "abcdef",
            "owner": "anna",
        },
    )
    at = f"/api/apps/{APP}/records/deal/{made['id']}"

    def said(**values: Any) -> str:
        answer = anna.patch(at, {"version": made["version"], **values}, content_type=JSON)
        assert answer.status_code == 422, answer.content
        return str(answer.json()["problems"][0]["message"])

    assert said(name="B") == "B: — / — / Acme / ab****ef"
    other = records.create(everything, "account", {"name": "Other", "code": "SECRET-8"})
    assert said(account=other["id"]) == "A: — / — / Other / ab****ef"
    batch = anna.post(
        f"/api/apps/{APP}/records/deal/batch",
        {"update": [{"id": made["id"], "version": made["version"], "name": "B"}]},
        content_type=JSON,
    )
    assert batch.json()["problems"][0]["message"] == "B: — / — / Acme / ab****ef"
