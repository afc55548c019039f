"""How many of the gold news date phrases are resolved right?

    python benchmarks/dates.py --corpora PATH

PATH is the folder that holds `dates/news_dates_gold.csv` (document_date, phrase, gold). Prints
each phrase that comes out wrong, then the score; then the same for the sentences of our own in
`tests/golden/dates.jsonl`. Exit code 1 below the floors: 40 phrases in 42, and at most 3 sentences wrong.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from datetime import date
from pathlib import Path

from geoevents.dates import NewsDater
from geoevents.model import DateRange, Document, Granularity

FLOOR = 40 / 42
MOST_WRONG = 3
GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden" / "dates.jsonl"


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


def answers(text: str, published: date) -> list[str]:
    """Return the value of each time in the text, ranges of days in full, "vague" where there is none."""
    out = []
    for expression in NewsDater()(Document(text, published=published)).expressions:
        value = expression.value
        if value is None:
            out.append("vague")
        else:
            out.append(notation(value) if value.granularity is Granularity.WEEK else str(value))
    return out


def wrong_sentences() -> list[str]:
    """Return the golden sentences that come out wrong, each with what was read."""
    wrong = []
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        got = answers(row["text"], date.fromisoformat(row["published"]))
        if got != row["expected"]:
            wrong.append(f"{row['text']!r}: {got}, gold {row['expected']}")
    return wrong


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
    golden = wrong_sentences()
    print(*(f"wrong  {line}" for line in golden), sep="\n")
    print(f"{len(golden)} sentences of our own wrong")
    return 0 if rows and right / len(rows) >= FLOOR and len(golden) <= MOST_WRONG else 1


if __name__ == "__main__":
    sys.exit(main())
