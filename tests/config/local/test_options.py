"""What may be chosen in the environment, and the one sentence for what makes no sense."""

import pytest

from config.local.options import Options


def test_nothing_needs_to_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PORT", "DATABASE_URL", "REDIS_URL", "MORTISE_WORKER_PROCESSES"):
        monkeypatch.delenv(name, raising=False)
    found = Options.of_environment()
    assert (found.port, found.host, found.database_url, found.redis_url) == (
        8000,
        "127.0.0.1",
        "",
        "",
    )


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("PORT", "80a", "PORT must be a number from 1 to 65535, not '80a'"),
        ("PORT", "70000", "PORT must be a number from 1 to 65535, not '70000'"),
        ("MORTISE_DEMO", "maybe", "MORTISE_DEMO must be 1 or 0, not 'maybe'"),
        ("MORTISE_LASTING", "x", "MORTISE_LASTING must be 1 or 0, not 'x'"),
        *(
            (name, "none", f"{name} must be a number from 1 on, not 'none'")
            for name in ("MORTISE_WORKER_PROCESSES", "MORTISE_WEB_PROCESSES", "MORTISE_WEB_THREADS")
        ),
        ("MORTISE_WORKER_PROCESSES", "0", "MORTISE_WORKER_PROCESSES must be a number from 1 on"),
    ],
)
def test_what_makes_no_sense_is_said(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, sentence: str
) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(ValueError, match="must be") as refused:
        Options.of_environment()
    assert sentence in str(refused.value)
