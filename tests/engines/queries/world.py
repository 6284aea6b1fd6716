"""A small application on a real Postgres, asked through roles."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from engines.access import Permissions, permissions
from engines.application import ApplicationPlan, compile_application, table_operations
from engines.forms.search import search_text
from engines.formulas.to_python import Actor
from engines.formulas.to_sql import SqlEnv
from engines.queries import PolicedQuery, Query, as_application, list_json, page_of, police
from tests.engines.forms.forms import BODIES, ZONE
from tests.engines.record_database import Records

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)  # the 22nd in Shanghai

EVERYTHING = {"form": "*", "see": True, "create": True, "edit": True, "delete": True}
ROLES: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "administrator": [EVERYTHING],
    "sales": [
        {"form": "customer", "see": "owner = USER() or owner in SUBORDINATES()",
         "edit": "owner = USER()"},
        {"form": "order", "see": "owner = USER()", "edit": "stage = 'draft'", "create": True,
         "fields": {"price": "see", "secret": "hide"}},
    ],
    # Sees every order, the price only where it is large, the customer's phone masked.
    "auditor": [
        {"form": "order", "see": True, "fields": {"*": "see", "price": "hide", "subtotal": "hide",
                                                  "with_tax": "hide"}},
        {"form": "order", "see": "price > 100"},
        {"form": "customer", "see": True, "fields": {"*": "see", "credit": "hide"},
         "mask": {"phone": "middle", "email": "email"}},
    ],
    # Sees orders of key customers only: a row rule through a link.
    "keeper": [{"form": "order", "see": "customer.level = 'vip'"}],
    "nobody": [],
}  # fmt: skip


def application(bodies: Mapping[str, Mapping[str, Any]] = BODIES) -> ApplicationPlan:
    definitions: dict[tuple[str, str], Any] = {
        ("application", "shop"): {
            "kind": "application", "key": "shop", "label": "店", "timezone": ZONE
        }
    }  # fmt: skip
    definitions |= {("form", key): body for key, body in bodies.items()}
    definitions |= {
        ("role", key): {"key": key, "label": key.title(), "grants": grants}
        for key, grants in ROLES.items()
        if bodies is BODIES
    }
    return compile_application("shop", definitions)


class World:
    """The application installed, with its rows; asks as people with roles."""

    def __init__(self, records: Records, plan: ApplicationPlan) -> None:
        self.records = records
        self.plan = plan
        for operation in table_operations(None, plan):
            for statement in (*operation.prepare(), *operation.flip(), *operation.follow_up()):
                records.run(statement)

    def add(self, form: str, **values: Any) -> int:
        text = search_text(self.plan.forms[form], values)
        row = {"release": 1, **values}
        columns = ", ".join(f'"{key}"' for key in row)
        marks = ", ".join("%s" for _ in row)
        with self.records.connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO app_shop."{form}" ({columns}, grams)'  # noqa: S608
                f" VALUES ({marks}, mortise.grams(%s)) RETURNING id",
                (*row.values(), text),
            )
            return int(cursor.fetchone()[0])

    def env(self, person: int | None = 1) -> SqlEnv:
        actor = Actor(id=person, subordinates=(2,) if person == 1 else ())
        return SqlEnv(NOW, ZONE, actor, people={"zhang": 1, "li": 2})

    def permissions(self, roles: Sequence[str], person: int | None = 1) -> Permissions:
        held = [self.plan.roles[each] for each in roles]
        return permissions(held, self.env(person).actor, self.plan.forms)

    def policed(self, query: Query, *roles: str, person: int | None = 1) -> PolicedQuery:
        return police(query, self.plan.forms, self.permissions(roles, person), self.env(person))

    def system(self, query: Query) -> PolicedQuery:
        return as_application(query, self.plan.forms, self.env(None), reason="test")

    def page(
        self, query: Query, *roles: str, person: int | None = 1
    ) -> tuple[list[dict[str, Any]], str | None]:
        """The records as JSON and the cursor of the next page."""
        policed = self.policed(query, *roles, person=person)
        text, following = page_of(policed, self.records.run(list_json(policed)))
        return json.loads(text), following

    def listed(self, query: Query, *roles: str, person: int | None = 1) -> list[dict[str, Any]]:
        return self.page(query, *roles, person=person)[0]

    def list_all(self, form: str) -> list[dict[str, Any]]:
        """Every record, without roles."""
        return [json.loads(row[0]) for row in self.records.run(list_json(self.system(Query(form))))]
