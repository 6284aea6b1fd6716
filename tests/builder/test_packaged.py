"""Every packaged application loads, compiles, installs with its sample, and only once."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from apps_runtime import people, records, releases, sample
from apps_runtime.models import Application, Person, PublicLink, RoleMember
from builder import check, templates
from builder.models import Draft, DraftChange
from engines.problems import Problems
from tests.apps_runtime.people import make as persons
from tests.builder import make

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = templates.names()


def test_there_is_a_packaged_application() -> None:
    assert NAMES


@pytest.mark.parametrize("name", NAMES)
def test_its_definitions_are_right(name: str) -> None:
    found = templates.definitions(name)
    assert [each for each in check.problems_of(name, found) if each.severity == "error"] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_installs_with_its_sample_and_only_once(name: str) -> None:
    with pytest.raises(CommandError, match="ensure_admin"):
        call_command("install_packaged", name)
    call_command("ensure_admin")
    call_command("install_packaged", name)
    application = Application.objects.get(key=name)
    assert application.release is not None
    assert Draft.objects.get(app=name).base == 1
    assert not DraftChange.objects.exists()
    assert "administrator" in people.roles(people.person_id("admin"), name)
    installed = releases.installed(name)
    assert installed is not None
    index = json.loads((templates.folder(name) / "sample" / "sample.json").read_bytes())
    counts = {form: len(records.ids_where(installed, form, None)) for form in index["records"]}
    assert all(counts.values()), counts
    staff = Person.objects.count()
    call_command("install_packaged", name)
    assert application.release.number == 1
    assert Person.objects.count() == staff
    assert counts == {
        form: len(records.ids_where(installed, form, None)) for form in index["records"]
    }
    published = [key for key, form in installed.plan.forms.items() if form.body.get("public")]
    assert sorted(PublicLink.objects.values_list("form", flat=True)) == sorted(published)


def test_a_template_begins_a_new_application() -> None:
    root = persons.signed_in(persons.administrator())
    found = root.get("/api/builder/templates").json()["templates"]
    assert [each["key"] for each in found] == NAMES
    app = make.application(root, label="自己的", template=NAMES[0])
    kinds = {each["kind"] for each in root.get(f"{make.ROOT}/{app}").json()["definitions"]}
    assert {"form", "role", "application"} <= kinds
    assert root.get(f"{make.ROOT}/{app}/definitions/application/{app}").json()["label"] == "自己的"
    assert make.publish(root, app).status_code == 200
    wrong = {"label": "x", "template": "../../etc"}
    assert root.post(make.ROOT, wrong, content_type=make.JSON).status_code == 422


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """A sample of two people and three deals."""
    files = {
        "sample.json": json.dumps(
            {
                "departments": "departments.json",
                "people": "people.csv",
                "records": ["customer", "deal"],
                "then": "then.json",
            }
        ),
        "departments.json": json.dumps([{"key": "east", "name": "华东", "head": "li"}]),
        "people.csv": "username,name,department,superior,position,roles\n"
        "li,李雷,east,admin,经理,sales\nhan,韩梅梅,east,li,代表 顾问,sales\n",
        "customer.csv": "name,created_at\n甲公司,-30d\n",
        "deal.csv": "name,amount,customer,owner,created_at\n"
        '一,"1,200.50",甲公司,han,-3d 14:30\n二,,甲公司,li,-2d\n',
        "then.json": json.dumps(
            [{"form": "deal", "as": "li", "values": {"name": "今天", "customer": "甲公司"}}]
        ),
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


@pytest.fixture
def app() -> str:
    """An application of customers and deals."""
    root = persons.signed_in(persons.administrator("admin"))
    key = make.application(root, key="sales")
    name = {"name": {"type": "text", "label": "名称", "required": True}}
    make.saved(root, key, make.form("customer", fields=name, title="{{name}}"))
    deal = make.form(title="{{name}}")
    deal["fields"]["customer"] = {"type": "link", "label": "客户", "form": "customer"}
    deal["fields"]["owner"] = {"type": "person", "label": "负责人"}
    make.saved(root, key, deal)
    grants = [{"form": form, "see": True, "create": True} for form in ("deal", "customer")]
    make.saved(root, key, make.role("sales", grants=grants))
    assert make.publish(root, key).status_code == 200
    return key


def admin() -> int:
    found = people.person_id("admin")
    assert found is not None
    return found


def test_a_sample_is_loaded_relative_to_today(app: str, company: Path) -> None:
    assert sample.load(app, company, person=admin()) == 4
    li, han = people.person_id("li"), people.person_id("han")
    assert people.superior(han) == li
    assert people.superior(li) == admin()
    assert people.department_head("east") == li
    assert people.position_people("顾问") == [han]
    assert people.roles(han, app) == {"sales"}
    assert not Person.objects.get(username="han").has_usable_password()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.name, d.amount, c.name, d.owner, d.created_by,"
            " (now() AT TIME ZONE 'Asia/Shanghai')::date"
            "  - (d.created_at AT TIME ZONE 'Asia/Shanghai')::date,"
            " to_char(d.created_at AT TIME ZONE 'Asia/Shanghai', 'HH24:MI')"
            " FROM app_sales.deal d JOIN app_sales.customer c ON c.id = d.customer ORDER BY d.id"
        )
        one, two, today = cursor.fetchall()
        cursor.execute(
            "SELECT count(*) FROM mortise_history h JOIN app_sales.deal d"
            " ON d.id = h.record AND h.form = 'deal' AND h.at = d.created_at"
        )
        in_step = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM mortise_event")
        events = cursor.fetchone()[0]
    assert (one[0], str(one[1].normalize()), one[2], one[3]) == ("一", "1200.5", "甲公司", han)
    assert (one[5], one[6], two[5], today[5]) == (3, "14:30", 2, 0)
    assert (one[4], today[4]) == (admin(), li)
    assert in_step >= 2
    assert events == 1  # only what people do now wakes rules
    assert sample.load(app, company, person=admin()) == 0


def test_a_mistake_names_its_line_and_loads_nothing(app: str, company: Path) -> None:
    (company / "deal.csv").write_text("name,customer\n一,甲公司\n二,乙公司\n", encoding="utf-8")
    with pytest.raises(Problems) as found:
        sample.load(app, company, person=admin())
    assert [(each.path, each.code) for each in found.value.problems] == [
        ("/deal.csv/3/customer", "record_not_found")
    ]
    assert people.person_id("li") is None
    assert not RoleMember.objects.filter(role="sales").exists()


def test_without_a_sample_nothing_happens(app: str, tmp_path: Path) -> None:
    assert sample.load(app, tmp_path, person=admin()) == 0


def test_nobody_signs_in_as_a_sample_person(app: str, company: Path, client: Client) -> None:
    sample.load(app, company, person=admin())
    answer = client.post("/api/session", {"username": "han", "password": ""}, make.JSON)
    assert answer.status_code == 401
