"""One measured figure and how it is printed; a benchmark is a file with `measure()`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: `bare` is the same work as hand-written psycopg2 SQL, in the same unit.

    `budget` is the sentence of the design that the figure is held against.
    """

    name: str
    value: float
    unit: str
    bare: float | None = None
    budget: str = ""

    def line(self) -> str:
        bare = f"{self.bare:12,.2f} {self.value / self.bare:8.2f}×" if self.bare else " " * 22
        return f"{self.name:<60} {self.value:12,.2f} {self.unit:<10} {bare}  {self.budget}".rstrip()


HEADING = f"{'':<60} {'ours':>12} {'':<10} {'bare':>12} {'ours/bare':>9}  budget"


class Benchmark(Protocol):
    """What every `bench_<subject>.py` must have."""

    def measure(self) -> Iterable[Figure]: ...
