"""Where an installation keeps its state on this machine: `.local/`, or `MORTISE_HOME`."""

import hashlib
import os
import pwd
import secrets
from dataclasses import dataclass
from pathlib import Path

from config import environment

BASE = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one installation; all processes that belong to it know its path."""

    root: Path

    @classmethod
    def of_environment(cls) -> "Home":
        """The home that the environment names, made if it is not there."""
        root = Path(environment.text("MORTISE_HOME", str(BASE / ".local"))).resolve()
        root.mkdir(parents=True, exist_ok=True)
        return cls(root)

    @property
    def logs(self) -> Path:
        folder = self.root / "logs"
        folder.mkdir(exist_ok=True)
        return folder

    @property
    def sign_in(self) -> Path:
        return self.root / "sign-in.txt"

    def servers(self) -> Path:
        """The folder of the embedded servers' data, readable by the user that they run as.

        As root they run as `nobody`, who cannot reach into a checkout under /root: then the data
        live under /var/lib and `.local/servers` points there.
        """
        inside = self.root / "servers"
        if servers_user() is None or reachable_by_others(self.root):
            inside.mkdir(exist_ok=True)
            return inside
        name = hashlib.sha256(str(self.root).encode()).hexdigest()[:16]
        outside = Path("/var/lib/mortise") / name
        outside.mkdir(parents=True, exist_ok=True)
        if not inside.is_symlink():
            inside.symlink_to(outside)
        return outside

    def secret(self, name: str) -> str:
        """The secret of that name, made on first use and kept readable by the owner alone."""
        path = self.root / name
        if not path.exists():
            write_private(path, secrets.token_urlsafe(48))
        return path.read_text().strip()


def write_private(path: Path, content: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
    partial.replace(path)


def servers_user() -> pwd.struct_passwd | None:
    """Whom to run the embedded servers as: `nobody` for root (Postgres refuses root), else us."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def reachable_by_others(path: Path) -> bool:
    """Whether every folder down to `path` may be entered by other users."""
    return all(part.stat().st_mode & 0o001 for part in (path, *path.parents))
