"""Roles, members, superiors and departments of a small company."""

import pytest

from apps_runtime import people
from apps_runtime.models import Person
from apps_runtime.people.role_members import add_role_member
from tests.apps_runtime.people import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> dict[str, Person]:
    """head office ▸ sales ▸ east; li leads sales, wang reports to li, chen to wang."""
    office = make.department("office")
    sales = make.department("sales", parent=office)
    east = make.department("east", parent=sales)
    boss = make.person("boss", department=office)
    li = make.person("li", department=sales, superior=boss)
    wang = make.person("wang", department=east, superior=li)
    chen = make.person("chen", department=east, superior=wang, positions=["engineer"])
    zhao = make.person("zhao", department=east)
    sales.head = li
    sales.save()
    people.bump_stamp()
    return {"boss": boss, "li": li, "wang": wang, "chen": chen, "zhao": zhao}


def test_the_actor_knows_departments_below_and_everybody_below(company: dict[str, Person]) -> None:
    li = people.actor(company["li"].id)
    sales, east = people.department_id("sales"), people.department_id("east")
    assert li.department == sales
    assert li.departments == (sales, east)
    assert set(li.subordinates) == {company[each].id for each in ("wang", "chen", "zhao")}
    assert li.username == "li"


def test_nobody_is_an_actor_without_anything() -> None:
    nobody = people.actor(None)
    assert (nobody.id, nobody.departments, nobody.subordinates) == (None, (), ())


def test_superiors_step_by_step(company: dict[str, Person]) -> None:
    chen = company["chen"].id
    assert people.superior(chen) == company["wang"].id
    assert people.superior(chen, 2) == company["li"].id
    assert people.superior(chen, 3) == company["boss"].id
    assert people.superior(chen, 4) is None
    assert people.superiors(chen) == tuple(company[each].id for each in ("wang", "li", "boss"))


def test_without_a_superior_the_head_of_the_department_counts(company: dict[str, Person]) -> None:
    assert people.superior(company["zhao"].id) == company["li"].id


def test_a_superior_who_left_is_skipped(company: dict[str, Person]) -> None:
    Person.objects.filter(username="wang").update(active=False)
    people.bump_stamp()
    assert people.superior(company["chen"].id) == company["li"].id
    assert company["chen"].id in people.subordinates(company["li"].id)


def test_whoever_left_stays_below_his_superior(company: dict[str, Person]) -> None:
    Person.objects.filter(username="chen").update(active=False)
    people.bump_stamp()
    assert company["chen"].id in people.subordinates(company["wang"].id)
    assert company["chen"].id in people.actor(company["li"].id).subordinates


def test_a_ring_of_superiors_ends(company: dict[str, Person]) -> None:
    Person.objects.filter(username="boss").update(superior=company["chen"])
    people.bump_stamp()
    assert len(people.superiors(company["chen"].id)) == 3
    assert company["chen"].id not in people.subordinates(company["chen"].id)


def test_roles_come_by_person_department_above_and_position(company: dict[str, Person]) -> None:
    add_role_member("crm", "direct", "person", str(company["chen"].id))
    add_role_member("crm", "by_department", "department", str(people.department_id("sales")))
    add_role_member("crm", "by_position", "position", "engineer")
    add_role_member("other", "elsewhere", "person", str(company["chen"].id))
    assert people.roles(company["chen"].id, "crm") == {"direct", "by_department", "by_position"}
    assert people.roles(company["wang"].id, "crm") == {"by_department"}
    assert people.roles(company["boss"].id, "crm") == frozenset()
    assert people.actor(company["wang"].id, "crm").roles == {"by_department"}
    below = {company[each].id for each in ("li", "wang", "chen", "zhao")}
    assert set(people.members("crm", "by_department")) == below
    assert people.members("crm", "by_position") == [company["chen"].id]


def test_who_left_has_no_roles_and_is_no_member(company: dict[str, Person]) -> None:
    add_role_member("crm", "direct", "person", str(company["chen"].id))
    Person.objects.filter(username="chen").update(active=False)
    people.bump_stamp()
    assert people.roles(company["chen"].id, "crm") == frozenset()
    assert people.members("crm", "direct") == []


def test_departments_by_id_and_key(company: dict[str, Person]) -> None:
    assert set(people.department_people("sales")) == {
        company[each].id for each in ("li", "wang", "chen", "zhao")
    }
    assert people.department_people("sales", below=False) == [company["li"].id]
    assert people.department_head("east") == company["li"].id
    assert people.department_people("nowhere") == []
