"""A dump taken while people work, restored as the instructions say, goes on where it was taken.

The commands are those of `docs/how-to/back-up-and-restore.md` and of the service `backup` in
`docker-compose.yml`, run with the programs of the embedded Postgres.
"""

import os
import re
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from config.local import process
from config.local.binaries import postgres_programs
from config.local.home import BASE
from tests.acceptance.client import Client, until
from tests.support import servers
from tests.support.stack import Stack, running_stack

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("stack")]

PAGE = BASE / "docs" / "how-to" / "back-up-and-restore.md"
IN_BACKUP = "docker compose exec backup "
LEAD = {"company": "恢复演练精密有限公司", "contact": "周济", "source": "website", "region": "east"}
LOST = {"company": "备份之后才录入", "contact": "周济", "source": "phone"}


@dataclass(frozen=True, slots=True)
class Restored:
    """The installation after the restore; what it answered when the dump was taken, and then."""

    admin: Client
    before: dict[str, Any]
    after: dict[str, Any]


@contextmanager
def servers_of_their_own() -> Iterator[dict[str, str]]:
    """A Postgres and a Redis that outlive the installation, as in a deployment."""
    folder = Path(tempfile.mkdtemp(prefix="mortise-servers-"))
    found = servers.start(folder)
    try:
        yield {name.upper(): str(found[name]) for name in ("database_url", "redis_url")}
    finally:
        os.kill(int(str(found["keeper"])), signal.SIGTERM)
        process.wait_until(lambda: not folder.exists(), seconds=30)


@pytest.fixture(scope="module")
def restored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restored]:
    """The packaged CRM: started, dumped, written to, stopped, restored, started again."""
    backups = tmp_path_factory.mktemp("backups")
    with servers_of_their_own() as addresses, running_stack(demo=True, **addresses) as stack:
        before = answers(signed_in(stack))
        run_in_backup_service(dump_command(), addresses["DATABASE_URL"], backups)
        signed_in(stack).post("/api/apps/crm/records/lead", LOST)
        stack.stop()
        for command in restore_commands():
            run_in_backup_service(command, addresses["DATABASE_URL"], backups)
        stack.start()
        client = signed_in(stack)
        yield Restored(client, before, answers(client))


def dump_command() -> str:
    """The line of the backup service that writes the dump."""
    compose = yaml.safe_load((BASE / "docker-compose.yml").read_text())
    found = re.search(r"pg_dump [^;&\n]*", compose["services"]["backup"]["command"][-1])
    assert found is not None
    return found[0].replace("$$name.partial", "/backups/mortise-20261122-030000.dump")


def restore_commands() -> list[str]:
    """What the instructions run in the backup service, in their order."""
    block = re.search(r"```sh\n(docker compose stop .*?)```", PAGE.read_text(), re.DOTALL)
    assert block is not None
    lines = block[1].replace("\\\n", " ").splitlines()
    commands = [line.removeprefix(IN_BACKUP) for line in lines if line.startswith(IN_BACKUP)]
    assert lines[0] == "docker compose stop web worker clock"
    assert lines[-1] == "docker compose up -d"
    assert len(commands) == len(lines) - 2 > 2
    return [command.replace("<file>", "mortise-20261122-030000.dump") for command in commands]


def run_in_backup_service(command: str, url: str, backups: Path) -> None:
    """Run a command with the environment of the service; it must succeed without a complaint."""
    parts = urlsplit(url)
    program, *arguments = shlex.split(command.replace("/backups", str(backups)))
    postgres = postgres_programs(backups) / program
    done = subprocess.run(
        [str(postgres) if postgres.exists() else program, *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={
            "PATH": os.environ["PATH"],
            "PGHOST": str(parts.hostname),
            "PGPORT": str(parts.port),
            "PGUSER": str(parts.username),
            "PGDATABASE": parts.path.lstrip("/"),
            "PGPASSWORD": unquote(str(parts.password)),
        },
    )
    assert (done.returncode, done.stderr) == (0, ""), command


def signed_in(stack: Stack) -> Client:
    client = Client(stack.port)
    assert client.sign_in(stack.admin_username, stack.admin_password).status == 200
    return client


def answers(client: Client) -> dict[str, Any]:
    """Counts of all forms, what waits for the administrator, two reports."""
    at = "/api/apps/crm"
    found = {
        form: client.get(f"{at}/records/{form}", count="true", limit=1)["count"]
        for form in ("customer", "lead", "opportunity", "activity", "product", "quote")
    }
    found["assignments"] = client.get("/api/assignments")["assignments"]
    found["reports"] = [
        client.get(f"{at}/reports/{key}")["rows"] for key in ("funnel", "won_amount")
    ]
    return found


def test_everything_is_as_it_was_when_the_dump_was_taken(restored: Restored) -> None:
    """Starting on it brings no sample a second time; what came after the dump is not there."""
    # A worker adds an activity for each new lead, perhaps after the dump.
    after = {**restored.after, "activity": restored.before["activity"]}
    assert after == restored.before
    assert after["customer"]["value"] == 200
    assert len(after["assignments"]) > 1
    missing = restored.admin.get("/api/apps/crm/records/lead", search=LOST["company"])
    assert missing["records"] == []


def test_it_takes_and_finds_new_records_and_its_rules_run(restored: Restored) -> None:
    client = restored.admin
    records = "/api/apps/crm/records/lead"
    newest = max(each["no"] for each in client.get(records, sort="-no")["records"])
    made = client.post(records, LEAD)
    assert made["no"] > newest
    found = client.get(records, search="演练精密")["records"]
    assert [each["id"] for each in found] == [made["id"]]
    address = f"{records}/{made['id']}"
    # The last of the rules that the new lead sets going.
    until(lambda: client.get(address)["next_contact"], "the rule of the first contact")
    version = client.get(address)["version"]
    changed = client.patch(address, {"version": version, "contact": "周济川"})
    assert (changed["contact"], changed["owner"] is None) == ("周济川", False)
    assert client.get(f"{address}/history")["history"]


def test_an_approval_that_was_pending_is_decided(restored: Restored) -> None:
    client = restored.admin
    asked = client.get("/api/assignments")["assignments"][0]
    client.post(f"/api/assignments/{asked['id']}/agree", {"version": asked["version"]})
    quote = client.get(f"/api/apps/crm/records/{asked['form']}/{asked['record']['id']}")
    assert quote["state"] == "approved"


def test_a_changed_application_is_published(restored: Restored) -> None:
    """A new field becomes a column that is written, sorted by and filtered by."""
    client = restored.admin
    at = "/api/builder/applications/crm"
    address = f"{at}/definitions/form/product"
    there = client.call("GET", address)
    body = there.json
    body["fields"]["maker"] = {"type": "text", "label": {"zh-Hans": "厂商", "en": "Maker"}}
    client.put(address, body, If_Match=there.headers["etag"])
    assert client.post(f"{at}/publish")["release"] == 2
    records = "/api/apps/crm/records/product"
    made = client.post(records, {"name": "新网关", "price": "1.50", "maker": "榫卯仪器"})
    assert client.get(records, sort="-maker", limit=1)["records"][0]["id"] == made["id"]
    found = client.get(records, filter="maker = '榫卯仪器'")["records"]
    assert [each["id"] for each in found] == [made["id"]]
