"""Installs the front end's packages and builds static/dist, each only if its sources changed."""

import fcntl
import gzip
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from config.local.home import BASE
from config.local.npm import STATIC, npm

MODULES = STATIC / "node_modules"
DIST = STATIC / "dist"
COMPRESSED = {".js", ".css", ".svg", ".json"}


def main() -> int:
    with (BASE / ".venv" / "front-end.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two builds at once would mix their files
        return install() or build()


def install() -> int:
    """`npm ci`, unless what is installed came from this very lock file."""
    wanted = digest([STATIC / "package.json", STATIC / "package-lock.json"])
    stamp = MODULES / ".installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return 0
    print("Installing the front end's packages …", flush=True)
    if code := npm("ci", "--no-audit", "--no-fund", "--loglevel=error"):
        print("npm ci failed.", file=sys.stderr)
        return code
    stamp.write_text(wanted)
    return 0


def build() -> int:
    """`npm run build`, unless dist was built from these very sources."""
    wanted = digest(sources())
    stamp = DIST / ".built"
    if stamp.exists() and stamp.read_text() == wanted:
        return 0
    print("Building the front end …", flush=True)
    if code := npm("run", "--silent", "build"):
        print("The front end could not be built.", file=sys.stderr)
        return code
    compress()
    stamp.write_text(wanted)
    return 0


def sources() -> Iterator[Path]:
    """Every file under static/ that the build may read."""
    for folder, folders, files in os.walk(STATIC):
        folders[:] = sorted(set(folders) - {"node_modules", "dist", "coverage"})
        yield from (Path(folder) / name for name in sorted(files))


def digest(paths: list[Path] | Iterator[Path]) -> str:
    """A hash over the names and contents of the files."""
    whole = hashlib.sha256()
    for path in paths:
        content = path.read_bytes()
        whole.update(f"{path.relative_to(STATIC)}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def compress() -> None:
    """Write a .gz beside each text file of dist: whitenoise serves it, nobody compresses twice."""
    for path in DIST.rglob("*"):
        if path.suffix in COMPRESSED and path.stat().st_size > 500:
            packed = gzip.compress(path.read_bytes(), 9, mtime=0)
            path.with_name(path.name + ".gz").write_bytes(packed)


if __name__ == "__main__":
    if not (STATIC / "package.json").exists():
        sys.exit(0)
    sys.exit(main())
