"""Reports: group by, pivot, and who has reached which stage."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from benchmarks import installation, sample
from benchmarks.figure import Figure
from benchmarks.rounds import Way, compared
from benchmarks.sample import APP, RECORDS, TABLE

BARE = {
    "stages": f"SELECT stage, count(*), sum(amount) FROM {TABLE}"
    " WHERE deleted_at IS NULL GROUP BY stage",
    "months": "SELECT date_trunc('month', expected_close)::date, region, count(*), sum(amount)"
    f" FROM {TABLE} WHERE deleted_at IS NULL GROUP BY 1, 2",
}


def measure() -> Iterator[Figure]:
    browser = installation.browser(sample.person())
    session = installation.session_of_ours()
    with installation.bare() as connection:
        bare_session = connection.info.backend_pid
        for report, name in (("stages", "group by"), ("months", "pivot, month × region")):
            ours, bare = compared(
                Way(partial(answer, browser, report), session),
                Way(partial(answer_bare, connection, report), bare_session),
                rounds=9,
                times=5 if RECORDS < 1_000_000 else 1,
            )
            title = f"{name} over {RECORDS:,}"
            yield Figure(f"{title}, over HTTP", ours.wall, "ms", bare.wall, "≤ 1.15 × bare")
            yield Figure(f"{title}: CPU of the database", ours.database, "ms", bare.database)
            yield Figure(f"{title}: CPU of the web process", ours.own, "ms", bare.own)


def answer(browser: installation.Browser, report: str, n: int) -> None:
    status, found = browser.send("GET", f"/api/apps/{APP}/reports/{report}")
    assert status == 200, found


def answer_bare(connection: Any, report: str, n: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE[report])
        cursor.fetchall()
    connection.commit()
