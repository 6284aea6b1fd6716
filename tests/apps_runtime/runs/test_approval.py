"""One-step approval through the API: who is asked, what a decision does, what comes too late."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.test import Client

from apps_runtime import records
from apps_runtime.caller import Caller
from apps_runtime.models import FlowRun, Person
from apps_runtime.people.role_members import add_role_member
from tests.apps_runtime.deals import APP, APPROVAL, create, decide, inbox, read
from tests.apps_runtime.statements import counted

Sign = Callable[[str], Client]
Install = Callable[..., None]


def test_the_superior_finds_the_deal_when_the_answer_returns(
    installed: Install, client_of: Sign
) -> None:
    installed(APPROVAL)
    made = create(client_of("anna"), name="Large", amount="6000")
    assert made["flow_state"]["state"] == "waiting"
    assert [each["name"] for each in made["flow_state"]["waiting_for"]] == ["王芳"]
    (assignment,) = inbox(client_of("boss"))
    assert assignment["record"] == {"id": made["id"], "label": "Large"}
    assert assignment["node"]["label"] == "Superior"
    assert assignment["summary"][0] == {"label": "金额", "value": "¥ 6,000.00"}
    answer = decide(client_of("boss"), assignment, "agree", opinion="Fine")
    assert answer.status_code == 200, answer.content
    assert answer.json()["run"]["state"] == "done"
    after = read(client_of("anna"), made["id"])
    assert after["state"] == "approved"
    assert after["flow_state"] is None
    assert inbox(client_of("boss")) == []
    assert [each["decision"] for each in inbox(client_of("boss"), "done")] == ["agree"]
    assert inbox(client_of("anna"), "started")[0]["outcome"] == "agreed"


def test_who_started_it_is_told_how_it_ended_unless_he_ended_it_himself(
    installed: Install, client_of: Sign, people: dict[str, Person]
) -> None:
    installed(APPROVAL)
    add_role_member(APP, "administrator", "person", str(people["boss"].pk))
    anna, boss = client_of("anna"), client_of("boss")
    for name in ("Yes", "No", "Gone", "Mine"):
        create(anna, name=name, amount="6000")
    asked = {each["record"]["label"]: each for each in inbox(boss)}
    assert decide(boss, asked["Yes"], "agree", opinion="Fine").status_code == 200
    assert decide(boss, asked["No"], "refuse", opinion="Too cheap {x}").status_code == 200
    assert boss.post(f"/api/runs/{asked['Gone']['run']}/cancel").status_code == 200
    assert anna.post(f"/api/runs/{asked['Mine']['run']}/withdraw").status_code == 200
    bell = anna.get("/api/notifications").json()["notifications"]
    assert [each["text"] for each in bell] == [
        "王芳 ended Approval: Gone",
        "Approval was refused: No · 王芳: Too cheap {x}",
        "Approval was approved: Yes",
    ]
    assert bell[1]["link"] == f"/apps/{APP}/deal/{asked['No']['record']['id']}"


def test_a_small_deal_asks_nobody(installed: Install, client_of: Sign) -> None:
    installed(APPROVAL)
    made = create(client_of("anna"), name="Small", amount="5000")
    assert made["flow_state"] is None
    assert inbox(client_of("boss")) == []


def test_refusing_takes_the_other_way(installed: Install, client_of: Sign) -> None:
    installed(APPROVAL)
    made = create(client_of("anna"), name="Large", amount="6000")
    (assignment,) = inbox(client_of("boss"))
    assert decide(client_of("boss"), assignment, "refuse", opinion="Too cheap").status_code == 200
    assert read(client_of("anna"), made["id"])["state"] == "refused"
    run = client_of("anna").get(f"/api/runs/{assignment['run']}").json()
    assert run["outcome"] == "refused"
    assert [line["opinion"] for line in run["log"] if line["opinion"]] == ["Too cheap"]
    assert {node["key"]: node["state"] for node in run["nodes"]}["superior"] == "passed"


def test_the_approver_writes_only_the_fields_of_the_node(
    installed: Install, client_of: Sign
) -> None:
    installed(APPROVAL)
    made = create(client_of("anna"), name="Large", amount="6000")
    (assignment,) = inbox(client_of("boss"))
    wrong = decide(client_of("boss"), assignment, "agree", values={"amount": "1"})
    assert wrong.status_code == 422
    assert [each["path"] for each in wrong.json()["problems"]] == ["/values/amount"]
    assert inbox(client_of("boss"))[0]["version"] == assignment["version"]
    right = decide(client_of("boss"), assignment, "agree", values={"discount": "7.5"})
    assert right.status_code == 200, right.content
    after = read(client_of("anna"), made["id"])
    assert (after["amount"], after["discount"]) == ("6000", "7.5")


def test_an_open_run_locks_the_record(installed: Install, client_of: Sign) -> None:
    installed(APPROVAL)
    anna = client_of("anna")
    made = create(anna, name="Large", amount="6000")
    answer = anna.patch(
        f"/api/apps/deals/records/deal/{made['id']}",
        {"version": made["version"], "amount": "1"},
        content_type="application/json",
    )
    assert answer.status_code == 409
    assert answer.json()["problems"][0]["code"] == "record_locked"


def test_a_run_goes_back_where_nothing_else_was_named(installed: Install, client_of: Sign) -> None:
    installed(APPROVAL)
    made = create(client_of("anna"), name="Large", amount="6000")
    (assignment,) = inbox(client_of("boss"))
    assert decide(client_of("boss"), assignment, "return").status_code == 200
    (mine,) = inbox(client_of("anna"))
    changed = client_of("anna").patch(
        f"/api/apps/deals/records/deal/{made['id']}",
        {"version": read(client_of("anna"), made["id"])["version"], "amount": "7000"},
        content_type="application/json",
    )
    assert changed.status_code == 200, changed.content
    assert decide(client_of("anna"), mine, "agree").status_code == 200
    assert len(inbox(client_of("boss"))) == 1


def test_a_stale_or_withdrawn_assignment_says_so(installed: Install, client_of: Sign) -> None:
    installed(APPROVAL)
    create(client_of("anna"), name="Large", amount="6000")
    (assignment,) = inbox(client_of("boss"))
    stale = decide(client_of("boss"), assignment, "agree", version=assignment["version"] + 1)
    assert (stale.status_code, stale.json()["problems"][0]["code"]) == (409, "assignment_changed")
    client_of("anna").post(f"/api/runs/{assignment['run']}/withdraw")
    gone = decide(client_of("boss"), assignment, "agree")
    assert (gone.status_code, gone.json()["problems"][0]["code"]) == (409, "assignment_closed")


def test_somebody_elses_assignment_does_not_exist(installed: Install, client_of: Sign) -> None:
    installed(APPROVAL)
    create(client_of("anna"), name="Large", amount="6000")
    (assignment,) = inbox(client_of("boss"))
    assert decide(client_of("ben"), assignment, "agree").status_code == 404


def test_two_decisions_at_once_one_wins(installed: Install, client_of: Sign) -> None:
    installed(APPROVAL)
    made = create(client_of("anna"), name="Large", amount="6000")
    (assignment,) = inbox(client_of("boss"))
    answers: list[Any] = []
    gate = threading.Barrier(2)

    def answer(decision: str) -> None:
        client = client_of("boss")
        gate.wait()
        try:
            answers.append(decide(client, assignment, decision))
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=(each,)) for each in ("agree", "refuse")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.status_code for each in answers) == [200, 409]
    late = next(each for each in answers if each.status_code == 409)
    assert late.json()["problems"][0]["code"] == "assignment_decided"
    assert late.json()["problems"][0]["params"]["person"] == "王芳"
    assert FlowRun.objects.get().state == "done"
    assert read(client_of("anna"), made["id"])["state"] in ("approved", "refused")


def test_return_and_resubmit_walks_again(installed: Install, client_of: Sign) -> None:
    installed(APPROVAL)
    made = create(client_of("anna"), name="Large", amount="6000")
    (assignment,) = inbox(client_of("boss"))
    back = decide(client_of("boss"), assignment, "return", to="start", opinion="Add a note")
    assert back.status_code == 200, back.content
    (mine,) = inbox(client_of("anna"))
    assert mine["kind"] == "handle"
    again = decide(client_of("anna"), mine, "agree", values={"note": "Added"})
    assert again.status_code == 200, again.content
    (second,) = inbox(client_of("boss"))
    assert second["id"] != assignment["id"]
    assert decide(client_of("boss"), second, "agree").status_code == 200
    assert read(client_of("anna"), made["id"])["state"] == "approved"


def test_transfer_moves_the_assignment(
    installed: Install, client_of: Sign, people: dict[str, Person]
) -> None:
    installed(APPROVAL)
    create(client_of("anna"), name="Large", amount="6000")
    (assignment,) = inbox(client_of("boss"))
    moved = decide(client_of("boss"), assignment, "transfer", to=people["ben"].pk)
    assert moved.status_code == 200, moved.content
    assert inbox(client_of("boss")) == []
    (bens,) = inbox(client_of("ben"))
    assert decide(client_of("ben"), bens, "agree").json()["run"]["state"] == "done"


def test_the_starter_withdraws_and_urges(installed: Install, client_of: Sign) -> None:
    installed(APPROVAL)
    anna = client_of("anna")
    create(anna, name="Large", amount="6000")
    (assignment,) = inbox(client_of("boss"))
    run = assignment["run"]
    assert client_of("ben").post(f"/api/runs/{run}/withdraw").status_code == 404
    assert anna.post(f"/api/runs/{run}/urge").status_code == 200
    assert anna.post(f"/api/runs/{run}/urge").status_code == 409
    assert anna.post(f"/api/runs/{run}/withdraw").status_code == 200
    assert inbox(client_of("boss")) == []
    late = decide(client_of("boss"), assignment, "agree")
    assert late.status_code == 409


def test_a_batch_answers_each_for_itself(installed: Install, client_of: Sign) -> None:
    installed(APPROVAL)
    for number in range(3):
        create(client_of("anna"), name=f"Deal {number}", amount="6000")
    boss = client_of("boss")
    ids = [each["id"] for each in inbox(boss)]
    answer = boss.post(
        "/api/assignments/batch",
        {"decision": "agree", "ids": [*ids, 999_999]},
        content_type="application/json",
    )
    assert answer.status_code == 200
    results = answer.json()["results"]
    assert [each["ok"] for each in results] == [True, True, True, False]
    assert inbox(boss) == []


def test_notifications_lead_to_the_page_of_the_assignment(
    installed: Install, client_of: Sign
) -> None:
    installed(APPROVAL)
    create(client_of("anna"), name="Large", amount="6000")
    (assignment,) = inbox(client_of("boss"))
    bell = client_of("boss").get("/api/notifications").json()
    assert bell["unread"] == 1
    assert bell["notifications"][0]["text"] == "For you to decide: Approval · Large"
    assert bell["notifications"][0]["link"] == f"/approve/{assignment['id']}"


def _act(values: dict[str, str]) -> dict[str, Any]:
    return {"type": "act", "do": [{"action": "create_record", "form": "deal", "values": values}]}


def test_a_first_step_that_cannot_be_done_blocks_the_run_not_the_record(
    installed: Install, client_of: Sign
) -> None:
    installed(
        {
            **APPROVAL,
            "nodes": {
                "start": {"type": "start"},
                "make": _act({"name": "LEFT(name, 0)"}),
                "end": {"type": "end"},
            },
            "edges": [{"from": "start", "to": "make"}, {"from": "make", "to": "end"}],
        }
    )
    made = create(client_of("anna"), name="Large", amount="6000")
    run = FlowRun.objects.get()
    shown = client_of("anna").get(f"/api/runs/{run.pk}").json()
    assert shown["state"] == "blocked"
    assert shown["blocked"]["code"] == "step_failed"
    assert "name" in shown["blocked"]["message"]
    assert read(client_of("anna"), made["id"])["flow_state"]["state"] == "blocked"
    boss = Person.objects.get(username="boss")
    add_role_member("deals", "administrator", "person", str(boss.pk))
    again = client_of("boss").post(f"/api/runs/{run.pk}/retry")
    assert (again.status_code, again.json()["state"]) == (200, "blocked")
    assert client_of("boss").post(f"/api/runs/{run.pk}/cancel").status_code == 200
    assert read(client_of("anna"), made["id"])["flow_state"] is None


def test_a_step_after_a_decision_that_cannot_be_done_says_that_it_is_a_step(
    installed: Install, client_of: Sign
) -> None:
    installed({**APPROVAL, "nodes": {**APPROVAL["nodes"], "yes": _act({"name": "LEFT(name, 0)"})}})
    create(client_of("anna"), name="Large", amount="6000")
    (assignment,) = inbox(client_of("boss"))
    answer = decide(client_of("boss"), assignment, "agree")
    assert answer.status_code == 422
    problems = answer.json()["problems"]
    assert [(each["path"], each["code"]) for each in problems] == [
        ("", "flow_step_failed"),
        ("/flow/name", "required"),
    ]
    assert len(inbox(client_of("boss"))) == 1
    assert decide(client_of("boss"), assignment, "refuse").status_code == 200


def test_an_ended_run_is_not_urged_and_a_deadline_is_handed_over(
    installed: Install, client_of: Sign
) -> None:
    superior = {**APPROVAL["nodes"]["superior"], "deadline": {"after": "8h"}}
    installed({**APPROVAL, "nodes": {**APPROVAL["nodes"], "superior": superior}})
    create(client_of("anna"), name="Large", amount="6000")
    (assignment,) = inbox(client_of("boss"))
    assert decide(client_of("boss"), assignment, "transfer", to=["ben"]).status_code == 200
    (handed,) = inbox(client_of("ben"))
    assert handed["due"] == assignment["due"] is not None
    (started,) = client_of("anna").get("/api/assignments?box=started").json()["assignments"]
    assert started["node"]["key"] == "superior"
    assert started["due"] == assignment["due"]
    assert decide(client_of("ben"), handed, "agree").status_code == 200
    late = client_of("anna").post(f"/api/runs/{assignment['run']}/urge")
    assert (late.status_code, late.json()["problems"][0]["code"]) == (409, "run_ended")


def test_a_full_inbox_is_read_set_wise(installed: Install, client_of: Sign) -> None:
    installed(APPROVAL)
    anna, boss = client_of("anna"), client_of("boss")
    create(anna, name="Deal 0", amount="6000")
    inbox(boss)
    with counted() as one:
        inbox(boss)
    for number in range(1, 6):
        create(anna, name=f"Deal {number}", amount=str(6000 + number))
    with counted() as six:
        found = inbox(boss)
    assert len(six) == len(one)
    facts = {each["record"]["label"]: each["summary"][0]["value"] for each in found}
    assert facts == {f"Deal {number}": f"¥ 6,00{number}.00" for number in range(6)}


def rival(key: str, event: str, *fields: str) -> dict[str, Any]:
    """A flow beside the approval, that may start at the same events."""
    return {
        **APPROVAL,
        "key": key,
        "label": {"zh-Hans": "复核", "en": "Second look"},
        "start": {"event": event, "fields": list(fields)},
    }


def told(client: Client, run: int) -> list[str]:
    """What the run's log says of flows that it kept from starting."""
    lines = client.get(f"/api/runs/{run}").json()["log"]
    return [line["message"] for line in lines if line["event"] == "not_started"]


def test_a_flow_that_an_open_run_keeps_from_starting_is_told_of_in_its_log(
    installed: Install, client_of: Sign
) -> None:
    installed(APPROVAL, rival("second", "created"), rival("watch", "updated", "discount"))
    made = create(client_of("anna"), name="Large", amount="6000")
    (assignment,) = inbox(client_of("boss"))
    sentence = "The flow “Second look” was not started: this run of the record was still going on"
    assert told(client_of("anna"), assignment["run"]) == [sentence]
    values = {"discount": "7.5"}
    assert decide(client_of("boss"), assignment, "agree", values=values).status_code == 200
    assert told(client_of("anna"), assignment["run"]) == [sentence, sentence]
    assert read(client_of("anna"), made["id"])["state"] == "approved"
    assert FlowRun.objects.count() == 1


def test_a_run_advanced_by_somebody_else_gets_its_line_without_being_waited_for(
    installed: Install, client_of: Sign
) -> None:
    installed(APPROVAL, rival("watch", "updated"))
    made = create(client_of("anna"), name="Large", amount="6000")
    (run,) = FlowRun.objects.all()
    held, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            FlowRun.objects.select_for_update().get(pk=run.pk)
            held.set()
            go_on.wait(10)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    held.wait(10)
    with transaction.atomic():
        records.set_values(Caller.application(APP), "deal", made["id"], {"note": "x"})
        assert told(client_of("anna"), run.pk) == []
        go_on.set()
    other.join()
    assert len(told(client_of("anna"), run.pk)) == 1
