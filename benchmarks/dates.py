"""How many of the gold news date phrases are resolved right?

    python benchmarks/dates.py --corpora PATH

PATH is the folder that holds `dates/news_dates_gold.csv` (document_date, phrase, gold). Prints
each phrase that comes out wrong, then the score. Exit code 1 below the floor of 40 phrases in 42.
"""

from __future__ import annotations

import argparse
import csv
import sys
from datetime import date
from pathlib import Path

from geoevents.dates import NewsDater
from geoevents.model import DateRange, Document, Granularity

FLOOR = 40 / 42


def answer(phrase: str, published: date) -> str:
    """Return the value of the phrase in the gold's notation."""
    expressions = NewsDater()(Document(phrase, published=published)).expressions
    if not expressions:
        return "none"
    first = expressions[0]
    if first.value is None:
        return "ambig" if "two ways" in first.reason else "vague"
    return notation(first.value)


def notation(value: DateRange) -> str:
    """Return the value as the gold writes it: 2016-W23 for a week, 2016-06-18/19 for two days."""
    if value.granularity is Granularity.WEEK:
        year, week, _ = value.start.isocalendar()
        return f"{year}-W{week:02d}"
    if value.granularity is Granularity.RANGE and f"{value.start:%Y-%m}" == f"{value.end:%Y-%m}":
        return f"{value.start}/{value.end:%d}"
    return str(value)


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the corpora")
    path = parser.parse_args().corpora / "dates" / "news_dates_gold.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = 0
    for row in rows:
        got = answer(row["phrase"], date.fromisoformat(row["document_date"]))
        if got != row["gold"]:
            wrong += 1
            print(f"wrong  {row['document_date']}  {row['phrase']!r}: {got}, gold {row['gold']}")
    right = len(rows) - wrong
    print(f"{right} of {len(rows)} phrases right")
    return 0 if rows and right / len(rows) >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
