"""A registry holds one kind of thing: each member a class in a file of its own, found by key."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from engines.texts import Text


class Kind(Protocol):
    """What each member of any registry must carry."""

    key: ClassVar[str]
    label: ClassVar[Text]
    options_schema: ClassVar[dict[str, Any]]


K = TypeVar("K", bound=Kind)


_generation = 0


def generation() -> int:
    """A number that grows with every kind that comes or goes, anywhere.

    What is made from registries and kept hangs on it.
    """
    return _generation


class Registry(Generic[K]):
    """Members by key, in the order of their ``order`` attribute (then key).

    Refuses a class that is not of the base, a key twice, and an ``options_schema`` that is not
    closed: the designer draws panels from it, so an open one is a bug of the program, found when
    the program starts. That each is valid JSON Schema is proved by the contract tests, since
    proving it again would make every start slower.
    """

    def __init__(self, name: str, base: type[Any]) -> None:
        # `type[K]` would only take classes that can be made; a base cannot.
        self.name = name
        self.base: type[K] = base
        self._members: dict[str, K] = {}

    def register(self, member: type[K]) -> type[K]:
        """Add a class (usable as a decorator); an instance of it is what the registry hands out."""
        if not (inspect.isclass(member) and issubclass(member, self.base)):
            raise TypeError(f"{member!r} is not a {self.base.__name__}")
        key = member.key
        if key in self._members:
            raise ValueError(f"{self.name}: the key {key!r} is registered twice")
        schema = member.options_schema
        if schema.get("type") != "object" or schema.get("additionalProperties") is not False:
            raise ValueError(f"{self.name}/{key}: options_schema must be a closed object schema")
        self._members[key] = member()
        _grow()
        return member

    def unregister(self, key: str) -> None:
        """Take a member out again; for tests that add a kind of their own."""
        del self._members[key]
        _grow()

    def discover(self, package: ModuleType) -> None:
        """Import every module of ``package`` and register the one kind it defines."""
        for found in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{found.name}")
            for _, member in inspect.getmembers(module, inspect.isclass):
                if (
                    member.__module__ == module.__name__
                    and issubclass(member, self.base)
                    and not inspect.isabstract(member)
                    and "key" in vars(member)
                    and member.key not in self._members
                ):
                    self.register(member)

    def get(self, key: str) -> K | None:
        """The member called ``key``, or None."""
        return self._members.get(key)

    def __getitem__(self, key: str) -> K:
        return self._members[key]

    def __contains__(self, key: object) -> bool:
        return key in self._members

    def __iter__(self) -> Iterator[K]:
        return iter(
            sorted(
                self._members.values(), key=lambda kind: (getattr(kind, "order", 1000), kind.key)
            )
        )

    def keys(self) -> tuple[str, ...]:
        """All keys, in the order of the members."""
        return tuple(kind.key for kind in self)


def _grow() -> None:
    global _generation
    _generation += 1
