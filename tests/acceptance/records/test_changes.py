"""Changes over HTTP: versions, the recycle bin, uniqueness, history, comments."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.acceptance.conftest import App, People, unique


def test_patch_needs_the_version(shop: App, items: str) -> None:
    made = shop.create("item", name="one")
    at = f"{items}/{made['id']}"
    missing = shop.admin.call("PATCH", at, {"name": "two"})
    assert missing.status == 428 and missing.json["problems"]
    changed = shop.admin.patch(at, {"version": 1, "name": "two"})
    assert changed["version"] == 2 and changed["name"] == "two"
    stale = shop.admin.call("PATCH", at, {"version": 1, "name": "three"})
    assert stale.status == 409
    assert stale.json["current"]["name"] == "two" and stale.json["current"]["version"] == 2
    assert stale.json["yours"]["name"] == "three"
    for wrong in ("x", None, -1, 1.5, 10**20, True, [2], "2x"):
        answer = shop.admin.call("PATCH", at, {"version": wrong, "name": "four"})
        assert answer.status in (400, 409, 422, 428), (wrong, answer.status)
    assert shop.admin.get(at)["name"] == "two"


def test_one_of_two_changes_at_once_wins(shop: App, items: str) -> None:
    made = shop.create("item", name="race")
    at = f"{items}/{made['id']}"
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(
                lambda n: shop.admin.call("PATCH", at, {"version": 1, "name": str(n)}).status,
                range(4),
            )
        )
    assert sorted(answers) == [200, 409, 409, 409]


def test_the_recycle_bin(shop: App, items: str) -> None:
    made = shop.create("item", name="bin", code=unique("bin"))
    at = f"{items}/{made['id']}"
    gone = shop.admin.call("DELETE", at)
    assert gone.status == 204
    assert shop.admin.call("GET", at).status == 404
    assert shop.admin.call("PATCH", at, {"version": 1, "name": "x"}).status == 404
    assert shop.admin.call("DELETE", at).status == 404
    of_it = f"id = {made['id']}"
    assert shop.admin.get(items, filter=of_it)["records"] == []
    binned = shop.admin.get(items, filter=of_it, deleted="true")["records"]
    assert [each["id"] for each in binned] == [made["id"]]
    linked = shop.admin.call("POST", items, {"parent": made["id"]})
    assert linked.status == 422 and linked.paths == ["/parent"]
    back = shop.admin.post(f"{at}/restore")
    assert back["name"] == "bin"
    assert shop.admin.get(at)["id"] == made["id"]
    actions = [each["action"] for each in shop.admin.get(f"{at}/history")["history"]]
    assert actions == ["restored", "deleted", "created"]


def test_restoring_does_not_break_uniqueness(shop: App, items: str) -> None:
    code = unique("u")
    first = shop.create("item", code=code)
    taken = shop.admin.call("POST", items, {"code": code})
    assert taken.status in (409, 422) and taken.paths == ["/code"]
    shop.admin.call("DELETE", f"{items}/{first['id']}")
    shop.create("item", code=code)
    again = shop.admin.call("POST", f"{items}/{first['id']}/restore", {})
    assert again.status in (409, 422) and again.json["problems"][0]["code"] == "not_unique"


def test_uniqueness_holds_when_all_come_at_once(shop: App, items: str) -> None:
    code = unique("race")
    with ThreadPoolExecutor(6) as pool:
        answers = [
            each.status
            for each in pool.map(lambda _: shop.admin.call("POST", items, {"code": code}), range(6))
        ]
    assert answers.count(201) == 1 and set(answers) <= {201, 409, 422}


def test_serial_numbers_are_unique_when_all_come_at_once(shop: App, items: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda n: shop.create("item", name=f"s{n}")["no"], range(12)))
    assert len(set(found)) == 12


def test_history_says_who_and_through_what(shop: App, items: str, people: People) -> None:
    made = shop.create("item", name="h", number="1")
    at = f"{items}/{made['id']}"
    shop.admin.patch(at, {"version": 1, "number": "2"})
    found = shop.admin.get(f"{at}/history")
    newest = found["history"][0]
    assert newest["action"] == "changed" and newest["person"]["id"]
    assert newest["through"]["kind"] == "ui"
    change = next(each for each in newest["changes"] if each["field"] == "number")
    assert float(change["before"]) == 1 and float(change["after"]) == 2
    assert change["label"] == "Number"
    assert found["next"] is None


def test_a_change_that_changes_nothing_is_no_history(shop: App, items: str) -> None:
    made = shop.create("item", name="same")
    at = f"{items}/{made['id']}"
    shop.admin.patch(at, {"version": 1, "name": "same"})
    assert len(shop.admin.get(f"{at}/history")["history"]) == 1


def test_related_records(shop: App, items: str) -> None:
    parent = shop.create("item", name="parent")
    child = shop.create("item", name="child", parent=parent["id"])
    found = shop.admin.get(f"{items}/{parent['id']}/related/item")
    assert [each["id"] for each in found["records"]] == [child["id"]]
    assert found["next"] is None and found["count"]["value"] == 1
    assert shop.admin.call("GET", f"{items}/{parent['id']}/related/nothing").status == 404


def test_comments(shop: App, items: str) -> None:
    made = shop.create("item", name="talk")
    at = f"{items}/{made['id']}/comments"
    text = "<img src=x onerror=alert(1)> 好"
    said = shop.admin.call("POST", at, {"text": text})
    assert said.status == 201
    found = shop.admin.get(at)["comments"]
    assert [each["text"] for each in found] == [text]
    for wrong in ({}, {"text": ""}, {"text": 5}, {"text": "x" * 100_000}, {"text": "x", "a": 1}):
        assert shop.admin.call("POST", at, wrong).status in (400, 413, 422), wrong


def test_what_a_deletion_does_not_know_is_refused(shop: App, items: str) -> None:
    at = f"{items}/{shop.create('item', name='kept')['id']}"
    answer = shop.admin.call("DELETE", at, {"versoin": 7})
    assert (answer.status, answer.paths) == (422, ["/versoin"])
    stale = shop.admin.call("DELETE", at, {"version": 7})
    assert stale.status == 409 and stale.json["current"]["version"] == 1
    assert shop.admin.get(at)["name"] == "kept"


def test_comments_say_how_long_they_are(shop: App, items: str) -> None:
    at = f"{items}/{shop.create('item', name='talk')['id']}/comments"
    answer = shop.admin.call("POST", at, {"text": "x" * 5001})
    assert answer.status == 422 and "5001" in answer.json["problems"][0]["message"]
    assert shop.admin.call("POST", at, {"text": 5}).codes == ["not_a_text"]
