"""How well are distance claims found and judged? Prints tables over the corpora, and each bar.

    python benchmarks/claims.py --corpora PATH [--list] [--refuted]

`--list` prints every length of the news sentences as claim, vague claim or trap; `--refuted` every
published claim of Wikipedia that is refuted, with its arithmetic.
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
from tempfile import TemporaryDirectory

from geoevents.checking import CLAIM_COLUMNS, ClaimChecker, read_claims
from geoevents.claims import DistanceClaimFinder, MentionKind, mentions, parse_claim
from geoevents.gazetteer import Gazetteer
from geoevents.geodesy import LatLon, distance_km
from geoevents.lexicon.hedges import WIND_DEG, WINDS
from geoevents.model import ClaimEnd, Document, Hedge, Outcome, Place, PlaceKind, Verdict
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
    parser.add_argument("--refuted", action="store_true", help="print the published claims that are refuted")
    options = parser.parse_args()
    folder = options.corpora / "distance_claims"
    wikipedia_claims(folder, is_listed=options.refuted)
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


def _bar(name: str, value: float, bar: float, *, is_most: bool = False) -> None:
    """Print a figure with the bar that it is to reach, or to stay below."""
    is_met = value <= bar if is_most else value >= bar
    print(
        f"  bar: {name} {value:.2%} ({'<=' if is_most else '>='} {bar:.1%}): {'met' if is_met else 'MISSED'}"
    )


def _phrase(row: Row, *, factor: float = 1.0, unit: str | None = None, wind: str | None = None) -> str:
    """Write the claim as a phrase; a falsified figure keeps as many significant ones as its model."""
    value = float(row["value"]) * factor
    is_paired = row["unit2"] and factor == 1.0 and unit is None
    pair = f" ({float(row['value2']):g} {row['unit2']})" if is_paired else ""
    direction = row["direction"] if wind is None else wind
    return " ".join(
        filter(None, [row["hedge"], f"{value:g}", (unit or row["unit"]) + pair, row["mode"], direction])
    )


def _verdict(row: Row, phrase: str) -> Verdict | None:
    claim = parse_claim(phrase)
    if claim is None:
        return None
    return verify_distance(_place(row, "subj"), _place(row, "ref"), claim=claim)


def _outcome(row: Row, phrase: str) -> Outcome | None:
    verdict = _verdict(row, phrase)
    return None if verdict is None else verdict.outcome


def _opposite(row: Row) -> str | None:
    wind = WINDS.get(row["direction"].lower(), row["direction"] if row["direction"] in WIND_DEG else None)
    if wind is None:
        return None
    turned = (WIND_DEG[wind] + 180) % 360
    return next(word for word, short in WINDS.items() if WIND_DEG[short] == turned)


def wikipedia_claims(folder: Path, *, is_listed: bool) -> None:
    """Print outcomes of the real claims and of the falsified ones."""
    rows = [r for r in _rows(folder / "wikipedia_with_coordinates.csv") if r["subj_cc"] == r["ref_cc"]]
    parsed = sum(_is_parsed(row) for row in rows) / len(rows)
    print(f"Wikipedia claims, same country: {len(rows)}")
    _bar("parsed", parsed, 0.99)
    print(f"{'':24}{'n':>6}" + "".join(f"{name:>15}" for name in _OUTCOMES))
    published = {id(row): _verdict(row, _phrase(row)) for row in rows}
    held = [row for row in rows if (v := published[id(row)]) is not None and v.outcome in _HOLDS]
    shares = {"as published": _print_outcomes("as published", rows)}
    for name, build in _FALSIFIED.items():
        shares[name] = _print_outcomes(name, [r for r in held if build(r) is not None], build)
    _bar("refuted as published", shares["as published"][Outcome.REFUTED], 0.02, is_most=True)
    for name, bar in (("halved", 0.8), ("tripled", 0.75), ("tenfold", 0.99), ("wind turned by 180", 0.99)):
        _bar(f"{name}, caught", shares[name][Outcome.REFUTED], bar)
    _why_refuted(
        [(row, v) for row in rows if (v := published[id(row)]) and v.outcome is Outcome.REFUTED], len(rows)
    )
    if is_listed:
        for verdict in published.values():
            if verdict is not None and verdict.outcome is Outcome.REFUTED:
                print("   ", verdict.reason)


def _why_refuted(refuted: list[tuple[Row, Verdict]], total: int) -> None:
    """Print why the published claims that are refuted are so, by what the points themselves say.

    The points are silver: each end had a unique name among the places of 500 people and more, which
    does not keep the text from meaning a smaller namesake.
    """
    causes = Counter(_cause(verdict) for _, verdict in refuted)
    for cause, count in causes.most_common():
        print(f"    {count:>4}  {count / total:.2%}  {cause}")
    elsewhere = causes[_ELSEWHERE]
    share = (len(refuted) - elsewhere) / (total - elsewhere)
    print(f"  without those whose point is another place: {share:.2%}")


_ELSEWHERE = "the points lie over twice and 20 km too far apart: by reading, another place of the name"


def _cause(verdict: Verdict) -> str:
    claimed, measured = verdict.claim.claimed, verdict.measured
    if claimed is None or measured is None:
        return "no interval"
    if measured.low > 2 * claimed.high and measured.low > claimed.high + 20:
        return _ELSEWHERE
    if claimed.low > measured.high:
        return "more than 1.8 times the straight line"
    if claimed.overlaps(measured):
        return "the wind is wrong as published"
    if measured.low <= 1.2 * claimed.high:
        return "too short by less than a fifth"
    return "too short by more than a fifth"


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
    "wind turned by 90": lambda r: _phrase(r, wind=w) if (w := _beside(r)) else None,
}


def _beside(row: Row) -> str | None:
    wind = WINDS.get(row["direction"].lower())
    if wind is None:
        return None
    turned = (WIND_DEG[wind] + 90) % 360
    return next(word for word, short in WINDS.items() if WIND_DEG[short] == turned)


def _print_outcomes(
    name: str, rows: list[Row], build: Callable[[Row], str | None] = _phrase
) -> dict[Outcome, float]:
    counts = Counter(_outcome(row, build(row) or "") for row in rows)
    shares = {outcome: counts[outcome] / max(1, len(rows)) for outcome in Outcome}
    print(f"{name:24}{len(rows):>6}" + "".join(f"{shares[Outcome(o)]:>15.2%}" for o in _OUTCOMES))
    return shares


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
    print(f"\npaired units: known errors flagged {len(caught)} of {len(errors)} (bar: all but one)")
    for error in errors:
        if error not in caught:
            print("  missed:", error["n"], error["unit"], error["n2"], error["unit2"])
    others = [r["sentence"] for r in _sentences(folder / "wikipedia_sentences.jsonl.gz")]
    found = [(ok, said) for s in others if s not in known for ok, said in _pairs(s)]
    flagged = [said for ok, said in found if not ok]
    print(f"paired units: others flagged {len(flagged)} of {len(found)} ({len(flagged) / len(found):.3%})")
    _bar("others flagged", len(flagged) / len(found), 0.001, is_most=True)
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
    for row, verdict in zip(rows, _news_verdicts(rows), strict=True):
        label = "contradicted" if "contradicted" in row["dir_class"] else row["dist_class"]
        table[label, str(verdict.outcome)] += 1
    for (label, outcome), count in sorted(table.items()):
        print(f"  {label:28}{outcome:16}{count:>4}")
    wrong = sum(n for (label, outcome), n in table.items() if label in _NOT_TRUE and outcome == "supported")
    print(
        f"  bar: supported against a label of contradiction: {wrong} (none): {'met' if not wrong else 'MISSED'}"
    )


def _news_verdicts(rows: list[Row]) -> list[Verdict]:
    """Judge the claims as a table of them: points as given, sizes from the gazetteer."""
    columns = CLAIM_COLUMNS[:7]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "claims.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            for row in rows:
                phrase = " ".join(filter(None, [row["hedge"], row["n"], row["u"], row["dir"]]))
                ends = [row[f"{end}{cell}"] for end in ("subj", "ref") for cell in ("", "_lat", "_lon")]
                writer.writerow([*ends, phrase])
        return list(ClaimChecker(Gazetteer.load)(read_claims(path, on_error=print)))


_NOT_TRUE = {"contradicted", "exceeds_claim", "too_short_even_by_road"}


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
    started = time.process_time()
    wrong = [(row, said) for row in rows if (said := _wrong_ends(row)) is not None]
    speed = len(rows) / (time.process_time() - started)
    print(f"\nnews claims, all of it right from the bare sentence: {len(rows) - len(wrong)} of {len(rows)}")
    _bar("all right", 1 - len(wrong) / len(rows), 0.85)
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
    found = [(text, mention) for text in texts for mention in mentions(text)]
    counts = Counter(mention.kind.value for _, mention in found)
    print(f"\nnews sentences: {len(texts)}, {dict(sorted(counts.items()))}")
    finder = DistanceClaimFinder()
    speeds = []
    for _ in range(3):
        started = time.process_time()
        for number, text in enumerate(texts):
            finder(Document(text, id=str(number)), (), (), ())
        speeds.append(len(texts) / (time.process_time() - started))
    print(f"  bar: {max(speeds):,.0f} sentences a second by the processor (>= 2,000)")
    if is_listed:
        for kind in MentionKind:
            print(f"\n{kind.value}")
            for text, mention in found:
                if mention.kind is kind:
                    around = text[max(0, mention.span.start - 50) : mention.span.end + 40].replace("\n", " ")
                    print(f"  [{mention.why or mention.link}] {mention.span.of(text)!r} in {around!r}")


if __name__ == "__main__":
    main()
