"""How were the weights of `data/resolution.csv` fitted?

    python training/resolution.py --corpora PATH [--write]

A conditional logit over the candidates of each gold name and "none of these", with a penalty for
straying from the weights that we would give by hand (`PRIOR`): what the corpora do not show keeps them.
What a name's candidates see of the document depends on how the other names are decided, so the rounds
that decide are run with the weights at hand, and weights and rounds are fitted by turns. A right candidate
has the gold place's own number or, where none has, lies within 161 km; names without a point are passed
over. Each name of a document counts once, however often it stands there.

Prints the accuracy with weights fitted to one corpus and tested on the other, with the outlets that the
documents name and without them, and how often answers of a score are right there; `--write` then learns
from both corpora, and writes the same bytes each time.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from geoevents.evaluation import GoldDocument, GoldToponym, read_geowebnews, read_lgl, score_resolution
from geoevents.gazetteer import Gazetteer
from geoevents.geodesy import distance_km
from geoevents.model import Place, Toponym
from geoevents.resolution import ContextResolver
from geoevents.resolution.measures import GROUPS
from geoevents.resolution.weights import FEATURES

ROOT = Path(__file__).resolve().parent.parent
NEAR_KM = 161.0
TURNS = 4
STRENGTH = 20.0  # of the pull towards the prior

PRIOR: Mapping[str, float] = {
    "a candidate": -2.0,
    "population": 0.9,
    "known by many names": 0.3,
    "main name": 1.4,
    "largest of its name": 0.3,
    "behind the largest of its name": -0.2,
    "capital": 1.0,
    "called like its country": -2.0,
    "named for its city": -3.0,
    "city of the division's name": 0.0,
    "division of a city's name": -0.7,
    "other marks": -0.6,
    "without its article": -0.7,
    "sounds alike": -2.0,
    "an everyday word": -1.0,
    "words of the name": 0.7,
    "places of the name": 0.0,
    "people or adjective": 1.0,
    "short for its name": 0.0,
    "without its noun": -0.5,
    "inside the name": -1.0,
    "share of the name": 1.0,
    "first inside the name": 0.5,
    "large place inside the name": 0.3,
    "inside the name of a site": -1.0,
    "a point in figures": 8.0,
    "stands for a site in it": 1.5,
    "said with the site": 1.5,
    "named before the site": 0.5,
    "leading town of the text": 0.5,
    "doubtful itself": -1.0,
    "the user's own place": 5.0,
    "wanted country": 3.0,
    "near the wanted point": 4.0,
    "share in its country": 1.5,
    "names in its country": 0.3,
    "country is named": 1.5,
    "share in its division": 2.0,
    "names in its division": 1.0,
    "division is named": 1.0,
    "near other names": 1.2,
    "named otherwise too": 1.5,
    "the outlet's country": 1.5,
    "the outlet bears the name": 1.0,
    "large place of the outlet's name": -0.5,
    "the outlet's home": 1.5,
    "the division of the outlet's home": 1.0,
    "near the outlet's home": 1.0,
    "capital of a country of the text": 1.0,
    "listed with its like": 1.0,
    "listed with what is unlike": 0.0,
    "listed with its neighbors": 1.0,
    "names in the text": 0.0,
    "names that could lie near": 0.5,
    "share that could lie near": 1.0,
    "share that could lie in its division": 0.7,
    "said to lie in it": 3.0,
    "elsewhere said to lie in it": 2.2,
    "said to lie elsewhere": -2.0,
    "called an area": 4.0,
    "another than the area": -3.0,
    "kind fits": 1.5,
    "another kind": -0.7,
    "elsewhere this kind": 1.5,
    "far from where it is said to lie": -4.5,
    "country: a candidate": 1.5,
    "division: a candidate": 0.7,
    "county: a candidate": 0.5,
    "area: a candidate": 0.8,
    "site: a candidate": 0.6,
    "institution: a candidate": 2.0,
}
COLUMNS = (*FEATURES, *(f"{group}: {feature}" for group in GROUPS for feature in FEATURES))
COLUMN = {name: number for number, name in enumerate(COLUMNS)}


@dataclass(frozen=True, slots=True)
class Choices:
    """All choices of a corpus, flat: the features of each candidate, and which of them are right.

    `owner` is the choice of each candidate; a choice without a right candidate is one for "none".
    """

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    value: NDArray[np.float64]
    owner: NDArray[np.int64]
    is_right: NDArray[np.bool_]
    weight: NDArray[np.float64]


def rights(gold: GoldToponym, places: Sequence[Place]) -> list[bool]:
    """Say which places are the gold one: by its number where one has it, else those within 161 km."""
    by_number = [place.geonameid is not None and place.geonameid == gold.geonameid for place in places]
    if any(by_number) or gold.point is None:
        return by_number
    return [distance_km(place.point, gold.point) <= NEAR_KM for place in places]


def toponyms_of(gold: GoldDocument) -> tuple[Toponym, ...]:
    """Return the gold names as a recognizer would that knows nothing but their spans."""
    return tuple(Toponym(name.span, name.text) for name in gold.toponyms)


def choices_of(resolver: ContextResolver, corpus: Iterable[GoldDocument]) -> Choices:
    """Return the choices that the names of a corpus pose, as the resolver sees them with its weights."""
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    owners: list[int] = []
    right: list[bool] = []
    weights: list[float] = []
    for number, gold in enumerate(corpus):
        # Most texts come without an outlet: every other one is read so.
        document = replace(gold.document, source=None) if number % 2 else gold.document
        examples = resolver.examples(document, toponyms_of(gold))
        counts = Counter(name.text for name in gold.toponyms)
        for name, example in zip(gold.toponyms, examples, strict=True):
            if not example or name.point is None:
                continue
            truth = rights(name, [place for place, _, _ in example])
            for (_, group, seen), is_right in zip(example, truth, strict=True):
                for feature, value in seen.items():
                    for column in (COLUMN[feature], COLUMN[f"{group}: {feature}"]):
                        rows.append(len(owners))
                        columns.append(column)
                        values.append(value)
                owners.append(len(weights))
                right.append(is_right)
            weights.append(counts[name.text] ** -1.0)
    return Choices(
        np.array(rows),
        np.array(columns),
        np.array(values),
        np.array(owners),
        np.array(right),
        np.array(weights),
    )


def prior() -> NDArray[np.float64]:
    """Return the weights given by hand, as a row."""
    return np.array([PRIOR.get(name, 0.0) for name in COLUMNS])


def fit(choices: Choices, start: NDArray[np.float64], *, strength: float) -> NDArray[np.float64]:
    """Return the most likely weights under a normal prior around those given by hand."""
    size, count = len(choices.owner), len(choices.weight)
    middle = prior()
    has_right = np.zeros(count, dtype=bool)
    has_right[choices.owner[choices.is_right]] = True

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = np.bincount(choices.row, weights=choices.value * weights[choices.column], minlength=size)
        top = np.zeros(count)
        np.maximum.at(top, choices.owner, scores)
        powers = np.exp(scores - top[choices.owner])
        none = np.exp(-top)
        total = np.bincount(choices.owner, weights=powers, minlength=count) + none
        good = np.bincount(choices.owner, weights=powers * choices.is_right, minlength=count)
        good = np.where(has_right, good, none)
        chance = powers / total[choices.owner]
        wanted = np.where(choices.is_right, powers / np.maximum(good, 1e-300)[choices.owner], 0.0)
        push = (chance - wanted) * choices.weight[choices.owner]
        slope = np.bincount(choices.column, weights=choices.value * push[choices.row], minlength=len(COLUMNS))
        strayed = weights - middle
        value = -float(np.sum(choices.weight * (np.log(good) - np.log(total))))
        return value + 0.5 * strength * float(strayed @ strayed), slope + strength * strayed

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return np.asarray(found.x)


def named(weights: NDArray[np.float64]) -> dict[str, float]:
    """Return a row of weights by feature; all shared ones, and those of groups that count."""
    return {
        name: round(float(weight), 3)
        for name, weight in zip(COLUMNS, weights, strict=True)
        if ":" not in name or abs(weight) >= 0.005
    }


def learn(gazetteer: Gazetteer, corpus: Sequence[GoldDocument], *, strength: float) -> dict[str, float]:
    """Fit weights and rounds by turns."""
    weights = prior()
    for _ in range(TURNS):
        resolver = ContextResolver(gazetteer, weights=named(weights))
        weights = fit(choices_of(resolver, corpus), weights, strength=strength)
    return named(weights)


def test(
    gazetteer: Gazetteer,
    corpus: Sequence[GoldDocument],
    weights: Mapping[str, float],
    *,
    min_score: float = 0.3,  # noqa: PT028 -- no test
) -> tuple[float, int, list[tuple[float, bool]]]:
    """Return accuracy over all names with a point, the answered, and score and truth of each best candidate."""
    resolver = ContextResolver(gazetteer, weights=weights, min_score=min_score)
    found = [resolver(gold.document, toponyms_of(gold)) for gold in corpus]
    accuracy = score_resolution(corpus, found)
    scored = [
        (r.candidates[0].score, distance_km(r.candidates[0].place.point, name.point) <= NEAR_KM)
        for gold, resolutions in zip(corpus, found, strict=True)
        for name, r in zip(gold.toponyms, resolutions, strict=True)
        if r.candidates and name.point is not None
    ]
    return accuracy.share, accuracy.answered, scored


def reliability(scored: Sequence[tuple[float, bool]]) -> str:
    """Return a table: of the answers of a score, how many are right."""
    lines = []
    edges = [0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1.0001]
    for low, high in pairwise(edges):
        inside = [(score, right) for score, right in scored if low <= score < high]
        if inside:
            mean = sum(score for score, _ in inside) / len(inside)
            share = sum(right for _, right in inside) / len(inside)
            lines.append(f"  {low:.2f}-{min(high, 1):.2f}: {len(inside):5} said {mean:.3f} right {share:.3f}")
    return "\n".join(lines)


def without_outlets(corpus: Sequence[GoldDocument]) -> list[GoldDocument]:
    """Return the documents as texts come that nobody says the outlet of."""
    return [replace(gold, document=replace(gold.document, source=None)) for gold in corpus]


def report_across(
    gazetteer: Gazetteer, corpora: Mapping[str, Sequence[GoldDocument]], *, strength: float
) -> None:
    """Print the accuracy on each corpus with weights fitted to the other, and how far scores hold."""
    tested: list[tuple[float, bool]] = []
    for name, corpus in corpora.items():
        others = [gold for other, golds in corpora.items() if other != name for gold in golds]
        weights = learn(gazetteer, others, strength=strength)
        for label, documents in (("", corpus), (" without outlets", without_outlets(corpus))):
            share, answered, scored = test(gazetteer, documents, weights)
            tested += scored
            print(f"{name}{label}, fitted to the other: {share:.4f}, answered {answered}")
    print("answers by score, over all four:")
    print(reliability(tested))


def main() -> None:
    """Test across corpora, and on request fit to both and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder with lgl/ and geowebnews/")
    parser.add_argument("--strength", type=float, default=STRENGTH, help="of the pull towards the prior")
    parser.add_argument("--write", action="store_true", help="write data/resolution.csv")
    options = parser.parse_args()
    gazetteer = Gazetteer.load()
    corpora = {
        "LGL": read_lgl(options.corpora / "lgl" / "lgl.xml"),
        "GeoWebNews": read_geowebnews(options.corpora / "geowebnews" / "GWN.xml"),
    }
    report_across(gazetteer, corpora, strength=options.strength)
    if options.write:
        everything = [gold for golds in corpora.values() for gold in golds]
        weights = learn(gazetteer, everything, strength=options.strength)
        with (ROOT / "data" / "resolution.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["feature", "weight"])
            writer.writerows(weights.items())


if __name__ == "__main__":
    main()
