"""How often are types, places and golden sentences coded right?

    python benchmarks/events.py --corpora PATH

Prints, for the corpora under PATH: sub-type and type accuracy on the snippets of CASE 2021 (over
ACLED's labels), token precision and recall of "where did it happen" given the verb on the items of
the event location corpus, how often "no place" is seen, and detection on the golden sentences.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geoevents.events import ClauseEventCoder, locate, locating_names, main_event
from geoevents.gazetteer import Gazetteer
from geoevents.model import Document, Event, Resolution, SubType, Timeline
from geoevents.pipeline import Pipeline
from geoevents.text import Span

GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden" / "events.jsonl"
LABELS = {
    "AIR_STRIKE": SubType.AIR_STRIKE,
    "AGREEMENT": SubType.AGREEMENT,
    "PEACE_PROTEST": SubType.PEACEFUL_PROTEST,
    "GOV_REGAINS_TERIT": SubType.GOVERNMENT_REGAINS,
    "PROPERTY_DISTRUCT": SubType.LOOTING,
    "GRENADE": SubType.GRENADE,
    "DISR_WEAP": SubType.DISRUPTED_WEAPONS,
    "ARMED_CLASH": SubType.ARMED_CLASH,
    "MOB_VIOL": SubType.MOB_VIOLENCE,
    "PROTEST_WITH_INTER": SubType.PROTEST_WITH_INTERVENTION,
    "ART_MISS_ATTACK": SubType.SHELLING,
    "CHANGE_TO_GROUP_ACT": SubType.CHANGE_TO_GROUP,
    "ARREST": SubType.ARRESTS,
    "REM_EXPLOS": SubType.REMOTE_EXPLOSIVE,
    "SUIC_BOMB": SubType.SUICIDE_BOMB,
    "VIOL_DEMONSTR": SubType.VIOLENT_DEMONSTRATION,
    "CHEM_WEAP": SubType.CHEMICAL_WEAPON,
    "SEX_VIOL": SubType.SEXUAL_VIOLENCE,
    "HQ_ESTABLISHED": SubType.BASE_ESTABLISHED,
    "FORCE_AGAINST_PROTEST": SubType.EXCESSIVE_FORCE,
    "NON_STATE_ACTOR_OVERTAKES_TER": SubType.NON_STATE_OVERTAKES,
    "ATTACK": SubType.ATTACK,
    "NON_VIOL_TERRIT_TRANSFER": SubType.NON_VIOLENT_TRANSFER,
    "ABDUCT_DISSAP": SubType.ABDUCTION,
    "OTHER": SubType.OTHER,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence, the verb of its event and the spans of the places where it happened."""

    text: str
    verb: Span
    places: tuple[Span, ...]


def read_items(path: Path) -> Iterator[Item]:
    """Yield the items; spans that are word numbers and not characters are put right."""
    with gzip.open(path / "event_location" / "items.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            verb = next((s for s in row["spans"] if s["label"] == "VERB"), None)
            if verb is None:
                continue
            words = _spacy_words(row["text"])
            places = [_place(row["text"], words, s) for s in row["spans"] if s["label"] == "LOCATION"]
            if all(p is not None for p in places):
                yield Item(
                    row["text"], Span(verb["start"], verb["end"]), tuple(p for p in places if p is not None)
                )


# How the annotation's tokenizer cut words, as far as its word numbers tell.
_SPACY = re.compile(r"[A-Z]\.(?:[A-Z]\.)+|\d[\d.,]*\d|'s|’s|\w+|[^\w\s]|\s{2,}")


def _spacy_words(text: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in _SPACY.finditer(text)]


def _place(text: str, words: list[tuple[int, int]], span: dict[str, int]) -> Span | None:
    start, end = span["start"], span["end"]
    covered = text[start:end]
    if (
        len(covered) > 1
        and covered == covered.strip()
        and covered[0].isupper()
        and _is_edge(text, start, end)
    ):
        return Span(start, end)
    if start <= end < len(words):
        found = Span(words[start][0], words[end][1])
        if found.of(text)[:1].isupper() or found.of(text)[:3] in {"al-", "the"}:
            return found
    return None


def _is_edge(text: str, start: int, end: int) -> bool:
    return (start == 0 or not text[start - 1].isalnum()) and (end == len(text) or not text[end].isalnum())


def measure_locations(path: Path, pipeline: Pipeline, *, limit: int) -> None:
    """Print token precision and recall of the place, and accuracy where there is none."""
    counts: Counter[str] = Counter()
    for number, item in enumerate(read_items(path)):
        if number % max(1, 6201 // limit):
            continue
        document = Document(item.text)
        resolutions = located_names(pipeline, document)
        found = {i for s in locate(document, item.verb, resolutions) for i in word_starts(item.text, s)}
        gold = {i for s in item.places for i in word_starts(item.text, s)}
        counts["hit"] += len(found & gold)
        counts["predicted"] += len(found)
        counts["gold"] += len(gold)
        counts["empty"] += not gold
        counts["empty seen"] += not gold and not found
    print("event_location, fitted to these (training/event_location.py --folds 5 cross-validates)")
    print(f"  {score_line(counts)}")


def located_names(pipeline: Pipeline, document: Document) -> tuple[Resolution, ...]:
    """Return the names that the pipeline gives to its events; annotators mark no descriptions."""
    return locating_names(pipeline.resolve(document, pipeline.recognize(document)))


def score_line(counts: Counter[str]) -> str:
    """Return the three figures in words."""
    return (
        f"token precision {counts['hit'] / max(1, counts['predicted']):.3f}  "
        f"recall {counts['hit'] / max(1, counts['gold']):.3f}  "
        f"no place seen {counts['empty seen'] / max(1, counts['empty']):.3f}"
    )


def word_starts(text: str, span: Span) -> set[int]:
    """Return where the words of a span start."""
    return {span.start + m.start() for m in re.finditer(r"\w+", span.of(text))}


def measure_types(path: Path, pipeline: Pipeline) -> None:
    """Print how often the main event of a snippet has the annotated sub-type, and type."""
    counts: Counter[str] = Counter()
    with (path / "event_types" / "case2021.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["SubType"] not in LABELS:
                continue
            gold = LABELS[row["SubType"]]
            event = main_event(pipeline(row["EventSnippet"]).events)
            counts["all"] += 1
            counts["found"] += event is not None
            counts["sub"] += event is not None and event.sub_type is gold
            counts["type"] += event is not None and event.type is gold.event_type
    print(f"case2021 ({counts['all']} snippets with an ACLED label)")
    print(f"  with an event     {counts['found'] / counts['all']:.3f}")
    print(f"  sub-type right    {counts['sub'] / counts['all']:.3f}")
    print(f"  type right        {counts['type'] / counts['all']:.3f}")


def measure_golden() -> None:
    """Print detection on the golden sentences, and the sentences that went wrong."""
    hits = wrong = missed = 0
    coder = ClauseEventCoder()
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        events: tuple[Event, ...] = coder(Document(row["text"]), (), Timeline(None, ()), ())
        found = Counter(e.sub_type.value for e in events)
        gold = Counter(event["sub_type"] for event in row["events"])
        hits += (found & gold).total()
        wrong += (found - gold).total()
        missed += (gold - found).total()
        if found != gold:
            print(f"    {row['text']!r}: {dict(found)} for {dict(gold)}")
    print(f"golden sentences: F1 {2 * hits / max(1, 2 * hits + wrong + missed):.3f}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--items", type=int, default=2000, help="how many event location items, evenly")
    options = parser.parse_args()
    pipeline = Pipeline.over(Gazetteer.load())
    measure_golden()
    measure_types(options.corpora, pipeline)
    measure_locations(options.corpora, pipeline, limit=options.items)


if __name__ == "__main__":
    main()
