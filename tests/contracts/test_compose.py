"""docker-compose.yml describes the same processes as `make run`, and production accepts them."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

BASE = Path(__file__).resolve().parents[2]
CHOSEN = {
    "POSTGRES_PASSWORD": "p0stgres",
    "REDIS_PASSWORD": "r3dis",
    "MORTISE_SECRET_KEY": "0123456789" * 6,
    "MORTISE_URL": "https://crm.example.com",
    "MORTISE_ADMIN_PASSWORD": "joinery-without-nails",
}


def interpolated(text: str) -> str:
    """Replace `${NAME}`, `${NAME:-default}` and `${NAME:?message}` as docker compose does."""

    def value(match: re.Match[str]) -> str:
        name, operator, rest = match.groups()
        if name in CHOSEN:
            return CHOSEN[name]
        assert operator == ":-", f"{name} has no default and the documentation no value"
        return str(rest)

    return re.sub(r"(?<!\$)\$\{(\w+)(?:(:-|:\?)([^}]*))?\}", value, text).replace("$$", "$")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read = yaml.safe_load(interpolated((BASE / "docker-compose.yml").read_text()))
    assert isinstance(read, dict)
    return read


def test_the_file_is_valid() -> None:
    docker = shutil.which("docker")
    has_compose = (
        docker is not None
        and not subprocess.run(
            [docker, "compose", "version"], check=False, capture_output=True
        ).returncode
    )
    if has_compose:
        assert docker is not None
        checked = subprocess.run(
            [docker, "compose", "config", "--quiet"],
            cwd=BASE,
            env={**os.environ, **CHOSEN},
            check=False,
            capture_output=True,
            text=True,
        )
        assert checked.returncode == 0, checked.stderr
    else:
        schema = json.loads((Path(__file__).parent / "compose_schema.json").read_text())
        # The one-off preparation is the only service without a health check.
        schema["$defs"]["service"]["required"].remove("healthcheck")
        read = yaml.safe_load(interpolated((BASE / "docker-compose.yml").read_text()))
        assert [error.message for error in Draft202012Validator(schema).iter_errors(read)] == []


def test_every_service_says_whether_it_is_well(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"prepare", "web", "worker", "clock", "postgres", "redis", "backup"}
    assert all("healthcheck" in services[name] for name in services if name != "prepare")


def test_every_name_that_a_service_uses_is_defined(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert set(service.get("depends_on", {})) <= set(compose["services"])
        assert {volume.split(":")[0] for volume in service.get("volumes", [])} <= set(
            compose["volumes"]
        )


def test_redis_has_a_password(compose: dict[str, Any]) -> None:
    assert "--requirepass" in " ".join(compose["services"]["redis"]["command"])
    assert CHOSEN["REDIS_PASSWORD"] in compose["services"]["web"]["environment"]["REDIS_URL"]


def test_our_processes_and_redis_run_as_ordinary_users(compose: dict[str, Any]) -> None:
    ours = {name: each for name, each in compose["services"].items() if "build" in each}
    assert set(ours) == {"prepare", "web", "worker", "clock"}
    for service in (*ours.values(), compose["services"]["redis"]):
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    assert re.search(r"^USER mortise$", (BASE / "Dockerfile").read_text(), re.MULTILINE)
    assert compose["services"]["redis"]["user"] == "redis"


def test_every_image_says_its_version(compose: dict[str, Any]) -> None:
    images = [service["image"] for service in compose["services"].values()]
    images += re.findall(r"^FROM (\S+)", (BASE / "Dockerfile").read_text(), re.MULTILINE)
    assert len(images) == 9
    assert [each for each in images if not re.search(r":(\d+(\.\d+)?(-slim)?|local)$", each)] == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, None),
        ({"MORTISE_DEBUG": "1"}, "MORTISE_DEBUG must be off"),
        ({"MORTISE_SECRET_KEY": ""}, "MORTISE_SECRET_KEY must be set"),
        ({"MORTISE_SECRET_KEY": "short"}, "at least 50 characters"),
        ({"MORTISE_URL": ""}, "MORTISE_URL must be set"),
        ({"MORTISE_HOSTS": "*"}, "MORTISE_HOSTS must name"),
        ({"REDIS_URL": "redis://redis:6379/0"}, "REDIS_URL must have a password"),
        ({"DATABASE_URL": "postgresql://mortise@db/mortise"}, "DATABASE_URL must have a password"),
        ({"MORTISE_ADMIN_PASSWORD": "admin"}, "MORTISE_ADMIN_PASSWORD must not"),
        ({"MORTISE_ADMIN_PASSWORD": "nails7"}, "MORTISE_ADMIN_PASSWORD must have at least 8"),
    ],
)
def test_production_accepts_these_settings_and_refuses_unsafe_ones(
    compose: dict[str, Any], changes: dict[str, str], sentence: str | None
) -> None:
    variables = {
        "PATH": os.environ["PATH"],
        "MORTISE_MODE": "production",
        **{k: str(v) for k, v in compose["services"]["web"]["environment"].items()},
        **changes,
    }
    read = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=BASE,
        env=variables,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (read.returncode == 0) == (sentence is None), read.stderr
    assert (sentence or "") in read.stderr
