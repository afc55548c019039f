"""How well are places recognized and resolved, and how fast, on corpora with gold places?

Prints, for LGL and GeoWebNews, recognition (exact and overlapping spans) for three choices of
roles, resolution with the gold spans given, and both together from raw text.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from geoevents.evaluation import (
    GoldDocument,
    SpanMatch,
    read_geowebnews,
    read_lgl,
    score_end_to_end,
    score_recognition,
    score_resolution,
)
from geoevents.gazetteer import Gazetteer
from geoevents.model import Toponym, ToponymRole
from geoevents.recognition import ALL_ROLES, DEFAULT_ROLES, GazetteerRecognizer
from geoevents.resolution import ContextResolver

ROLES = {
    "default": DEFAULT_ROLES,
    "+ demonyms": DEFAULT_ROLES | {ToponymRole.DEMONYM},
    "all roles": ALL_ROLES,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table for the corpora in a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder with lgl/ and geowebnews/")
    folder = parser.parse_args(arguments).corpora
    gazetteer = Gazetteer.load()
    corpora = {
        "LGL": read_lgl(folder / "lgl" / "lgl.xml"),
        "GeoWebNews": read_geowebnews(folder / "geowebnews" / "GWN.xml"),
    }
    for name, gold in corpora.items():
        print(name)
        for label, roles in ROLES.items():
            report_end_to_end(gazetteer, gold, label, roles)
        report_gold_spans(gazetteer, gold)
    report_speed(gazetteer, [doc for gold in corpora.values() for doc in gold])


def report_end_to_end(
    gazetteer: Gazetteer, gold: Sequence[GoldDocument], label: str, roles: frozenset[ToponymRole]
) -> None:
    """Print recognition and end-to-end scores for one choice of roles."""
    recognize, resolve = GazetteerRecognizer(gazetteer, roles=roles), ContextResolver(gazetteer)
    found = [recognize(doc.document) for doc in gold]
    resolved = [resolve(doc.document, names) for doc, names in zip(gold, found, strict=True)]
    scores = {
        "exact": score_recognition(gold, found, match=SpanMatch.EXACT),
        "overlap": score_recognition(gold, found, match=SpanMatch.OVERLAP),
        "end to end": score_end_to_end(gold, resolved),
    }
    parts = [f"{key} {s.precision:.3f} {s.recall:.3f} {s.f1:.3f}" for key, s in scores.items()]
    print(f"  {label:11} P R F1: " + " | ".join(parts))


def report_gold_spans(gazetteer: Gazetteer, gold: Sequence[GoldDocument]) -> None:
    """Print the accuracy of resolution within 161 km, with the gold spans given."""
    resolve = ContextResolver(gazetteer)
    resolved = [
        resolve(doc.document, tuple(Toponym(name.span, name.text) for name in doc.toponyms)) for doc in gold
    ]
    accuracy = score_resolution(gold, resolved)
    print(
        f"  gold spans: within 161 km {accuracy.share:.3f} of {accuracy.gold}, answered {accuracy.answered},"
        f" median error {accuracy.median_km or 0:.0f} km, mean {accuracy.mean_km or 0:.0f} km"
    )


def report_speed(gazetteer: Gazetteer, gold: Sequence[GoldDocument]) -> None:
    """Print how many megabytes a second recognition and resolution take together."""
    recognize, resolve = GazetteerRecognizer(gazetteer), ContextResolver(gazetteer)
    start = time.perf_counter()
    for doc in gold:
        resolve(doc.document, recognize(doc.document))
    seconds = time.perf_counter() - start
    megabytes = sum(len(doc.document.text.encode()) for doc in gold) / 1e6
    print(f"speed: {megabytes / seconds:.2f} MB/s, {len(gold) / seconds:.0f} documents a second")


if __name__ == "__main__":
    main()
