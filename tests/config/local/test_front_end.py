"""The front end is installed and built patiently, and in silence unless it fails."""

from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from config.local import front_end


@pytest.fixture
def answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Lets npm answer with these exit codes; the commands it was asked for."""

    def npm_answers(*codes: int) -> list[str]:
        asked: list[str] = []
        left = iter(codes)

        def npm(*arguments: str, output: IO[bytes] | None = None) -> int:
            asked.append(" ".join(arguments))
            if output is not None:
                output.write(b"said much\n")
            return next(left)

        monkeypatch.setattr(front_end, "npm", npm)
        return asked

    for name in ("MODULES", "DIST"):
        folder = tmp_path / name.lower()
        folder.mkdir()
        monkeypatch.setattr(front_end, name, folder)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    return npm_answers


def test_a_registry_that_is_away_is_asked_again(answers: Callable[..., list[str]]) -> None:
    asked = answers(1, 1, 0)
    assert front_end.install() == 0
    assert len(asked) == 3
    assert front_end.install() == 0, "what is installed is not installed again"
    assert len(asked) == 3


def test_a_registry_that_stays_away_is_one_sentence(
    answers: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    answers(1, 1, 1)
    assert front_end.install() == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == "The front end's packages could not be installed: see above."


def test_a_build_speaks_only_when_it_fails(
    answers: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    answers(1, 0)
    assert front_end.build() == 1
    assert "said much" in capsys.readouterr().err
    assert front_end.build() == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("Building the front end …\n", "")
