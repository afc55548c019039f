"""How were the weights of `data/event_location.csv` fitted?

    python training/event_location.py --corpora PATH [--folds 4]

A conditional logit over the names of a sentence and "nowhere", with L2, over the features of
`geoevents.events.location`;
with `--folds`, the figures are those of cross-validation. Writes the table when run without.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from events import Item, _word_starts, name_words, passage_of, read_items  # noqa: E402

from geoevents.events.location import absence, features, place_names  # noqa: E402
from geoevents.gazetteer import Gazetteer  # noqa: E402
from geoevents.lexicon.triggers import lemma  # noqa: E402
from geoevents.pipeline import Pipeline  # noqa: E402

Row = tuple[tuple[str, ...], bool, frozenset[int]]
Choice = tuple[list[Row], frozenset[int]]


def rows_of(pipeline: Pipeline, item: Item) -> Choice:
    """Return features, label and words of each candidate of an item, "nowhere" last, and the gold words."""
    gold = frozenset(i for s in item.places for i in _word_starts(item.text, s))
    found = passage_of(pipeline, item)
    if found is None:
        return [], gold
    passage, first, last = found
    names = place_names(passage)
    verb = lemma(item.verb.of(item.text).lower())
    rows: list[Row] = []
    for name in names:
        words = frozenset(name_words(item.text, name.resolution.toponym.span))
        seen = tuple(features(passage, first, last, lemma=verb, names=names, name=name))
        rows.append((seen, bool(words & gold), words))
    if names:
        nowhere = tuple(absence(passage, first, last, lemma=verb, names=names))
        rows.append((nowhere, not any(row[1] for row in rows), frozenset()))
    return rows, gold


def fit(items: list[list[Row]], *, strength: float, rounds: int = 300) -> dict[str, float]:
    """Return the weights of the features that occur at least five times, by Adam on the softmax loss."""
    items = [rows for rows in items if rows]
    counts = Counter(f for rows in items for row in rows for f in set(row[0]))
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= 5))}
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
    weights, mean, square = (np.zeros(len(index)) for _ in range(3))
    for step in range(1, rounds + 1):
        scores = np.bincount(owner, weights=weights[column], minlength=len(labels))
        scores = np.exp(scores - np.maximum.reduceat(scores, starts)[choice])
        chance = scores / np.add.reduceat(scores, starts)[choice]
        right = chance * labels
        target = right / np.maximum(np.add.reduceat(right, starts), 1e-12)[choice]
        slope = (
            np.bincount(column, weights=(chance - target)[owner], minlength=len(index)) + strength * weights
        )
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        weights -= 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {f: float(weights[i]) for f, i in index.items()}


def score(items: list[Choice], weights: dict[str, float], margin: float) -> str:
    """Return token precision, recall and the share of "no place" seen."""
    hit = predicted = wanted = empty = seen = 0
    for rows, gold in items:
        words = choose(rows, weights, margin)
        hit, predicted, wanted = hit + len(words & gold), predicted + len(words), wanted + len(gold)
        empty, seen = empty + (not gold), seen + (not gold and not words)
    return f"precision {hit / predicted:.3f} recall {hit / wanted:.3f} no place {seen / empty:.3f}"


def choose(rows: list[Row], weights: dict[str, float], margin: float) -> frozenset[int]:
    """Return the words of the best name, none where "nowhere" beats it."""
    if not rows:
        return frozenset()
    scores = [sum(weights.get(f, 0.0) for f in row[0]) for row in rows]
    best = max(range(len(rows) - 1), key=lambda i: scores[i])
    return rows[best][2] if scores[best] >= scores[-1] + margin else frozenset()


def main() -> None:
    """Fit, and write or print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--strength", type=float, default=2.0)
    options = parser.parse_args()
    pipeline = Pipeline.over(Gazetteer.load())
    items = [rows_of(pipeline, item) for item in read_items(options.corpora)]
    for fold in range(options.folds):
        train = [rows for n, (rows, _) in enumerate(items) if n % options.folds != fold]
        test = [item for n, item in enumerate(items) if n % options.folds == fold]
        weights = fit(train, strength=options.strength)
        for margin in (-0.8, -0.4, 0.0):
            print(fold, margin, score(test, weights, margin))
    if not options.folds:
        weights = fit([rows for rows, _ in items], strength=options.strength)
        with (ROOT / "data" / "event_location.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["feature", "weight"])
            writer.writerows(sorted((f, f"{w:.3f}") for f, w in weights.items() if abs(w) >= 0.02))
        print("on what it was fitted to:", score(items, weights, 0.0))


if __name__ == "__main__":
    main()
