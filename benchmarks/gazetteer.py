"""How fast is the gazetteer, how large, and how well does it know a spelling it was never given?

Prints opening, memory and scanning speed over `examples/`, then, for places of war, what share of
GeoNames' Latin spellings is found by the others when that one spelling is held out::

    python benchmarks/gazetteer.py --spellings 1000

"found" is the right place among the answers, "first" at their head (namesakes in the country, of
which some have dozens, count against it), "wrong" an answer without the right place.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from geoevents.gazetteer import Gazetteer
from geoevents.gazetteer.spelling import article_key, is_strict, similarity, skeletons, spelling_key
from geoevents.model import Place
from geoevents.text import tokenize

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
COUNTRIES = ("SY", "IQ", "UA", "SD", "IL", "PS", "YE")
SIMILAR = 0.6  # the bar of `Gazetteer.lookup`
OPENING = """
import resource, sys, time
started = time.process_time()
from geoevents.gazetteer import Gazetteer
imported = time.process_time()
gazetteer = Gazetteer.load()
gazetteer.lookup("Hmeimim")
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(imported - started, time.process_time() - imported, peak / 1024)
"""


class Spelling(NamedTuple):
    """One spelling of one place, with its folded key."""

    place: Place
    name: str
    key: str


def opening(runs: int) -> tuple[float, float, float]:
    """Return the least CPU seconds of import and of opening with one lookup, and the memory in MB."""
    outputs = [
        subprocess.run([sys.executable, "-c", OPENING], check=True, capture_output=True, text=True).stdout
        for _ in range(runs)
    ]
    columns = zip(*(map(float, output.split()) for output in outputs), strict=True)
    imported, opened, memory = (min(column) for column in columns)
    return imported, opened, memory


def scanning(gazetteer: Gazetteer, runs: int) -> tuple[float, float]:
    """Return how many megabytes a second are split into tokens, and how many scanned for names."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))] * 40
    size = sum(map(len, texts)) / 1e6
    tokenizing, matching = [], []
    for _ in range(runs):
        started = time.process_time()
        tokens = [tokenize(text) for text in texts]
        middle = time.process_time()
        for text, words in zip(texts, tokens, strict=True):
            gazetteer.scan(text, words)
        tokenizing.append(middle - started)
        matching.append(time.process_time() - middle)
    return size / min(tokenizing), size / min(matching)


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


def main() -> None:
    """Print the figures and the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="repetitions of what is timed (default: 5)")
    parser.add_argument("--spellings", type=int, default=1000, help="held out per country (default: 1000)")
    options = parser.parse_args()
    gazetteer = Gazetteer.load()
    world = gazetteer.info()["world"]
    imported, opened, memory = opening(options.runs)
    tokenized, scanned = scanning(gazetteer, options.runs)
    print(f"world index            {world['size'] / 1e6:8.1f} MB, {world['counts']['names']:,} keys")
    print(f"import                 {imported * 1e3:8.0f} ms of CPU")
    print(f"open and one lookup    {opened * 1e3:8.0f} ms of CPU")
    print(f"memory of the process  {memory:8.0f} MB")
    print(f"tokens                 {tokenized:8.1f} MB/s")
    print(f"names from tokens      {scanned:8.1f} MB/s (bar 5)")
    print(f"\n{'country':<8}{'asked':>7}{'found':>8}{'first':>8}{'wrong':>8}{'none':>8}")
    for country in COUNTRIES:
        spellings = spellings_of(gazetteer, country)
        asked = random.Random(1).sample(spellings, min(options.spellings, len(spellings)))  # noqa: S311 -- a sample
        shares = held_out(spellings, asked)
        print(f"{country:<8}{len(asked):>7}" + "".join(f"{share:>8.3f}" for share in shares.values()))


if __name__ == "__main__":
    main()
