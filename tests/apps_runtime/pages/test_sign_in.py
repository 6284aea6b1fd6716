"""The sign-in page, sign-out, temporary passwords, and where people land."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from apps_runtime.people.changes import give_temporary_password
from tests.apps_runtime.people import make

pytestmark = pytest.mark.django_db
PAGES = Path(settings.BASE) / "templates" / "pages"


def sign_in(client: Client, username: str, password: str, **more: str) -> object:
    return client.post("/login", {"username": username, "password": password, **more})


def test_the_page_speaks_both_languages(client: Client) -> None:
    chinese = client.get("/login", headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    assert chinese.status_code == 200
    assert '<html lang="zh-Hans">' in chinese.content.decode()
    assert "登录" in chinese.content.decode()
    english = client.get("/login?lang=en", headers={"Accept-Language": "zh-CN"})
    assert "Sign in" in english.content.decode()
    # The choice is remembered in this browser.
    assert "Sign in" in client.get("/login", headers={"Accept-Language": "zh-CN"}).content.decode()


def test_first_start_fills_in_the_administrator(client: Client) -> None:
    assert 'value="admin"' not in client.get("/login").content.decode()
    make.administrator("admin")
    assert 'value="admin"' in client.get("/login").content.decode()
    sign_in(client, "admin", make.PASSWORD)
    assert 'value="admin"' not in Client().get("/login").content.decode()


def test_whoever_was_signed_out_meanwhile_is_told_why_he_is_here(client: Client) -> None:
    sentence = "Your session has ended"
    english = {"Accept-Language": "en"}
    assert sentence in client.get("/login?next=/inbox&ended=1", headers=english).content.decode()
    assert sentence not in client.get("/login?next=/inbox", headers=english).content.decode()


def test_a_right_password_leads_to_where_one_wanted_to_go(client: Client) -> None:
    make.person("li")
    answer = sign_in(client, "li", make.PASSWORD, next="/apps/crm/lead?view=mine")
    assert (answer.status_code, answer["Location"]) == (302, "/apps/crm/lead?view=mine")
    assert client.get("/login?next=/inbox")["Location"] == "/inbox"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "///evil.example",
        "http:evil.example",
        "/\t/evil.example",
        " //evil.example",
        "evil",
        "",
    ],
)
def test_next_stays_here(client: Client, elsewhere: str) -> None:
    make.person("li")
    assert sign_in(client, "li", make.PASSWORD, next=elsewhere)["Location"] == "/"
    assert client.get("/login", {"next": elsewhere})["Location"] == "/"


def test_a_wrong_password_says_one_sentence_and_keeps_the_name(client: Client) -> None:
    make.person("li")
    answer = sign_in(client, "li", "wr0ng-one")
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "用户名或密码不对" in page
    assert 'value="li"' in page
    assert "wr0ng-one" not in page


def test_the_lock_out_says_when_to_come_back(client: Client) -> None:
    for _ in range(10):
        sign_in(client, "li", "wrong")
    answer = sign_in(client, "li", "wrong")
    assert answer.status_code == 429
    assert "15 分钟后再试" in answer.content.decode()
    assert int(answer["Retry-After"]) > 0


def test_what_was_typed_is_shown_as_text(client: Client) -> None:
    answer = sign_in(client, '"><script>alert(1)</script>', "x")
    assert "<script>alert" not in answer.content.decode()


def test_signing_in_by_page_needs_the_csrf_token() -> None:
    make.person("li")
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, "li", make.PASSWORD).status_code == 403
    page = client.get("/login").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    answer = sign_in(client, "li", make.PASSWORD, csrfmiddlewaretoken=token[1])
    assert answer.status_code == 302


def test_signing_out(client: Client) -> None:
    make.person("li")
    sign_in(client, "li", make.PASSWORD)
    assert client.get("/logout").status_code == 405
    assert client.post("/logout")["Location"] == "/login"
    assert client.get("/")["Location"] == "/login?next=%2F"


def test_a_temporary_password_is_changed_before_anything_else(client: Client) -> None:
    li = make.person("li")
    temporary = give_temporary_password(li.id)
    answer = sign_in(client, "li", temporary, next="/inbox")
    assert answer["Location"] == "/password?next=%2Finbox"
    assert client.get("/")["Location"].startswith("/password")
    page = client.get("/password?next=/inbox").content.decode()
    assert "设置新密码" in page
    answer = client.post("/password", {"old_password": temporary, "password": "short"})
    assert answer.status_code == 422
    assert "密码至少 8 个字符" in answer.content.decode()
    answer = client.post(
        "/password",
        {"old_password": temporary, "password": "Another-Horse-8", "next": "/inbox"},
    )
    assert answer["Location"] == "/inbox"
    assert client.get("/").status_code == 200
    assert Client().get("/password")["Location"].startswith("/login")


def test_the_shells_carry_what_the_front_end_needs(client: Client) -> None:
    make.person("li", name="</script><b>李雷")
    sign_in(client, "li", make.PASSWORD)
    for path in ("/", "/apps/crm/lead/7", "/inbox", "/me", "/people", "/design/crm/forms/lead"):
        answer = client.get(path, headers={"Accept-Language": "en"})
        page = answer.content.decode()
        assert answer.status_code == 200, path
        assert 'id="root"' in page
        assert "</script><b>" not in page
        assert '"language":"en"' in page
        assert '"username":"li"' in page
        assert answer["Cache-Control"] == "no-store"
    nobody = Client().get("/apps/crm/lead?view=mine")
    assert nobody["Location"] == "/login?next=%2Fapps%2Fcrm%2Flead%3Fview%3Dmine"
    assert client.post("/").status_code == 405


def test_headers_of_pages(client: Client) -> None:
    answer = client.get("/login")
    policy = answer["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'self'" in policy
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce is not None
    page = answer.content.decode()
    assert page.count(f'nonce="{nonce[1]}"') == 2
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not re.search(r"<(?:script|style)(?![^>]*(?:nonce|application/json))", page)


def test_addresses_that_do_not_exist(client: Client) -> None:
    answer = client.get("/nowhere", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()
    assert "frame-ancestors" in answer["Content-Security-Policy"]
    assert client.get("/api/nowhere").json()["problems"][0]["code"] == "not_found"


def test_a_form_that_is_out_of_date_says_so() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/login", {"username": "x", "password": "x"})
    assert answer.status_code == 403
    assert "Cookie" in answer.content.decode()
    client.get("/login")
    answer = client.post("/login", {"username": "x", "password": "x"})
    assert "页面已过期" in answer.content.decode()


def test_a_bug_of_ours_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("apps_runtime.pages.sign_in.access.signed_in", fail)
    client = Client(raise_request_exception=False)
    answer = client.get("/login")
    assert answer.status_code == 500
    assert "系统出错了" in answer.content.decode()
    assert "secret" not in answer.content.decode()


def test_scripts_of_pages_stay_small() -> None:
    assert sum(file.stat().st_size for file in PAGES.glob("*.js")) < 10_000
