"""What is written from the registries is current, and names everything that is registered."""

from pathlib import Path

import pytest
from django.conf import settings

from apps_runtime.openapi.addresses import addresses
from apps_runtime.texts import wordings
from builder.catalogue import catalogue
from builder.reference import commands, generated
from builder.reference.files import stale
from engines.definitions.schemas import KINDS

BASE = Path(settings.BASE)
REFERENCE = BASE / "docs" / "reference"
PAGE_OF = {
    "field_types": "field-types.md",
    "nodes": "flows.md",
    "assignees": "flows.md",
    "actions": "rules.md",
    "triggers": "rules.md",
    "measures": "reports.md",
    "charts": "reports.md",
    "functions": "functions.md",
    "definition_kinds": "definitions.md",
}


def reference(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def test_pages_are_current() -> None:
    assert stale(generated.docs()) == [], "run `make docs`"


def test_schemas_types_and_openapi_are_current() -> None:
    assert stale(generated.schemas()) == [], "run `make schema`"


def test_no_generated_page_is_left_over() -> None:
    written = {BASE / name for name in (*generated.docs(), *generated.schemas())}
    kept = {REFERENCE / "settings.md", REFERENCE / "README.md"}
    assert {path for path in REFERENCE.rglob("*") if path.is_file()} == {
        path for path in written if REFERENCE in path.parents
    } | kept


@pytest.mark.parametrize("registry", sorted(PAGE_OF))
def test_every_registered_kind_is_on_its_page(registry: str) -> None:
    page = reference(PAGE_OF[registry])
    assert [each["key"] for each in catalogue()[registry] if f"`{each['key']}`" not in page] == []


def test_every_list_of_the_catalogue_has_a_page() -> None:
    not_kinds = {"common_field_schema", "colors", "icons", "grains"}
    assert set(catalogue()) - not_kinds == set(PAGE_OF)


def test_every_problem_code_is_listed_in_both_languages() -> None:
    page = reference("problems.md")
    for code, texts in wordings().items():
        row = next((line for line in page.splitlines() if line.startswith(f"| `{code}` |")), "")
        for text in texts.values():
            assert text.replace("|", "\\|").replace("\n", " ") in row, code


def test_every_command_and_target_is_listed() -> None:
    page = reference("commands.md")
    names = [f"make {name}" for name, _ in commands.targets()]
    names += [
        path.stem
        for app in ("apps_runtime", "builder")
        for path in (BASE / app / "management" / "commands").glob("[!_]*.py")
    ]
    assert len(names) > 15
    assert [name for name in names if f"`{name}`" not in page] == []


def test_every_address_is_listed() -> None:
    page = reference("endpoints.md")
    wanted = [f"### {method} {each.path}\n" for each in addresses() for method in each.methods]
    assert [heading for heading in wanted if heading not in page] == []


def test_every_kind_of_definition_has_a_schema_and_a_type() -> None:
    for kind in KINDS:
        assert (REFERENCE / "schemas" / f"{kind}.json").exists()
        types = (BASE / "static" / "src" / "definitions" / f"{kind}.ts").read_text()
        assert f'kind: "{kind}";' in types
