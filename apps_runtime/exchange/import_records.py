"""Imports records from a file, in committed chunks: a killed import goes on where it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from apps_runtime import files, records, works
from apps_runtime.caller import Caller, Through, installed
from apps_runtime.exchange import error_file
from apps_runtime.exchange.cells import Read, Reader
from apps_runtime.exchange.grouped import GroupedProblems
from apps_runtime.exchange.import_people import add_inactive
from apps_runtime.exchange.options import ImportOptions
from apps_runtime.exchange.rehearsal import PRETENDED, Rehearsal
from apps_runtime.exchange.row import Row
from apps_runtime.exchange.table import SourceTable, open_table
from apps_runtime.exchange.targets import known_texts
from apps_runtime.models import Work
from apps_runtime.refusals import not_found
from apps_runtime.store.lookup import ids_by_value
from apps_runtime.texts import message
from engines.forms.field_type import FieldValue, InvalidValue
from engines.forms.plan import FormPlan
from engines.problems import Problem

KIND = "import_records"
CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """One readable row: what is to be done with it."""

    read: Read
    record: int | None = None


@works.runner(KIND)
def run(work: Work) -> None:
    """All checks apply to every row; rules run only where the options say so.

    A chunk is one transaction with the position in the file, so nothing is imported twice.
    """
    if work.file is None:
        raise not_found()
    options = ImportOptions(**work.options)
    table = open_table(files.path_of(work.file), work.file.name, options.sheet)
    job = _Import(work, table, options)
    with error_file.of_failed_rows(work, table.headers):
        if work.total is None or options.dry_run:
            with works.step(work) as row:
                works.begin(row, sum(1 for _ in table.rows()))
        rows = islice(table.rows(), work.position, None)
        while chunk := list(islice(rows, CHUNK)):
            with works.step(work) as row:
                job.do(row, chunk)


class _Import:
    """What stays the same from chunk to chunk."""

    def __init__(self, work: Work, table: SourceTable, options: ImportOptions) -> None:
        self.table = table
        self.options = options
        self.caller = Caller(work.person_id, work.app, Through("import", str(work.pk)))
        self.installed = installed(work.app)
        found = self.installed.plan.forms.get(work.form)
        if found is None:
            raise not_found()
        self.form: FormPlan = found
        self.reader = Reader(self.installed, found, table.headers, options)
        self.headers = {field: header for header, field in options.columns.items()}
        self._known: dict[str, list[str]] = {}
        self._rehearsal = Rehearsal(found, options) if options.dry_run else None

    def do(self, work: Work, chunk: list[Row]) -> None:
        """One chunk, inside the step's transaction."""
        if self.options.create_people:
            self._add_people(chunk)
        grouped = GroupedProblems(work.problems)
        failed: dict[int, str] = {}
        good: list[Read] = []
        for read in self.reader.read(chunk):
            problem = self._reading_problem(read, grouped)
            if problem:
                failed[read.row.line] = problem
            else:
                good.append(read)
        for part in self._parts(good):
            self._write(work, part, grouped, failed)
        if not self.options.dry_run:
            lines = [(row.cells, failed[row.line]) for row in chunk if row.line in failed]
            error_file.keep_part(work, work.position, lines, width=len(self.table.headers))
        work.failed += len(failed)
        work.position += len(chunk)
        work.done += len(chunk)
        work.problems = grouped.as_json()

    def _add_people(self, chunk: list[Row]) -> None:
        """Names nobody has become inactive people; in a dry run they count as known."""
        unknown = self.reader.unknown_people(chunk)
        if self.options.dry_run:
            self.reader.pretend_people(unknown)
            return
        for name in unknown.values():
            add_inactive(name)
        if unknown:
            self.reader.forget_people()

    def _reading_problem(self, read: Read, grouped: GroupedProblems) -> str:
        if read.row.problem:
            grouped.add(read.row.line, read.row.problem)
            return message(Problem("", read.row.problem), self.options.language)
        reasons = []
        for cell in read.problems:
            grouped.add(
                read.row.line,
                cell.code,
                field=cell.field,
                header=cell.header,
                value=cell.value,
                params=cell.params,
                known=self._known_of(cell.field),
            )
            params = {"value": cell.value, **cell.params}
            words = message(Problem("", cell.code, params), self.options.language)
            reasons.append(f"{cell.header}: {words}")
        return "; ".join(reasons)

    def _known_of(self, field: str) -> list[str]:
        if field not in self._known:
            self._known[field] = known_texts(
                self.installed, self.form.by_key[field], self.options.match.get(field)
            )
        return self._known[field]

    def _parts(self, reads: list[Read]) -> Iterator[list[Read]]:
        """Runs of rows with different keys: the second row of a key finds what the first made."""
        if self.options.key is None:
            yield reads
            return
        part: list[Read] = []
        seen: set[object] = set()
        for read in reads:
            key = self._key_of(read)
            if key is not None and key in seen:
                yield part
                part, seen = [], set()
            part.append(read)
            seen.add(key)
        yield part

    def _key_of(self, read: Read) -> FieldValue:
        """The typed value that identifies the row's record; None for a row that has none, or one
        that is refused when it is written."""
        field = self.form.by_key[str(self.options.key)]
        try:
            return field.parse(read.body.get(field.key))
        except InvalidValue:
            return None

    def _records_of(self, values: Iterable[FieldValue]) -> dict[object, list[int]]:
        """Key → ids of the records that it identifies, also of those that a dry run would add."""
        field = self.form.by_key[str(self.options.key)]
        column = field.column
        wanted = {value for value in values if value is not None}
        if column is None or not wanted:
            return {}
        found = ids_by_value(self.form.schema, self.form.table, field.key, column.sql_type, wanted)
        if self._rehearsal is not None:
            self._rehearsal.add_records(found, wanted)
        return found

    def _write(
        self, work: Work, part: Sequence[Read], grouped: GroupedProblems, failed: dict[int, str]
    ) -> None:
        wanted = list(self._wanted(work, part, grouped, failed))
        if self._rehearsal is not None:
            pretended = [each for each in wanted if each.record == PRETENDED]
            work.updated += len(pretended)
            wanted = [each for each in wanted if each.record != PRETENDED]
        outcomes = records.write_rows(
            self.caller,
            self.installed,
            self.form,
            [(each.record, each.read.body) for each in wanted],
            run_rules=self.options.run_rules,
            dry_run=self.options.dry_run,
        )
        if self._rehearsal is not None:
            outcomes = self._rehearsal.outcomes(
                [(each.record, each.read.body) for each in wanted], outcomes
            )
        for each, problems in zip(wanted, outcomes, strict=True):
            if not problems:
                work.updated += each.record is not None
                work.created += each.record is None
                continue
            reasons = []
            for problem in problems:
                field = problem.path.lstrip("/").split("/")[0] or None
                header = self.headers.get(field or "")
                cell = self._cell(each.read.row, header)
                grouped.add(
                    each.read.row.line,
                    problem.code,
                    field=field,
                    header=header,
                    value=cell,
                    params=problem.params,
                )
                words = message(problem, self.options.language)
                reasons.append(f"{header or ''}: {words}".lstrip(": "))
            failed[each.read.row.line] = "; ".join(reasons)

    def _cell(self, row: Row, header: str | None) -> str | None:
        if header is None:
            return None
        return row.cells[self.table.headers.index(header)] or None

    def _wanted(
        self, work: Work, part: Sequence[Read], grouped: GroupedProblems, failed: dict[int, str]
    ) -> Iterator[Wanted]:
        key, mode = self.options.key, self.options.mode
        if key is None:
            yield from (Wanted(read) for read in part)
            return
        values = [self._key_of(read) for read in part]
        found = self._records_of(values)
        for read, value in zip(part, values, strict=True):
            ids = found.get(value, []) if value is not None else []
            code = None
            if value is None and mode != "create":
                code = "import_key_empty"
            elif len(ids) > 1 and mode in ("update", "upsert"):
                code = "import_key_several"
            elif not ids and mode == "update":
                code = "value_not_found"
            if code is not None:
                cell = self._cell(read.row, self.headers.get(key))
                params = {"value": cell or ""}
                grouped.add(
                    read.row.line,
                    code,
                    field=key,
                    header=self.headers.get(key),
                    value=cell,
                    params=params,
                )
                failed[read.row.line] = message(Problem("", code, params), self.options.language)
            elif mode == "skip" and ids:
                work.skipped += 1
            elif mode in ("update", "upsert") and ids:
                yield Wanted(read, ids[0])
            else:
                yield Wanted(read)
