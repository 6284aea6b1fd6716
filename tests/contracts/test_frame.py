"""The frame's own promises: pinned packages, documented targets, no reading of the environment."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "engines", "apps_runtime", "builder")
PROJECT = tomllib.loads((BASE / "pyproject.toml").read_text())


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~\[ ;]", name)[0]).lower()


def pins() -> dict[str, str]:
    lines = (BASE / "constraints.txt").read_text().splitlines()
    return {canonical(line): line.partition("==")[2] for line in lines}


def test_every_requirement_has_an_exact_version() -> None:
    groups = PROJECT["dependency-groups"]
    wanted = {
        canonical(name)
        for name in PROJECT["project"]["dependencies"] + groups["local"] + groups["dev"]
    }
    assert wanted <= set(pins())
    assert all(re.fullmatch(r"[0-9][0-9a-z.]*", version) for version in pins().values())


def test_psycopg_3_is_not_installed_beside_psycopg2() -> None:
    # Django would silently prefer it.
    assert not {"psycopg", "psycopg-binary", "psycopg-c"} & set(pins())


@pytest.mark.parametrize("name", ["constraints.txt", "static/package-lock.json"])
def test_a_file_of_pins_contains_no_download_address(name: str) -> None:
    content = (BASE / name).read_text()
    assert '"resolved"' not in content
    assert not re.search(r"--(extra-)?index-url|--find-links|@ ?(https?|file):", content)


def test_every_make_target_is_documented_and_phony() -> None:
    lines = (BASE / "Makefile").read_text().splitlines()
    targets = {line.split(":")[0] for line in lines if re.match(r"[a-z-]+:", line)}
    documented = {line.split(":")[0] for line in lines if re.match(r"[a-z-]+:.*## \S", line)}
    phony = set(next(line for line in lines if line.startswith(".PHONY")).split()[1:])
    assert targets == documented == phony
    assert {"setup", "run", "test", "check", "fmt", "bench", "drill"} <= targets


def modules(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((BASE / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def test_only_the_settings_read_the_environment() -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for path in modules("engines", "apps_runtime", "builder")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in {("os", "environ"), ("os", "getenv")}
    ]
    assert wrong == []


READING = re.compile(r"os\.environ\[|os\.environ\.get\(|os\.getenv\(")


def test_the_configuration_reads_the_environment_in_one_module() -> None:
    """What starts other processes, in `config/local`, hands whole environments on."""
    wrong = [
        str(path.relative_to(BASE))
        for path in modules("config")
        if "local" not in path.parts
        and path.name != "environment.py"
        and READING.search(path.read_text())
    ]
    assert wrong == []


CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter", "time_ns"}
CHANCE = {"uuid1", "uuid4", "token_hex", "token_urlsafe", "urandom", "random", "choice", "shuffle"}


def test_engines_have_no_clock_and_no_chance() -> None:
    """The moment, ids and the actor are arguments: same inputs, same answer."""
    wrong = [
        f"{path.relative_to(BASE)}:{node.lineno} {ast.unparse(node.func)}"
        for path in modules("engines")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time", "uuid", "secrets", "os", "random"}
        and node.func.attr in CLOCKS | CHANCE
    ]
    assert wrong == []


TABLE = re.compile(
    r"(?<!EPOCH )(?<!epoch )\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\s+(?:ONLY\s+)?([a-z_][\w.]*)"
)
# Names that only stand for what the same statement has made.
WITHIN = re.compile(r"\bWITH\s+(?:RECURSIVE\s+)?(\w+)|\)\s*,\s*(\w+)\s+AS\s*\(|\bAS\s+(\w+)")


def test_only_the_store_uses_a_cursor_on_record_tables() -> None:
    """Elsewhere SQL names the platform's own tables; a form's table has the name of its form."""
    wrong = []
    for path in modules("apps_runtime", "builder"):
        tree = ast.parse(path.read_text())
        if "store" in path.parts or not any(
            isinstance(node, ast.Attribute) and node.attr == "cursor" for node in ast.walk(tree)
        ):
            continue
        text = ";\n".join(
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
        made = {name for names in WITHIN.findall(text) for name in names}
        made |= {"unnest", "now", "nextval"}
        wrong += [
            f"{path.relative_to(BASE)}: {name}"
            for name in TABLE.findall(text)
            if name not in made and not name.startswith(("mortise_", "django_", "pg_"))
        ]
    assert wrong == []


def test_only_engines_and_the_store_build_sql() -> None:
    """`identifier` is what makes a key the name of a table or column."""
    wrong = [
        str(path.relative_to(BASE))
        for path in modules("apps_runtime", "builder", "config")
        if "store" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
        and node.module == "engines.sql"
        and {each.name for each in node.names} - {"Sql"}
    ]
    assert wrong == []


def test_no_module_reaches_a_model_by_name() -> None:
    """`get_model("apps_runtime.Person")` is an import that the import contracts cannot see."""
    wrong = [
        f"{path}:{node.lineno}"
        for path in modules(*PACKAGES)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and called_name(node) == "get_model"
    ]
    assert wrong == []


def called_name(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_every_module_begins_with_a_sentence() -> None:
    silent = [
        str(path)
        for path in modules(*PACKAGES)
        if (tree := ast.parse(path.read_text())).body and not ast.get_docstring(tree)
    ]
    assert silent == []


def test_no_test_runs_celery_eagerly() -> None:
    found = subprocess.run(
        ["git", "grep", "-il", "task_always" + "_eager"],
        cwd=BASE,
        check=False,
        capture_output=True,
        text=True,
    )
    assert found.stdout == ""
