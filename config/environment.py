"""Reads the variables of the environment into typed values for `config.settings`."""

import os
from urllib.parse import unquote, urlsplit


def text(name: str, default: str = "") -> str:
    """The variable's text, without surrounding blanks; `default` where it is absent or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """Whether the variable says yes; refuses words that are neither yes nor no."""
    word = text(name).lower()
    if not word:
        return default
    if word in ("1", "true", "yes", "on"):
        return True
    if word in ("0", "false", "no", "off"):
        return False
    raise ValueError(f"{name} must be 1 or 0, not {word!r}")


def names(name: str) -> list[str]:
    """The variable's comma-separated names."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def database(url: str, *, options: str) -> dict[str, object]:
    """Django's database settings for `postgresql://person:password@host:port/name`.

    A path as host (`postgresql://person@%2Frun%2Fpostgresql/name`) means a Unix socket. `options`
    are libpq start-up options, such as timeouts.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError("DATABASE_URL must begin with postgresql://")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "config.database",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "OPTIONS": {
            "connect_timeout": 5,
            "application_name": "mortise",
            "options": options,
            **{key: unquote(value) for key, value in query.items()},
        },
    }
