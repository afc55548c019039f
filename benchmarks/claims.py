"""How well are distance claims found and judged? Prints tables over the corpora.

    python benchmarks/claims.py --corpora PATH [--list]

`--list` prints every length of the news sentences as claim, vague claim or trap.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from geoevents.claims import MentionKind, mentions, parse_claim
from geoevents.geodesy import LatLon, distance_km
from geoevents.lexicon.hedges import WIND_DEG, WINDS
from geoevents.model import ClaimEnd, Hedge, Outcome, Place, PlaceKind
from geoevents.pipeline import analyze
from geoevents.text import name_key
from geoevents.verification import units_agree, verify_distance

Row = dict[str, str]
_OUTCOMES = [outcome.value for outcome in Outcome]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder with distance_claims/ in it")
    parser.add_argument("--list", action="store_true", help="print what the news sentences mention")
    options = parser.parse_args()
    folder = options.corpora / "distance_claims"
    wikipedia_claims(folder)
    paired_units(folder)
    news_claims(folder)
    news_ends(folder)
    news_sentences(folder, is_listed=options.list)


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _sentences(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _place(row: Row, end: str) -> Place:
    population = row.get(f"{end}_pop")
    return Place(
        end,
        (row.get(end) or row["subject"]).replace("_", " "),
        point=LatLon(lat=float(row[f"{end}_lat"]), lon=float(row[f"{end}_lon"])),
        kind=PlaceKind.SETTLEMENT,
        population=int(float(population)) if population else None,
    )


def _phrase(row: Row, *, factor: float = 1.0, unit: str | None = None, wind: str | None = None) -> str:
    """Write the claim as a phrase; a falsified figure keeps as many significant ones as its model."""
    value = float(row["value"]) * factor
    pair = f" ({row['value2']} {row['unit2']})" if row["unit2"] and factor == 1.0 and unit is None else ""
    direction = row["direction"] if wind is None else wind
    return " ".join(
        filter(None, [row["hedge"], f"{value:g}", (unit or row["unit"]) + pair, row["mode"], direction])
    )


def _outcome(row: Row, phrase: str) -> Outcome | None:
    claim = parse_claim(phrase)
    if claim is None:
        return None
    return verify_distance(_place(row, "subj"), _place(row, "ref"), claim=claim).outcome


def _opposite(row: Row) -> str | None:
    wind = WINDS.get(row["direction"].lower(), row["direction"] if row["direction"] in WIND_DEG else None)
    if wind is None:
        return None
    turned = (WIND_DEG[wind] + 180) % 360
    return next(word for word, short in WINDS.items() if WIND_DEG[short] == turned)


def wikipedia_claims(folder: Path) -> None:
    """Print outcomes of the real claims and of the falsified ones."""
    rows = [r for r in _rows(folder / "wikipedia_with_coordinates.csv") if r["subj_cc"] == r["ref_cc"]]
    parsed = sum(_is_parsed(row) for row in rows)
    print(f"Wikipedia claims, same country: {len(rows)}, parsed right {parsed / len(rows):.2%}")
    print(f"{'':24}{'n':>6}" + "".join(f"{name:>15}" for name in _OUTCOMES))
    held = [row for row in rows if _outcome(row, _phrase(row)) in _HOLDS]
    _print_outcomes("as published", rows)
    for name, build in _FALSIFIED.items():
        _print_outcomes(name, [r for r in held if build(r) is not None], build)


_HOLDS = {Outcome.SUPPORTED, Outcome.CONSISTENT}
_FALSIFIED: dict[str, Callable[[Row], str | None]] = {
    "halved": lambda r: _phrase(r, factor=0.5),
    "doubled": lambda r: _phrase(r, factor=2),
    "tripled": lambda r: _phrase(r, factor=3),
    "tenfold": lambda r: _phrase(r, factor=10),
    "a tenth": lambda r: _phrase(r, factor=0.1),
    "km read as miles": lambda r: _phrase(r, unit="miles") if r["unit"].startswith("k") else None,
    "miles read as km": lambda r: _phrase(r, unit="km") if r["unit"].startswith("mi") else None,
    "wind turned by 180": lambda r: _phrase(r, wind=w) if (w := _opposite(r)) else None,
}


def _print_outcomes(name: str, rows: list[Row], build: Callable[[Row], str | None] = _phrase) -> None:
    counts = Counter(_outcome(row, build(row) or "") for row in rows)
    shares = "".join(f"{counts[Outcome(o)] / max(1, len(rows)):>15.2%}" for o in _OUTCOMES)
    print(f"{name:24}{len(rows):>6}{shares}")


def _is_parsed(row: Row) -> bool:
    """Say whether the grammar finds the row's amount and direction in its bare sentence."""
    wanted = WINDS.get(row["direction"].lower(), row["direction"] or None)
    return any(
        abs(m.amount.low - float(row["value"])) < 1e-6 and m.direction == wanted
        for m in mentions(row["sentence"])
        if m.kind is MentionKind.CLAIM
    )


def paired_units(folder: Path) -> None:
    """Print how many known errors of conversion are flagged, and how many other pairs."""
    errors = _rows(folder / "paired_unit_errors.csv")
    known = {e["sentence"] for e in errors}
    caught = [e for e in errors if any(not ok for ok, _ in _pairs(e["sentence"]))]
    print(f"\npaired units: known errors flagged {len(caught)} of {len(errors)}")
    for error in errors:
        if error not in caught:
            print("  missed:", error["n"], error["unit"], error["n2"], error["unit2"])
    others = [r["sentence"] for r in _sentences(folder / "wikipedia_sentences.jsonl.gz")]
    found = [(ok, said) for s in others if s not in known for ok, said in _pairs(s)]
    flagged = [said for ok, said in found if not ok]
    print(f"paired units: others flagged {len(flagged)} of {len(found)} ({len(flagged) / len(found):.3%})")
    print("  flagged:", "; ".join(flagged[:60]))


def _pairs(sentence: str) -> Iterator[tuple[bool, str]]:
    for mention in mentions(sentence):
        amount = mention.amount
        if amount.paired is not None and amount.figure is not None and mention.kind is not MentionKind.TRAP:
            yield units_agree(amount.figure, amount.paired), mention.amount.span.of(sentence)


def news_claims(folder: Path) -> None:
    """Print how many claims of conflict news are read right, and what verdicts they get."""
    rows = _rows(folder / "news_with_coordinates.csv")
    right = [row for row in rows if _news_reading(row)]
    print(f"\nnews claims with coordinates: amount, hedge and direction right {len(right)} of {len(rows)}")
    for row in rows:
        if row not in right:
            print("  missed:", row["hedge"], row["n"], row["u"], row["dir"], "|", row["sentence"][:120])
    table: Counter[tuple[str, str]] = Counter()
    for row in rows:
        phrase = " ".join(filter(None, [row["hedge"], row["n"], row["u"], row["dir"]]))
        label = "contradicted" if "contradicted" in row["dir_class"] else row["dist_class"]
        table[label, str(_outcome(row, phrase))] += 1
    for (label, outcome), count in sorted(table.items()):
        print(f"  {label:28}{outcome:16}{count:>4}")


def _news_reading(row: Row) -> bool:
    hedges = {"": {Hedge.EXACT}, "nearly": {Hedge.NEARLY}}.get(row["hedge"], {Hedge.ABOUT})
    return any(
        m.amount.low == float(row["n"].replace(",", ""))
        and m.direction == WINDS.get(row["dir"])
        and m.amount.hedge in hedges
        and (m.amount.paired is not None) == bool(row["n2"])
        for m in mentions(row["sentence"])
        if m.kind is MentionKind.CLAIM
    )


def news_ends(folder: Path) -> None:
    """Print how many claims of conflict news are read right with both ends, by the whole pipeline.

    An end is right when it is called by its name, or resolved to within 25 km of the gold point.
    """
    rows = _rows(folder / "news_with_coordinates.csv")
    started = time.perf_counter()
    wrong = [(row, said) for row in rows if (said := _wrong_ends(row)) is not None]
    speed = len(rows) / (time.perf_counter() - started)
    print(f"\nnews claims, all of it right from the bare sentence: {len(rows) - len(wrong)} of {len(rows)}")
    print(f"  whole pipeline: {speed:,.0f} sentences a second")
    for row, said in wrong:
        print(f"  {row['subj']} -> {row['ref']}, read: {said}")


def _wrong_ends(row: Row) -> str | None:
    claims = [verdict.claim for verdict in analyze(row["sentence"]).verdicts]
    matching = [
        c
        for c in claims
        if c.figure is not None
        and c.figure.value == float(row["n"].replace(",", ""))
        and c.direction == WINDS.get(row["dir"])
    ]
    if any(_is_end(c.subject, row, "subj") and _is_end(c.reference, row, "ref") for c in matching):
        return None
    return "; ".join(f"{c.subject.text} -> {c.reference.text}" for c in matching or claims) or "nothing"


def _is_end(end: ClaimEnd, row: Row, role: str) -> bool:
    gold = row[role].strip(" -").lower()
    if name_key(gold.split(",")[0]) in name_key(end.text):
        return True
    place = end.resolution.place if end.resolution is not None else None
    point = LatLon(lat=float(row[f"{role}_lat"]), lon=float(row[f"{role}_lon"]))
    return place is not None and distance_km(place.point, point) <= 25


def news_sentences(folder: Path, *, is_listed: bool) -> None:
    """Print what the lengths of the news sentences are taken for, and how fast that goes."""
    texts = [row["sentence"] for row in _sentences(folder / "news_sentences.jsonl.gz")]
    started = time.perf_counter()
    found = [(text, mention) for text in texts for mention in mentions(text)]
    speed = len(texts) / (time.perf_counter() - started)
    counts = Counter(mention.kind.value for _, mention in found)
    print(f"\nnews sentences: {len(texts)}, {dict(sorted(counts.items()))}, {speed:,.0f} sentences a second")
    if is_listed:
        for kind in MentionKind:
            print(f"\n{kind.value}")
            for text, mention in found:
                if mention.kind is kind:
                    around = text[max(0, mention.span.start - 50) : mention.span.end + 40].replace("\n", " ")
                    print(f"  [{mention.why or mention.link}] {mention.span.of(text)!r} in {around!r}")


if __name__ == "__main__":
    main()
