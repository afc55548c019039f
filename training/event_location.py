"""How were the weights of `data/event_location.csv` fitted?

    python training/event_location.py --corpora PATH [--folds 5]

A conditional logit over the names of a sentence and "nowhere", with L2, over what
`geoevents.events.placing` sees. With `--folds`, the figures are those of cross-validation over the decision
that the pipeline takes (`geoevents.events.location`); a sentence and its copies stand in one fold. Writes
the table when run without.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from events import Item, located_names, read_items, score_line, word_starts  # noqa: E402

from geoevents.events import location  # noqa: E402
from geoevents.events.placing import Scene, absence, features, scene_of  # noqa: E402
from geoevents.events.reading import read  # noqa: E402
from geoevents.gazetteer import Gazetteer  # noqa: E402
from geoevents.lexicon.triggers import lemma  # noqa: E402
from geoevents.model import Document, Timeline  # noqa: E402
from geoevents.pipeline import Pipeline  # noqa: E402

Row = tuple[tuple[str, ...], bool]


@dataclass(frozen=True, slots=True)
class Case:
    """An item with the scene that holds its verb, and a row for each spot, "nowhere" last."""

    item: Item
    gold: frozenset[int]
    scene: Scene | None
    words: tuple[int, int]
    rows: tuple[Row, ...]

    @property
    def verb(self) -> str:
        """The lemma of the verb."""
        return lemma(self.item.verb.of(self.item.text).lower().split()[0])


def case_of(pipeline: Pipeline, item: Item) -> Case:
    """Return the item as the model sees it."""
    gold = frozenset(i for s in item.places for i in word_starts(item.text, s))
    document = Document(item.text)
    resolutions = located_names(pipeline, document)
    for passage in read(document, resolutions, Timeline(None, ())):
        inside = [i for i, token in enumerate(passage.tokens) if token.span.overlaps(item.verb)]
        if not inside:
            continue
        scene = scene_of(passage)
        case = Case(item, gold, scene, (inside[0], inside[-1] + 1), ())
        return Case(item, gold, scene, case.words, tuple(_rows(case)))
    return Case(item, gold, None, (0, 0), ())


def _rows(case: Case) -> list[Row]:
    scene, (first, last) = case.scene, case.words
    assert scene is not None
    rows: list[Row] = []
    for spot in scene.spots:
        span = location.words_of(scene.passage, spot.name)
        seen = (*spot.hints, *features(scene, spot, first, last, lemma=case.verb))
        rows.append((seen, bool(word_starts(case.item.text, span) & case.gold)))
    if rows:
        nowhere = (*scene.hints, *absence(scene, first, last, lemma=case.verb))
        rows.append((nowhere, not any(label for _, label in rows)))
    return rows


# Features seen less often than this are noise.
_SELDOM = 2
# What weighs less than this at first is not seen again: half of the table, and the rest makes up for it.
_SLIGHT = 0.06
# The share of what is seen that each round leaves out, so that no weight leans on the others: the
# annotations are noisy, and weights that were fitted without it follow the noise.
_LEFT_OUT = 0.25


def fit(cases: Sequence[Case], *, strength: float) -> dict[str, float]:
    """Return the weights of what tells, fitted twice: on all that is seen, and on what told then."""
    items = [case.rows for case in cases if case.rows]
    counts = Counter(f for rows in items for row in rows for f in set(row[0]))
    first = _fitted(items, [f for f, n in counts.items() if n >= _SELDOM], strength=strength, rounds=400)
    telling = [f for f, weight in first.items() if abs(weight) >= _SLIGHT]
    weights = _fitted(items, telling, strength=strength, rounds=800)
    return {f: round(weight, 2) for f, weight in weights.items() if abs(weight) >= 0.02}


def _fitted(
    items: Sequence[tuple[Row, ...]], telling: Sequence[str], *, strength: float, rounds: int
) -> dict[str, float]:
    """Return the weights, by Adam on the softmax loss with a step that shrinks and features left out."""
    index = {f: i for i, f in enumerate(sorted(telling))}
    columns, owners = [], []
    for number, row in enumerate(row for rows in items for row in rows):
        seen = [index[f] for f in row[0] if f in index]
        columns += seen
        owners += [number] * len(seen)
    column, owner = np.array(columns), np.array(owners)
    sizes = np.array([len(rows) for rows in items])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    choice = np.repeat(np.arange(len(items)), sizes)
    labels = np.array([row[1] for rows in items for row in rows], dtype=float)
    weights, mean, square, late = (np.zeros(len(index)) for _ in range(4))
    random = np.random.default_rng(1)
    for step in range(1, rounds + 1):
        kept = (random.random(len(column)) >= _LEFT_OUT) / (1 - _LEFT_OUT)
        scores = np.bincount(owner, weights=weights[column] * kept, minlength=len(labels))
        scores = np.exp(scores - np.maximum.reduceat(scores, starts)[choice])
        chance = scores / np.add.reduceat(scores, starts)[choice]
        right = chance * labels
        target = right / np.maximum(np.add.reduceat(right, starts), 1e-12)[choice]
        slope = (
            np.bincount(column, weights=(chance - target)[owner] * kept, minlength=len(index))
            + strength * weights
        )
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        pace = 0.05 * min(1.0, 2 * (1 - step / (rounds + 1)))
        weights -= pace * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        late += weights * (step > rounds // 2)
    # The mean of the second half of the steps: what a round leaves out by chance evens out.
    return {f: float(late[i]) / (rounds - rounds // 2) for f, i in index.items()}


def found_words(case: Case) -> set[int]:
    """Return where the words start that the pipeline's decision names, with the weights now in force."""
    if case.scene is None:
        return set()
    chosen = location.chosen_spots(case.scene, *case.words, lemma=case.verb)
    spans = [location.words_of(case.scene.passage, spot.name) for spot in chosen]
    return {i for span in spans for i in word_starts(case.item.text, span)}


def fold_of(text: str, folds: int) -> int:
    """Return the fold of a sentence: the same for its copies."""
    return zlib.crc32(re.sub(r"\W+", "", text.lower())[:60].encode()) % folds


def cross_validate(cases: Sequence[Case], *, folds: int, strength: float) -> None:
    """Print token precision and recall and "no place" with each fold held out, at several margins."""
    margins = (0.0, -0.15, location.MARGIN, -0.45, -0.6)
    counts = {margin: Counter[str]() for margin in margins}
    for fold in range(folds):
        weights = fit([c for c in cases if fold_of(c.item.text, folds) != fold], strength=strength)
        location._weights = lambda weights=weights: weights  # type: ignore[assignment]  # noqa: SLF001 - held out
        for margin in margins:
            location.MARGIN = margin
            for case in cases:
                if fold_of(case.item.text, folds) == fold:
                    counts[margin].update(tally(found_words(case), case.gold))
    for margin in margins:
        print(f"margin {margin:+.2f}  {score_line(counts[margin])}")


def tally(found: set[int], gold: frozenset[int]) -> dict[str, int]:
    """Return what one item adds to the counts."""
    return {
        "hit": len(found & gold),
        "predicted": len(found),
        "gold": len(gold),
        "empty": not gold,
        "empty seen": not gold and not found,
    }


def main() -> None:
    """Fit, and write or print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--strength", type=float, default=2.5)
    options = parser.parse_args()
    pipeline = Pipeline.over(Gazetteer.load())
    cases = [case_of(pipeline, item) for item in read_items(options.corpora)]
    if options.folds:
        cross_validate(cases, folds=options.folds, strength=options.strength)
        return
    weights = fit(cases, strength=options.strength)
    with (ROOT / "data" / "event_location.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", "weight"])
        writer.writerows(sorted((f, f"{w:.2f}") for f, w in weights.items()))


if __name__ == "__main__":
    main()
