"""What the files of the hardware vendor say: every expected number is counted from them."""

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "data" / "crm_sales"
TEAMS = FOLDER / "sales_teams.csv"
PRODUCTS = FOLDER / "products.csv"
ACCOUNTS = FOLDER / "accounts.csv"
DEALS = FOLDER / "sales_pipeline.csv"


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of deals, and the value of the won ones in whole units of money."""

    deals: int
    stages: Counter[str]
    engaged: int
    won_value: int
    without_account: int
    products: Counter[str]


def rows(path: Path) -> list[dict[str, str]]:
    """The lines of one file by its column names."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def deals() -> tuple[dict[str, str], ...]:
    return tuple(rows(DEALS))


def figures(agents: frozenset[str] | None = None) -> Figures:
    """The numbers over all deals, or over those of some sales agents."""
    chosen = [deal for deal in deals() if agents is None or deal["sales_agent"] in agents]
    return Figures(
        deals=len(chosen),
        stages=Counter(deal["deal_stage"] for deal in chosen),
        engaged=sum(bool(deal["engage_date"]) for deal in chosen),
        won_value=sum(int(deal["close_value"]) for deal in chosen if deal["deal_stage"] == "Won"),
        without_account=sum(not deal["account"] for deal in chosen),
        products=Counter(deal["product"] for deal in chosen),
    )


def team_of(manager: str) -> frozenset[str]:
    """The sales agents whose superior this is."""
    return frozenset(row["sales_agent"] for row in rows(TEAMS) if row["manager"] == manager)
