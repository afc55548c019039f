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
from dataclasses import dataclass, replace
from pathlib import Path

from geoevents.events import ClauseEventCoder, main_event
from geoevents.events.location import locate
from geoevents.events.reading import Passage, read
from geoevents.gazetteer import Gazetteer
from geoevents.lexicon.triggers import lemma
from geoevents.model import Document, Event, Resolution, SubType, Timeline, Toponym
from geoevents.pipeline import Pipeline
from geoevents.text import Span, name_key

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


_PROPER = r"(?:[A-Z][\w'’‘-]+|[Aa]l-[‘'’]?[A-Z][\w'’‘-]+)"
_RUN = rf"({_PROPER}(?:\s(?:al-|el-\s?|de\s|of\s)?{_PROPER}){{0,3}})"
_KIND = (
    r"(?:area|district|district|township|town|village|villages|towns|base|province|city|neighborhood|"
    r"neighbourhood|suburb|region|county|market|quarter|quarters|municipality|camp|refugee|airport|"
    r"countryside|mountains?|hills?|peninsula|state|crossing|local government)"
)
_GUESSES = (
    # "in X", "in the eastern town of X"
    re.compile(
        r"\b(?:in|at|near|outside|around|of|from|to|on|over|across|into|through|inside|surrounding|"
        rf"towards?)\s(?:the\s)?(?:[a-z-]+\s){{0,3}}{_RUN}"
    ),
    # "the X district"
    re.compile(rf"\b{_RUN}\s{_KIND}\b"),
    # "bombed X", "captured the X"
    re.compile(
        r"\b(?:captur(?:ed|ing|es)|bombed|shelled|storm(?:ed|ing)|enter(?:ed|ing)|raided|liberated|"
        r"target(?:ed|ing)|seized|recaptured|invaded|patroll(?:ed|ing)|attacked|struck|liberation|besieged)"
        rf"\s(?:of\s)?(?:the\s)?(?:[a-z-]+\s){{0,2}}{_RUN}"
    ),
    # "in X and Y", "X, Y and Z"
    re.compile(rf"(?<=and\s){_RUN}(?=[\s.,])"),
    # "Baghdad's western X district"
    re.compile(rf"(?<='s\s)(?:[a-z-]+\s){{0,2}}{_RUN}"),
)
_NO_PLACE = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|\b(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\b|President|Minister|Army|"
    r"Islamic|United Nations|Ministry|Party|Council|Police|Force|Forces|General|War|Front|Sunni|Shiite|"
    r"Shi'ite|Muslim|Christian|Union|Movement|Command|Brigade|Organization|Guard|Agency|University of|Day"
)


def candidates(pipeline: Pipeline, text: str) -> tuple[Resolution, ...]:
    """Return the places of the pipeline, and capitalized words that stand like a place's name."""
    document = Document(text)
    found = [_widened(r, text) for r in pipeline.resolve(document, pipeline.recognize(document))]
    known = {name_key(r.toponym.text) for r in found}
    people = _people(text)
    for pattern in _GUESSES:
        for match in pattern.finditer(text):
            span = Span(match.start(1), match.end(1))
            found += _guessed(span, text, known=known, people=people, found=found)
    return tuple(sorted(found, key=lambda r: r.toponym.span))


# "Tabaqa" in "the Tabaqa Dam": the annotators took the facility, the recognizer the town.
_FACILITY = re.compile(
    r"(?:\s(?:Governorate|Province|District|Mountains?|City|Town|Dam|Hospital|Checkpoint|Airport|Airbase|Air|"
    r"Base|Military|Camp|Hills?|Orchards|Quarter|Region|County|State|Highway|Bay|Farms|Silos|Plains|Village|"
    r"University|Refugee|Strip|Island|Islands|Valley|River|Square|Palace|Castle|Prison|Bridge|Crossing|"
    r"Peninsula|Sea|Gulf|Oil|Gas|Fields?|Power|Station|Plant|Neighborhood|Suburb|Street|Road|Park)\b){1,4}"
)


def _widened(resolution: Resolution, text: str) -> Resolution:
    toponym = resolution.toponym
    more = _FACILITY.match(text, toponym.span.end)
    if more is None:
        return resolution
    span = Span(toponym.span.start, more.end())
    return replace(resolution, toponym=replace(toponym, span=span, text=span.of(text)))


def _guessed(
    span: Span, text: str, *, known: set[str], people: list[Span], found: list[Resolution]
) -> list[Resolution]:
    words = span.of(text)
    if _NO_PLACE.search(words) or any(p.overlaps(span) for p in people) or name_key(words) in known:
        return []
    if any(r.toponym.span.overlaps(span) for r in found):
        return []
    return [Resolution(Toponym(span, words), (), is_settled=False, reason="guessed")]


def _people(text: str) -> list[Span]:
    """Return where parties stand: groups, peoples, forces."""
    parties = []
    for passage in read(Document(text), (), Timeline(None, ())):
        parties += [
            passage.span_of(p.first, p.last) for p in passage.parties if p.is_people or p.entry is not None
        ]
    return parties


def passage_of(pipeline: Pipeline, item: Item) -> tuple[Passage, int, int] | None:
    """Return the sentence that holds the verb, and the verb's words in it."""
    document = Document(item.text)
    for passage in read(document, candidates(pipeline, item.text), Timeline(None, ())):
        inside = [i for i, token in enumerate(passage.tokens) if token.span.overlaps(item.verb)]
        if inside:
            return passage, inside[0], inside[-1] + 1
    return None


def measure_locations(path: Path, pipeline: Pipeline, *, limit: int) -> None:
    """Print token precision and recall of the place, and accuracy where there is none."""
    counts: Counter[str] = Counter()
    for number, item in enumerate(read_items(path)):
        if number % max(1, 6201 // limit):
            continue
        predicted = _predicted(pipeline, item)
        gold = {i for s in item.places for i in _word_starts(item.text, s)}
        counts["hit"] += len(predicted & gold)
        counts["predicted"] += len(predicted)
        counts["gold"] += len(gold)
        if not gold:
            counts["empty"] += 1
            counts["empty seen"] += not predicted
    print(
        "event_location (the weights were fitted to these; training/event_location.py --folds cross-validates)"
    )
    print(f"  token precision   {counts['hit'] / max(1, counts['predicted']):.3f}")
    print(f"  token recall      {counts['hit'] / max(1, counts['gold']):.3f}")
    print(f"  no place seen     {counts['empty seen'] / max(1, counts['empty']):.3f}")


def name_words(text: str, span: Span) -> set[int]:
    """Return where the words of a place name start, without "province" or "city" in lower case."""
    name = re.sub(r"(?:\s[a-z]+){1,2}$", "", span.of(text))
    return _word_starts(text, Span(span.start, span.start + len(name)))


def _word_starts(text: str, span: Span) -> set[int]:
    return {span.start + m.start() for m in re.finditer(r"\w+", span.of(text))}


def _predicted(pipeline: Pipeline, item: Item) -> set[int]:
    found = passage_of(pipeline, item)
    if found is None:
        return set()
    passage, first, last = found
    located = locate(passage, first, last, lemma=lemma(item.verb.of(item.text).lower()))
    return set() if located is None else name_words(item.text, located.name.resolution.toponym.span)


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
