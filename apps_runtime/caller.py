"""Who asks: a person with the rights of his roles, or the application itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import Literal
from uuid import UUID

from apps_runtime import people, releases
from apps_runtime.refusals import not_found
from engines.access import Permissions, compile_role, permissions
from engines.application import ApplicationPlan
from engines.formulas.to_python import Actor

ThroughKind = Literal["ui", "api", "flow", "rule", "import", "public", "application"]

ADMINISTRATOR = "administrator"
ALL_GRANTS = [
    {
        "form": "*",
        "see": True,
        "create": True,
        "edit": True,
        "delete": True,
        "export": True,
        "import": True,
        "print": True,
    }
]
# What the role `administrator` gives where the application does not define it itself.
ALL_RIGHTS = {
    "key": ADMINISTRATOR,
    "label": {"zh-Hans": "应用管理员", "en": "Administrator"},
    "grants": ALL_GRANTS,
}

_KEPT = 2000
_cached: dict[tuple[str, int, int], tuple[int, Permissions]] = {}
_actors: dict[tuple[str, int], tuple[int, Actor]] = {}
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Through:
    """By what way something was done; ``key`` names the flow, rule or import."""

    kind: ThroughKind
    key: str | None = None

    def as_json(self) -> dict[str, str]:
        """As the history keeps it."""
        return {"kind": self.kind} if self.key is None else {"kind": self.kind, "key": self.key}


@dataclass(frozen=True, slots=True)
class Caller:
    """``person_id`` is named in the history; ``everything`` lifts row rules and field rights.

    ``chain`` and ``depth`` follow a cascade rule → record → rule. ``real_person`` is the one who
    looks through another person's eyes.
    """

    person_id: int | None
    app: str
    through: Through = field(default_factory=lambda: Through("api"))
    everything: bool = False
    chain: UUID | None = None
    depth: int = 0
    real_person: int | None = None

    @classmethod
    def application(
        cls,
        app: str,
        through: Through | None = None,
        *,
        person_id: int | None = None,
        chain: UUID | None = None,
        depth: int = 0,
    ) -> Caller:
        """The application itself: checks apply, row rules do not; ``person_id`` is the cause."""
        return cls(
            person_id,
            app,
            through or Through("application"),
            everything=True,
            chain=chain,
            depth=depth,
        )

    @property
    def person(self) -> int:
        """The id of the person; to be asked where only people come."""
        if self.person_id is None:
            raise not_found()
        return self.person_id

    @property
    def actor(self) -> Actor:
        """What formulas know of this caller."""
        if self.person_id is None:
            return people.APPLICATION
        key = (self.app, self.person_id)
        stamp = people.stamp()
        found = _actors.get(key)
        if found is None or found[0] != stamp:
            found = (stamp, people.actor(self.person_id, self.app))
            with _lock:
                if len(_actors) >= _KEPT:
                    _actors.clear()
                _actors[key] = found
        return found[1]

    def permissions(self, plan: ApplicationPlan, release: int) -> Permissions:
        """The union of the caller's roles under ``plan``; computed once per stamp and person."""
        if self.person_id is None:
            return permissions((), self.actor, plan.forms)
        key = (self.app, release, self.person_id)
        stamp = people.stamp()
        found = _cached.get(key)
        if found is not None and found[0] == stamp:
            return found[1]
        mine = sorted(people.roles(self.person_id, self.app))
        roles = [plan.roles[role] for role in mine if role in plan.roles]
        if ADMINISTRATOR in mine and ADMINISTRATOR not in plan.roles:
            roles.append(compile_role(ALL_RIGHTS, plan.forms))
        result = permissions(roles, self.actor, plan.forms)
        with _lock:
            if len(_cached) >= _KEPT:
                _cached.clear()
            _cached[key] = (stamp, result)
        return result


def installed(app: str) -> releases.Installed:
    """The application in force; 404 where there is none."""
    found = releases.installed(app)
    if found is None:
        raise not_found()
    return found
