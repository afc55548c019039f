"""How fast is the gazetteer, how large, and how well does it know a spelling it was never given?

Prints what a process with one lookup takes, how fast texts are scanned for names, then, for places of war, what share of
GeoNames' Latin spellings is found by the others when that one spelling is held out::

    python benchmarks/gazetteer.py --corpora CORPORA

"found" is the right place among the answers, "first" at their head (namesakes in the country, of
which some have dozens, count against it), "wrong" an answer without the right place. `spellings.csv`
holds newswire spellings of places of war, written down before any was looked up; right is what lies
within 25 km. With the corpora, also how often the right place is among the candidates at all.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from geoevents.boundaries import Boundaries
from geoevents.evaluation import NEAR_KM, GoldDocument, read_geowebnews, read_lgl
from geoevents.gazetteer import Gazetteer
from geoevents.gazetteer.spelling import article_key, is_strict, similarity, skeletons, spelling_key
from geoevents.gazetteer.validation import validate_on_map
from geoevents.geodesy import LatLon, distance_km
from geoevents.model import Place
from geoevents.tables import read_rows, table_path
from geoevents.text import tokenize

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
SPELLINGS = Path(__file__).resolve().parent / "spellings.csv"
RIGHT_KM = 25
COUNTRIES = ("SY", "IQ", "UA", "SD", "IL", "PS", "YE")
NATIVE = (  # a country, and the first and last letter of its script
    *((code, "\u0600", "\u06ff") for code in ("SY", "IQ", "SD", "PS", "YE", "IR", "AF")),
    ("IL", "\u0590", "\u05ff"),
    ("UA", "\u0400", "\u04ff"),
    ("RU", "\u0400", "\u04ff"),
)
SIMILAR = 0.6  # the bar of `Gazetteer.lookup`
LOOKING_UP = """
from geoevents.gazetteer import Gazetteer
Gazetteer.load().lookup("Hmeimim")
"""
# What a process took at most since it was started; `getrusage` counts what its parent took as well.
PEAK = """
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
IMPORTING = """
import resource, sys, time
from pathlib import Path
from geoevents.gazetteer.importing import import_layer
started = time.process_time()
import_layer(Path(sys.argv[1]), Path(sys.argv[2]))
print(time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


class Asked(NamedTuple):
    """A spelling of the newswires, and the place that it means."""

    spelling: str
    country: str
    point: LatLon


class Spelling(NamedTuple):
    """One spelling of one place, with its folded key."""

    place: Place
    name: str
    key: str


class Cost(NamedTuple):
    """What a process takes: seconds by the clock and of the processor, from its start to its end."""

    wall: float
    cpu: float


def opening(processes: int) -> tuple[Cost, float]:
    """Return the median cost of a process that looks one name up, beyond one that does nothing.

    And its memory in MB. Both with the modules compiled to bytecode, as installing a package does;
    the two take turns, so that what else the machine does slows both.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    costs: dict[str, list[Cost]] = {"pass": [], LOOKING_UP: []}
    with tempfile.TemporaryDirectory() as folder:
        environment["PYTHONPYCACHEPREFIX"] = folder
        command = [sys.executable, "-c", LOOKING_UP + PEAK]
        output = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
        for _ in range(processes):
            for code, found in costs.items():
                found.append(cost_of([sys.executable, "-c", code], environment))
    bare, looking_up = (
        Cost(*(statistics.median(column) for column in zip(*found, strict=True))) for found in costs.values()
    )
    return Cost(looking_up.wall - bare.wall, looking_up.cpu - bare.cpu), int(output) / 1024


def cost_of(command: Sequence[str], environment: dict[str, str]) -> Cost:
    """Return what a process takes, its start and its end included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def scanning(gazetteer: Gazetteer, texts: Sequence[str]) -> tuple[float, float]:
    """Return how many megabytes a second are split into tokens, and how many of these scanned for names."""
    size = sum(map(len, texts)) / 1e6
    started = time.process_time()
    tokens = [tokenize(text) for text in texts]
    middle = time.process_time()
    for text, words in zip(texts, tokens, strict=True):
        gazetteer.scan(text, words)
    return size / (middle - started), size / (time.process_time() - middle)


def report_scanning(label: str, texts: Sequence[str], runs: int) -> None:
    """Print how fast texts are read the first time, by a gazetteer that remembers nothing, and again."""
    gazetteer = Gazetteer.load()
    first, *again = (scanning(gazetteer, texts) for _ in range(runs + 1))
    for when, (tokens, names) in (("at first", first), ("again", tuple(map(max, zip(*again, strict=True))))):
        both = 1 / (1 / tokens + 1 / names)
        print(f"{label:<16}{when:<9}{tokens:>10.1f}{names:>10.1f}{both:>10.1f}")


def spellings_of(gazetteer: Gazetteer, country: str) -> list[Spelling]:
    """Return the Latin spellings of the towns of a country."""
    named = [
        Spelling(place, name, spelling_key(name))
        for place in gazetteer.in_country(country)
        for name in (place.name, *place.alternate_names)
        if not is_strict(name)
    ]
    return [s for s in named if s.key and s.key.isascii()]


def held_out(spellings: list[Spelling], asked: Iterable[Spelling]) -> dict[str, float]:
    """Return the shares of the asked spellings that the other spellings find."""
    by_key: dict[str, list[Spelling]] = defaultdict(list)
    for spelling in spellings:
        bare = article_key(spelling.key)
        for key in {f"folded {spelling.key}", f"bare {bare}", *skeletons(spelling.key)}:
            by_key[key].append(spelling)
    counts = {"found": 0, "first": 0, "wrong": 0, "none": 0}
    questions = list(asked)
    for question in questions:
        answers = [place.id for place in answers_to(question, by_key)]
        counts["found"] += question.place.id in answers
        counts["first"] += answers[:1] == [question.place.id]
        counts["wrong"] += bool(answers) and question.place.id not in answers
        counts["none"] += not answers
    return {name: count / len(questions) for name, count in counts.items()}


def answers_to(question: Spelling, by_key: dict[str, list[Spelling]]) -> list[Place]:
    """Return the places in the order of `Gazetteer.lookup`, as if the question were no spelling of any."""
    ranked = []
    levels = [[f"folded {question.key}"], [f"bare {article_key(question.key)}"], skeletons(question.key)]
    for level, keys in enumerate(levels):
        for known in (spelling for key in keys for spelling in by_key.get(key, ())):
            if (known.place.id, known.name) == (question.place.id, question.name):
                continue
            nearness = similarity(question.key, known.key) if level == 2 else 1.0
            if nearness >= SIMILAR:
                rank = (level, -round(nearness, 1), -(known.place.population or 0), known.place.id)
                ranked.append((rank, known.place))
    ranked.sort(key=lambda pair: pair[0])
    return list({place.id: place for _, place in ranked}.values())[:20]


def newswire(gazetteer: Gazetteer) -> dict[str, list[Asked]]:
    """Return the spellings of `spellings.csv` that do not bring the right place first."""
    missed: dict[str, list[Asked]] = {"known": [], "unknown": []}
    for asked in asked_spellings():
        for state, country in (("known", asked.country), ("unknown", None)):
            hits = gazetteer.lookup(asked.spelling, country=country, limit=1)
            if not hits or distance_km(hits[0].place.point, asked.point) > RIGHT_KM:
                missed[state].append(asked)
    return missed


def asked_spellings() -> list[Asked]:
    """Return the spellings with the places that they mean."""
    rows = (cells for _, cells in read_rows(SPELLINGS))
    return [
        Asked(r["spelling"], r["country"], LatLon(lat=float(r["lat"]), lon=float(r["lon"]))) for r in rows
    ]


def report_native(gazetteer: Gazetteer, most: int) -> None:
    """Print how many native spellings of towns are found by their sound alone, in their country."""
    print("\nnative spellings by sound alone")
    print(f"{'country':<8}{'asked':>7}{'found':>8}{'first':>8}{'wrong':>8}")
    for country, first, last in NATIVE:
        towns = [
            (place.id, key)
            for place in gazetteer.in_country(country)
            for key in map(spelling_key, place.alternate_names)
            if key and all(first <= letter <= last for letter in key.replace(" ", ""))
        ]
        asked = random.Random(1).sample(towns, min(most, len(towns)))  # noqa: S311 -- a sample
        found = [
            (place_id, [hit.place.id for hit in gazetteer._sounding_like(key, country)])  # noqa: SLF001 -- what a lookup does when no letter matches
            for place_id, key in asked
        ]
        counts = (
            sum(place_id in ids for place_id, ids in found),
            sum(ids[:1] == [place_id] for place_id, ids in found),
            sum(bool(ids) and place_id not in ids for place_id, ids in found),
        )
        print(f"{country:<8}{len(asked):>7}" + "".join(f"{number / len(asked):>8.3f}" for number in counts))


def report_newswire(gazetteer: Gazetteer) -> None:
    """Print how many newswire spellings bring the right place first, and which do not."""
    total, missed = len(asked_spellings()), newswire(gazetteer)
    print(f"\n{total} newswire spellings, right place first")
    for state, bar in (("known", 0.97), ("unknown", 0.90)):
        names = ", ".join(f"{asked.spelling} ({asked.country})" for asked in missed[state])
        print(f"country {state:<8} {1 - len(missed[state]) / total:.3f} (bar {bar}); not: {names}")


def ceiling(gazetteer: Gazetteer, gold: Sequence[GoldDocument]) -> float:
    """Return the share of gold names that have a candidate near their point, or one that holds it."""
    places = {row["demonym"].casefold(): row["place_id"] for _, row in read_rows(table_path("demonyms.csv"))}
    names = [name for document in gold for name in document.toponyms if name.point is not None]
    met = 0
    for name in names:
        candidates = [hit.place for hit in gazetteer.lookup(name.text, limit=1000)]
        if name.text.casefold() in places:
            candidates.append(gazetteer.place(places[name.text.casefold()]))
        met += any(
            distance_km(place.point, name.point) <= max(NEAR_KM, place.radius_km or 0.0)
            for place in candidates
        )
    return met / len(names)


def gold_of(corpora: Path) -> tuple[Sequence[GoldDocument], Sequence[GoldDocument]]:
    """Return the documents of LGL and of GeoWebNews."""
    return read_lgl(corpora / "lgl" / "lgl.xml"), read_geowebnews(corpora / "geowebnews" / "GWN.xml")


def report_ceilings(gazetteer: Gazetteer, corpora: Path) -> None:
    """Print for how many names of the corpora the right place is among the candidates."""
    print("\ngold names with a candidate within 161 km or that holds the point")
    lgl, geowebnews = (ceiling(gazetteer, gold) for gold in gold_of(corpora))
    print(f"LGL        {lgl:.3f} (bar 0.93)\nGeoWebNews {geowebnews:.3f} (bar 0.78)")


def report_points(gazetteer: Gazetteer) -> None:
    """Print how many curated points are in another country than they say."""
    boundaries = Boundaries.load()
    problems = validate_on_map(
        table_path("gazetteer.csv"),
        countries_at=lambda point: {answer.country for answer in boundaries.countries_at(point)},
        gazetteer=gazetteer,
    )
    print(f"\nbad rows of the curated table {len(problems)} (bar 0)")


def report_import(rows: int) -> None:
    """Print what it costs to import generated places, half of them where sounds are indexed too."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "XX.txt")
        source.write_text("".join(generated(rows)), encoding="utf-8")
        outputs = subprocess.run(
            [sys.executable, "-c", IMPORTING, str(source), folder], check=True, capture_output=True, text=True
        ).stdout.split()
    seconds, peak = float(outputs[0]), float(outputs[1])
    slope = 12e6 / rows * seconds / 60
    print(
        f"\nimport of {rows:,} places {seconds:.1f} s of CPU, {peak:.0f} MB; 12 million: {slope:.1f} min (bar 20)"
    )


def generated(rows: int) -> Iterator[str]:
    """Yield lines as in GeoNames' files, the same every time."""
    chance = random.Random(1)  # noqa: S311 -- a sample
    syllables = (
        "ba da ka la ma na ra sa ta za shi khi al el qa gha tel deir um wad has zar ov ivka nov".split()
    )
    countries = "CN US IN ID MX BR NO TH IR PK AF SY UA RU MA TR".split()

    def name() -> str:
        words = chance.choice((1, 1, 1, 2, 2, 3))
        return " ".join("".join(chance.choices(syllables, k=3)).title() for _ in range(words))

    for number in range(1, rows + 1):
        others = ",".join(name() for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 5))))
        feature = chance.choice(("P\tPPL", "P\tPPL", "H\tSTM", "S\tSCH", "T\tHLL"))
        place = f"{chance.uniform(-60, 70):.5f}\t{chance.uniform(-180, 180):.5f}\t{feature}"
        tail = f"{chance.choice(countries)}\t\t02\t\t\t\t0\t\t100\tAsia/Damascus\t2024-01-01"
        main = name()
        yield f"{number}\t{main}\t{main}\t{others}\t{place}\t{tail}\n"


def main() -> None:
    """Print the figures and the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="repetitions of what is timed (default: 5)")
    parser.add_argument("--processes", type=int, default=21, help="timed with one lookup (default: 21)")
    parser.add_argument("--spellings", type=int, default=1000, help="held out per country (default: 1000)")
    parser.add_argument("--corpora", type=Path, help="the folder with lgl/ and geowebnews/")
    parser.add_argument("--rows", type=int, default=100_000, help="places to import (default: 100,000)")
    options = parser.parse_args()
    gazetteer = Gazetteer.load()
    world = gazetteer.info()["world"]
    cost, memory = opening(options.processes)
    print(f"world index            {world['size'] / 1e6:8.1f} MB, {world['counts']['names']:,} keys")
    print(
        f"a process with one lookup, beyond a bare one, median of {options.processes}: "
        f"{cost.wall * 1e3:.0f} ms, of the processor {cost.cpu * 1e3:.0f} ms (bar 60)"
    )
    print(f"memory of the process  {memory:8.0f} MB (bar 80)")
    print(f"\n{'MB/s':<25}{'tokens':>10}{'names':>10}{'both':>10}   (bar 5 for names)")
    examples = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    # Each text is another: what is read once more at once is not cut into words again.
    report_scanning("examples", [f"{i}. {text}" for i in range(40) for text in examples], options.runs)
    if options.corpora:
        lgl, geowebnews = gold_of(options.corpora)
        report_scanning("the corpora", [gold.document.text for gold in (*lgl, *geowebnews)], options.runs)
    report_newswire(gazetteer)
    print("\nspellings held out, one at a time (bars: found 0.85 and wrong 0.10 in SY, found 0.75 elsewhere)")
    print(f"{'country':<8}{'asked':>7}{'found':>8}{'first':>8}{'wrong':>8}{'none':>8}")
    curated = {place.id for place in gazetteer.curated_places()}
    for country in COUNTRIES:
        spellings = spellings_of(gazetteer, country)
        # A village of a national register has one spelling in Latin letters, and nothing to hold out.
        numbered = [s for s in spellings if s.place.geonameid is not None or s.place.id in curated]
        asked = random.Random(1).sample(numbered, min(options.spellings, len(numbered)))  # noqa: S311 -- a sample
        shares = held_out(spellings, asked)
        print(f"{country:<8}{len(asked):>7}" + "".join(f"{share:>8.3f}" for share in shares.values()))
    report_native(gazetteer, options.spellings)
    if options.corpora:
        report_ceilings(gazetteer, options.corpora)
    report_points(gazetteer)
    report_import(options.rows)


if __name__ == "__main__":
    main()
