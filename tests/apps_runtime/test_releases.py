"""Installing: tables come and change, nothing is lost unseen, and of two publishers one wins."""

import copy
import threading
from typing import Any

import pytest
from django.db import connection, connections

from apps_runtime import people, records, releases
from apps_runtime.caller import Caller
from apps_runtime.models import Application, FollowUp, Release, RoleMember
from apps_runtime.refusals import Refused
from apps_runtime.releases import installing
from engines.problems import Problems
from tests.apps_runtime.conftest import Staff
from tests.apps_runtime.sales import APP, CUSTOMER, OPPORTUNITY, definitions

pytestmark = pytest.mark.django_db(transaction=True)


def columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = 'app_crm' AND table_name = %s",
            (table,),
        )
        return {name for (name,) in cursor.fetchall()}


def customer_with(**fields: Any) -> dict[str, Any]:
    """The customer form with fields added, changed, or (None) taken away."""
    body = copy.deepcopy(CUSTOMER)
    for key, field in fields.items():
        if field is None:
            del body["fields"][key]
        else:
            body["fields"][key] = field
    return body


def create(form: str, body: dict[str, Any]) -> dict[str, Any]:
    return records.create(Caller.application(APP), form, body)


def read(form: str, record: int) -> dict[str, Any]:
    import orjson

    found: dict[str, Any] = orjson.loads(records.read_one(Caller.application(APP), form, record))
    return found


def test_the_first_release_makes_tables_indexes_and_an_administrator(staff: Staff) -> None:
    release = releases.install(definitions(), app_key=APP, person=staff.admin, note="first")
    assert (release.number, release.note) == (1, "first")
    assert {"id", "version", "grams", "name", "industry", "owner"} <= columns("customer")
    assert "entered_at" in columns("_stay")
    assert Application.objects.get(key=APP).release_id == release.pk
    assert RoleMember.objects.filter(
        app=APP, role="administrator", member=str(staff.admin.pk)
    ).exists()
    assert not FollowUp.objects.exclude(state="done").exists()
    assert releases.plan(APP).forms["opportunity"].key == "opportunity"


def test_nothing_to_publish_and_a_stale_base_are_409(staff: Staff) -> None:
    releases.install(definitions(), app_key=APP, person=staff.admin, base=0)
    with pytest.raises(Refused) as same:
        releases.install(definitions(), app_key=APP, person=staff.admin)
    assert (same.value.status, same.value.problems[0].code) == (409, "nothing_to_publish")
    with pytest.raises(Refused) as stale:
        releases.install(definitions(), app_key=APP, person=staff.admin, base=0)
    assert (stale.value.status, stale.value.problems[0].code) == (409, "release_changed")


def test_a_broken_definition_changes_nothing(staff: Staff) -> None:
    broken = customer_with(link={"type": "link", "label": "x", "form": "nowhere"})
    with pytest.raises(Problems) as wrong:
        releases.install(definitions(customer=broken), app_key=APP, person=staff.admin)
    assert any(each.code == "unknown_form" for each in wrong.value.problems)
    assert not Application.objects.exists()


def test_removed_fields_are_archived_and_come_back_with_the_old_release(staff: Staff) -> None:
    releases.install(definitions(), app_key=APP, person=staff.admin)
    record = create("customer", {"name": "一", "industry": "it"})
    smaller = definitions(customer=customer_with(industry=None))
    del smaller["form", "opportunity"]["fields"]["industry"]
    with pytest.raises(Problems) as loss:
        releases.install(smaller, app_key=APP, person=staff.admin, accept_loss=False)
    assert loss.value.problems[0].code == "loses_data"
    releases.install(smaller, app_key=APP, person=staff.admin)
    assert "industry" not in columns("customer")
    assert "industry" not in read("customer", record["id"])
    restored = releases.restore(APP, 1, person=staff.admin)
    assert (restored.number, restored.restored_from) == (3, 1)
    assert read("customer", record["id"])["industry"] == "it"


def test_a_type_change_lists_the_records_that_do_not_fit(staff: Staff) -> None:
    text = {"type": "text", "label": "规模"}
    number = {"type": "number", "label": "规模", "scale": 0}
    releases.install(definitions(customer=customer_with(size=text)), app_key=APP, person=None)
    good = create("customer", {"name": "一", "size": "120"})
    bad = create("customer", {"name": "二", "size": "很大"})
    changed = definitions(customer=customer_with(size=number))
    with pytest.raises(Problems) as refused:
        releases.install(changed, app_key=APP, person=None)
    found = refused.value.problems[0]
    assert (found.path, found.code) == ("/forms/customer/fields/size", "changes_type_fails")
    assert (found.params["count"], found.params["records"]) == (1, [bad["id"]])
    assert read("customer", bad["id"])["size"] == "很大"
    records.set_values(Caller.application(APP), "customer", bad["id"], {"size": "7"})
    releases.install(changed, app_key=APP, person=None)
    assert read("customer", good["id"])["size"] == "120"
    assert read("customer", bad["id"])["size"] == "7"


def test_unique_over_records_with_the_same_value_is_refused(staff: Staff) -> None:
    plain = customer_with(code={"type": "text", "label": "代码"})
    releases.install(definitions(customer=plain), app_key=APP, person=None)
    for name in ("一", "二"):
        create("customer", {"name": name, "code": "X"})
    unique = customer_with(code={"type": "text", "label": "代码", "unique": True})
    with pytest.raises(Problems) as refused:
        releases.install(definitions(customer=unique), app_key=APP, person=None)
    assert refused.value.problems[0].code == "adds_unique_fails"
    assert Release.objects.filter(app=APP).count() == 1


def test_of_two_publishers_at_once_exactly_one_wins(staff: Staff) -> None:
    releases.install(definitions(), app_key=APP, person=staff.admin)
    rounds = 5
    for number in range(1, rounds + 1):
        barrier = threading.Barrier(2)
        outcomes: list[object] = []

        def publish(
            name: str,
            base: int = number,
            gate: threading.Barrier = barrier,
            outcomes: list[object] = outcomes,
        ) -> None:
            body = customer_with(note={"type": "text", "label": f"{name} {base}"})
            try:
                gate.wait(10)
                made = releases.install(
                    definitions(customer=body), app_key=APP, person=staff.admin, base=base
                )
                outcomes.append(made.number)
            except Refused as error:
                outcomes.append(error.problems[0].code)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=publish, args=(name,)) for name in ("a", "b")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert sorted(map(str, outcomes)) == [str(number + 1), "release_changed"]
    numbers = Release.objects.filter(app=APP).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, rounds + 2))


def test_writers_and_a_publisher_do_not_meet(staff: Staff) -> None:
    """Every record is valid under the release that is stamped on it, however stale its writer."""
    releases.install(definitions(), app_key=APP, person=staff.admin)
    stop = threading.Event()
    failures: list[str] = []
    made: list[int] = []

    def write() -> None:
        number = 0
        try:
            while not stop.is_set():
                number += 1
                with people.one_reading():  # a request reads the stamp once, and may be stale
                    name = f"{threading.get_ident()} {number}"
                    made.append(create("customer", {"name": name})["id"])
        except BaseException as error:  # noqa: BLE001 - whatever it was, the test must say so
            failures.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(4):
        body = customer_with(
            **{
                f"field{each}": {"type": "text", "label": "x", "default": f"'{each}'"}
                for each in range(number + 1)
            }
        )
        releases.install(definitions(customer=body), app_key=APP, person=staff.admin)
    stop.set()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert made
    with connection.cursor() as cursor:
        cursor.execute('SELECT "release", field0, field3 FROM app_crm.customer')
        for release, first, last in cursor.fetchall():
            assert (first == "0") == (release >= 2)
            assert (last == "3") == (release >= 5)


def test_an_interrupted_follow_up_is_resumed(staff: Staff, monkeypatch: Any) -> None:
    releases.install(definitions(), app_key=APP, person=staff.admin)
    body = copy.deepcopy(OPPORTUNITY)
    body["views"]["all"]["sort"] = ["expected_close"]

    def killed(release: Release) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(installing, "follow_up", killed)
        with pytest.raises(KeyboardInterrupt):
            releases.install(definitions(opportunity=body), app_key=APP, person=staff.admin)
    assert FollowUp.objects.exclude(state="done").exists()
    assert releases.installed(APP).release == 2  # type: ignore[union-attr]
    assert releases.resume_follow_ups() == 1
    assert not FollowUp.objects.exclude(state="done").exists()
    assert releases.resume_follow_ups() == 0


def test_a_stale_plan_is_reloaded_by_the_writer(staff: Staff) -> None:
    releases.install(definitions(), app_key=APP, person=staff.admin)
    with people.one_reading():
        assert releases.installed(APP).release == 1  # type: ignore[union-attr]
        people.stamp()
        body = customer_with(note={"type": "text", "label": "x", "default": "'new'"})
        thread = threading.Thread(target=_install_elsewhere, args=(body, staff.admin.pk))
        thread.start()
        thread.join(60)
        assert create("customer", {"name": "一"})["note"] == "new"


def _install_elsewhere(body: dict[str, Any], person: int) -> None:
    try:
        releases.install(definitions(customer=body), app_key=APP, person=person)
    finally:
        connections.close_all()


def test_statements_prepared_before_a_type_change_are_not_used_after_it(staff: Staff) -> None:
    """Postgres refuses a prepared statement whose columns have changed their type."""
    text = {"type": "text", "label": "规模"}
    number = {"type": "number", "label": "规模", "scale": 0}
    releases.install(definitions(customer=customer_with(size=text)), app_key=APP, person=None)
    record = create("customer", {"name": "一", "size": "120"})["id"]
    for size in ("7", "8", "9", "10"):
        records.set_values(Caller.application(APP), "customer", record, {"size": size})
        assert read("customer", record)["size"] == size
    releases.install(definitions(customer=customer_with(size=number)), app_key=APP, person=None)
    for size in ("11", "12", "13", "14"):
        records.set_values(Caller.application(APP), "customer", record, {"size": size})
        assert read("customer", record)["size"] == size
