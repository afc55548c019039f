"""How well does everything do, from raw text, on a corpus that no weight was learned from?

`python training/across.py --corpora PATH` learns the weights of both stages, recognition and resolution,
from GeoWebNews (and the sentences on events) and tests them on LGL, and the other way round, each with the
table of outlets and without it. Nothing is written.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import recognition
import resolution

from geoevents.evaluation import (
    GoldDocument,
    Score,
    SpanMatch,
    read_geowebnews,
    read_lgl,
    score_end_to_end,
    score_recognition,
    score_resolution,
)
from geoevents.gazetteer import Gazetteer
from geoevents.model import LOCATING_ROLES, NAME_ROLES
from geoevents.recognition import GazetteerRecognizer
from geoevents.recognition.candidates import CandidateFinder
from geoevents.recognition.weights import Weights
from geoevents.resolution import ContextResolver


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of both directions."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument(
        "--corpora", type=Path, required=True, help="the folder with lgl/, geowebnews/, event_location/"
    )
    options = parser.parse_args(arguments)
    gazetteer = Gazetteer.load()
    for name, tested, found, placed in models(gazetteer, options.corpora):
        for label, corpus in (("", tested), (", without outlets", resolution.without_outlets(tested))):
            report(f"{name}, learned from the other{label}", gazetteer, corpus, found, placed)


def models(
    gazetteer: Gazetteer, corpora: Path
) -> list[tuple[str, Sequence[GoldDocument], Weights, Mapping[str, float]]]:
    """Return for each corpus its name, itself, and the weights of both stages from all but it."""
    find = CandidateFinder(gazetteer)
    path = corpora / "geowebnews" / "GWN.xml"
    lgl, gwn = read_lgl(corpora / "lgl" / "lgl.xml"), read_geowebnews(path)
    sentences = recognition.read_sentences(find, corpora / "event_location" / "items.jsonl.gz")
    from_lgl = recognition.read_samples(find, lgl)
    from_gwn = recognition.read_samples(find, gwn, unsure=recognition.peoples(path))
    uses = recognition.uses_of(gwn)
    roles = {role: recognition.learn_role(from_gwn, uses, role) for role in recognition.ROLES}
    # LGL does not say how names are used: what it teaches tells roles apart by rule alone.
    no_roles: dict[str, dict[str, float]] = {role: {} for role in recognition.ROLES}
    return [
        (
            name,
            tested,
            recognition.weights_of(recognition.learn_with_help(find, samples, sentences), of_roles),
            resolution.learn(gazetteer, other, strength=resolution.STRENGTH),
        )
        for name, tested, other, samples, of_roles in (
            ("LGL", lgl, gwn, from_gwn, roles),
            ("GeoWebNews", gwn, lgl, from_lgl, no_roles),
        )
    ]


def report(
    label: str,
    gazetteer: Gazetteer,
    corpus: Sequence[GoldDocument],
    found: Weights,
    placed: Mapping[str, float],
) -> None:
    """Print what weights are worth on a corpus: recognition, gold spans, raw text."""
    recognize = GazetteerRecognizer(gazetteer, roles=NAME_ROLES, weights=found)
    resolve = ContextResolver(gazetteer, weights=placed)
    names = [recognize(gold.document) for gold in corpus]
    answers = [resolve(gold.document, given) for gold, given in zip(corpus, names, strict=True)]
    given = [resolve(gold.document, resolution.toponyms_of(gold)) for gold in corpus]
    pins = [[r for r in one if r.toponym.role in LOCATING_ROLES] for one in answers]
    print(
        f"{label}: found, overlapping span {_cell(score_recognition(corpus, names, match=SpanMatch.OVERLAP))}"
        f" | gold spans {score_resolution(corpus, given).share:.3f}"
        f" | raw text {_cell(score_end_to_end(corpus, answers))}"
        f" | locating roles {_cell(score_end_to_end(corpus, pins))}",
        flush=True,
    )


def _cell(score: Score) -> str:
    return f"{score.precision:.3f} {score.recall:.3f} {score.f1:.3f}"


if __name__ == "__main__":
    main()
