"""An .xlsx file of 100,000 rows (`BENCH_ROWS`) through every check of an import."""

from __future__ import annotations

import io
import os
import threading
import time
from collections.abc import Iterator
from typing import Any

import psutil
import xlsxwriter

from benchmarks import installation, sample
from benchmarks.figure import Figure
from benchmarks.rounds import cpu_of

ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
COLUMNS = {
    "名称": "name",
    "客户": "customer",
    "阶段": "stage",
    "金额": "amount",
    "赢率": "probability",
    "预计成交": "expected_close",
    "地区": "region",
    "来源": "source",
    "电话": "phone",
    "加急": "urgent",
    "备注": "notes",
}


def workbook() -> bytes:
    """Names of customers, not their ids; numbers and dates as a spreadsheet keeps them."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True, "in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, list(COLUMNS))
    for n in range(1, ROWS + 1):
        row = (
            f"导入 {n}",
            f"客户{1 + n % sample.CUSTOMERS}",
            "abcde"[n % 5],
            n * 7919 % 100_000 + 0.5,
            n % 100,
            f"2026-{1 + n % 12:02d}-{1 + n % 28:02d}",
            "华东",
            "展会",
            "13800138000",
            "是" if n % 2 else "否",
            "第一次联系",
        )
        sheet.write_row(n, 0, row)
    book.close()
    return content.getvalue()


def measure() -> Iterator[Figure]:
    person = sample.person()
    from apps_runtime import files, works
    from apps_runtime.exchange import import_records

    file = files.keep_content(
        [workbook()], name="opportunities.xlsx", app=sample.APP, person=person.pk
    )
    options: dict[str, Any] = {
        "columns": COLUMNS,
        "match": {"customer": "name"},
    }
    queued = works.start(
        import_records.KIND,
        person=person.pk,
        app=sample.APP,
        form="opportunity",
        options=options,
        file=file,
    )
    peak = _Peak()
    session = installation.session_of_ours()
    database = cpu_of(session)
    began, own = time.perf_counter(), time.process_time()
    with peak:
        works.run_all()
    wall, own = time.perf_counter() - began, time.process_time() - own
    database = cpu_of(session) - database
    queued.refresh_from_db()
    assert (queued.state, queued.created) == ("done", ROWS), works.as_json(queued)
    yield Figure(f"import of {ROWS:,} rows from .xlsx", wall, "s", budget="≤ 40 s")
    yield Figure("import: CPU of the worker", own, "s")
    yield Figure("import: CPU of the database", database, "s")
    yield Figure("import: memory it took beyond what was there", peak.grown, "MB", budget="bounded")


class _Peak:
    """How much this process has grown at most, in megabytes, looked at ten times a second."""

    def __init__(self) -> None:
        self.grown = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        process = psutil.Process()
        before = process.memory_info().rss
        while not self._stop.wait(0.1):
            grown = (process.memory_info().rss - before) / 2**20
            self.grown = max(self.grown, grown)
