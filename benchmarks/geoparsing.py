"""How well and how fast are names found and placed, beside the peers and what others published?

    python benchmarks/geoparsing.py --corpora PATH [--documents 500] [--rounds 3]

Prints accuracy on each corpus that lies in the folder, for three choices of roles; the recognition of
the peers that install from a registry (`pip install 'geoevents[benchmarks]'`); figures that others
published; and the speed of all in one run: articles of 3 kB a second, memory, cold start. Each
measurement of speed is a process of its own that reads each article once, so that no cache of names
helps; times are of the processor, the least of some rounds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from geoparsing_worker import call_of
from tabulate import tabulate

from geoevents.evaluation import (
    CorpusFormat,
    Counting,
    GoldDocument,
    Score,
    SpanMatch,
    read_corpus,
    score_end_to_end,
    score_recognition,
    score_resolution,
)
from geoevents.gazetteer import Gazetteer
from geoevents.model import ALL_ROLES, LOCATING_ROLES, NAME_ROLES, Resolution, Span, Toponym, ToponymRole
from geoevents.pipeline import Pipeline

CORPORA = {
    "LGL": ("lgl/lgl.xml", CorpusFormat.LGL),
    "TR-News": ("trnews/TR-News.xml", CorpusFormat.LGL),
    "GeoWebNews": ("geowebnews/GWN.xml", CorpusFormat.GEOWEBNEWS),
    "GeoVirus": ("geovirus/GeoVirus.xml", CorpusFormat.GEOVIRUS),
}
ROLES = {
    "all names (default)": NAME_ROLES,
    "without demonyms": NAME_ROLES - {ToponymRole.DEMONYM},
    "without embedded": NAME_ROLES - {ToponymRole.EMBEDDED},
    "locating names": LOCATING_ROLES & NAME_ROLES,
    "literal only": frozenset({ToponymRole.LITERAL}),
    "with descriptions": ALL_ROLES,
    "locating roles (pins)": LOCATING_ROLES,
}
PEERS = ("flashgeotext", "geotext")
# What others published, or what their stored outputs give when scored alike; none is run here.
PUBLISHED = """\
* Mordecai 3 (transformer, Elasticsearch, index of 2 GB): raw text, share of the gold names within 161 km:
  .59 to .63 on LGL, TR-News and GeoWebNews
  [A. Halterman, Mordecai 3: A Neural Geoparser and Event Geocoder, arXiv:2303.13675 (2023)]
* best of nine (CamCoder, CLAVIN, Edinburgh, DBpedia, Stanford with population, Yahoo, GeoTxt, TopoCluster,
  spaCy): raw text, F1: LGL .52 (recall .49, precision .55), TR-News .63, GeoWebNews .58, GeoVirus .68;
  recognition, same span, F1: .73, .82, .74, .92
  [their outputs as stored by the authors of comparisons of geoparsers, scored alike]
* best ensemble: gold spans, share within 161 km, without countries:
  LGL .83, TR-News .86, GeoWebNews .81, GeoVirus .95
  [X. Hu et al., How can voting mechanisms improve the robustness and generalizability of toponym
  disambiguation?, arXiv:2209.08286 (2022)]"""
ARTICLE_BYTES = 3000


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables for the corpora in a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="the folder with lgl/, geowebnews/, trnews/, geovirus/")
    parser.add_argument("--documents", type=int, default=500, help="articles of 3 kB to time, at most")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed")
    parser.add_argument("--only", choices=["accuracy", "speed"], help="print that part alone")
    options = parser.parse_args(arguments)
    if options.corpora is None:
        parser.error("--corpora is needed")
    corpora = {
        name: read_corpus(options.corpora / path, layout).documents
        for name, (path, layout) in CORPORA.items()
        if (options.corpora / path).is_file()
    }
    if not corpora:
        parser.error(f"none of {', '.join(path for path, _ in CORPORA.values())} is in {options.corpora}")
    if options.only != "speed":
        report_accuracy(corpora)
        report_published()
    if options.only != "accuracy":
        texts = articles([doc.document.text for gold in corpora.values() for doc in gold])
        report_speed(texts[: options.documents], rounds=options.rounds)


def report_accuracy(corpora: dict[str, Sequence[GoldDocument]]) -> None:
    """Print how well we do on each corpus, and how well the peers recognize."""
    pipeline = Pipeline.over_places(Gazetteer.load())
    for name, gold in corpora.items():
        rows = []
        for label, roles in ROLES.items():
            chosen = Pipeline.over_places(Gazetteer.load(), roles=roles)
            rows.append([label, *_scores(gold, [chosen(doc.document).resolutions for doc in gold])])
        for peer in PEERS:
            recognize = peer_recognizer(peer)
            if recognize is not None:
                names = [recognize(doc.document.text) for doc in gold]
                rows.append([peer, *map(_cell, _recognition(gold, names))])
        headers = ["P R F1", "same span", "overlapping span", "raw text", "all names", "judged pins"]
        print(f"\n{name}: {len(gold)} documents, {sum(len(doc.toponyms) for doc in gold):,} names")
        print(tabulate(rows, headers, disable_numparse=True))
        _print_gold_spans(pipeline, gold)


def _scores(gold: Sequence[GoldDocument], found: Sequence[Sequence[Resolution]]) -> Iterator[str]:
    names = [[resolution.toponym for resolution in one] for one in found]
    yield from map(_cell, _recognition(gold, names))
    yield from (_cell(score_end_to_end(gold, found, counting=counting)) for counting in Counting)


def _recognition(gold: Sequence[GoldDocument], names: Sequence[Sequence[Toponym]]) -> Iterator[Score]:
    return (score_recognition(gold, names, match=match) for match in SpanMatch)


def _cell(score: Score) -> str:
    return f"{score.precision:.3f} {score.recall:.3f} {score.f1:.3f}"


def _print_gold_spans(pipeline: Pipeline, gold: Sequence[GoldDocument]) -> None:
    given = [
        pipeline.resolve(doc.document, tuple(Toponym(name.span, name.text) for name in doc.toponyms))
        for doc in gold
    ]
    accuracy = score_resolution(gold, given)
    print(
        f"gold spans: {accuracy.share:.3f} of {accuracy.gold:,} within 161 km ({accuracy.share_or_same:.3f} or"
        f" same area), answered {accuracy.answered:,}, median error {accuracy.median_km or 0:.0f} km, mean"
        f" {accuracy.mean_km or 0:.0f} km, area under the error curve {accuracy.auc or 0:.3f}"
    )


def peer_recognizer(peer: str) -> Callable[[str], list[Toponym]] | None:
    """Return what finds names as a peer does, `None` where it is not installed."""
    if not _is_installed(peer):
        return None
    extract = call_of(peer)
    return (
        (lambda text: _flash_names(text, extract))
        if peer == "flashgeotext"
        else (lambda text: _geotext_names(text, extract))
    )


def _is_installed(peer: str) -> bool:
    if find_spec(peer) is not None:
        return True
    print(f"{peer}: not installed (pip install 'geoevents[benchmarks]')", file=sys.stderr)
    return False


def _flash_names(text: str, extract: Callable[[str], Any]) -> list[Toponym]:
    spans = {
        Span(start, end)
        for kind in extract(text).values()
        for place in kind.values()
        for start, end in place["span_info"]
    }
    return [Toponym(span, span.of(text)) for span in sorted(spans)]


def _geotext_names(text: str, extract: Callable[[str], Any]) -> list[Toponym]:
    """Return the names in the text: geotext gives them in order of mention, without their spans."""
    found = extract(text)
    spans: set[Span] = set()
    for names in (found.cities, found.countries, found.nationalities):
        at = 0
        for name in names:
            start = text.find(name, at)
            if start >= 0:
                at = start + len(name)
                spans.add(Span(start, at))
    return [Toponym(span, span.of(text)) for span in sorted(spans)]


def report_published() -> None:
    """Print what others published, with the source."""
    print(f"\npublished by others, not run here\n{PUBLISHED}")


def articles(texts: Sequence[str]) -> list[str]:
    """Return the texts cut and joined to articles of 3 kB each, between words."""
    out: list[str] = []
    rest = ""
    for text in texts:
        rest += f"{text}\n\n"
        while len(rest.encode()) >= ARTICLE_BYTES:
            cut = rest.rfind(" ", 0, ARTICLE_BYTES) + 1 or ARTICLE_BYTES
            out.append(rest[:cut])
            rest = rest[cut:]
    return out


def report_speed(texts: Sequence[str], *, rounds: int) -> None:
    """Print throughput, memory and cold start of all systems, each in processes of its own, in turns."""
    systems = ["geoevents", *(peer for peer in PEERS if _is_installed(peer))]
    size = sum(len(text.encode()) for text in texts)
    with TemporaryDirectory() as folder:
        many, one = Path(folder) / "many.json", Path(folder) / "one.json"
        many.write_text(json.dumps(list(texts)), encoding="utf-8")
        one.write_text(json.dumps(list(texts[:1])), encoding="utf-8")
        runs: dict[str, list[dict[str, float]]] = {system: [] for system in systems}
        for _ in range(rounds):
            for system in systems:
                runs[system].append(_timed(system, many) | _cold(system, one))
    rows = []
    for system, of_system in runs.items():
        best = {key: min(run[key] for run in of_system) for key in of_system[0]}
        rows.append(
            [
                system,
                f"{len(texts) / best['seconds']:,.0f}",
                f"{size / best['seconds'] / 1e6:.2f}",
                f"{best['memory_mb']:.0f}",
                f"{best['cold_cpu']:.2f}",
                f"{best['cold_wall']:.2f}",
            ]
        )
    print(
        f"\nspeed over {len(texts)} articles of 3 kB (processor time, best of {rounds} rounds, one process)"
    )
    print(
        tabulate(
            rows,
            ["", "articles/s", "MB/s", "memory MB", "cold start, CPU s", "cold start, wall s"],
            disable_numparse=True,
        )
    )
    print(
        "geoevents finds names and places them on the map; the peers look names up. A cold start is a whole"
    )
    print("process that reads one article.")


def _timed(system: str, texts: Path) -> dict[str, float]:
    result = subprocess.run(_command(system, texts), check=True, capture_output=True, text=True)
    return dict(json.loads(result.stdout))


def _cold(system: str, texts: Path) -> dict[str, float]:
    """Return how long a process takes that reads one article, by the clock and by the processor."""
    started = time.perf_counter()
    process = subprocess.Popen(_command(system, texts), stdout=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return {"cold_wall": time.perf_counter() - started, "cold_cpu": usage.ru_utime + usage.ru_stime}


def _command(system: str, texts: Path) -> list[str]:
    return [sys.executable, str(Path(__file__).with_name("geoparsing_worker.py")), system, str(texts)]


if __name__ == "__main__":
    main()
