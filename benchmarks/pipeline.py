"""How many articles does the whole pipeline read a second, and which stage takes how much of that?

    python benchmarks/pipeline.py --corpora PATH [--articles 300] [--rounds 3]

Reads articles of 3 kB, cut from the corpora under PATH, through all stages in one process: each once, so
that no memory of its names helps, then all of them again. Times are of the processor, the least of some
rounds, each of which is a process of its own.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from geoparsing import CORPORA, articles
from tabulate import tabulate

from geoevents.evaluation import read_corpus
from geoevents.gazetteer import Gazetteer
from geoevents.pipeline import Pipeline

BAR = 500  # articles a second
STAGES = ("recognize", "resolve", "date", "attribute", "code_events", "find_claims", "verify")
_Seconds = dict[str, float]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table for the corpora in a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpora", type=Path, help="the folder with lgl/, geowebnews/, trnews/, geovirus/")
    parser.add_argument("--articles", type=int, default=300, help="articles of 3 kB to time, at most")
    parser.add_argument("--rounds", type=int, default=3, help="how often they are timed")
    parser.add_argument("--time", type=Path, help=argparse.SUPPRESS)  # one round, on the texts of a file
    options = parser.parse_args(arguments)
    if options.time is not None:
        print(json.dumps(timed(json.loads(options.time.read_text(encoding="utf-8")))))
        return
    if options.corpora is None:
        parser.error("--corpora is needed")
    texts = [
        gold.document.text
        for path, layout in CORPORA.values()
        if (options.corpora / path).is_file()
        for gold in read_corpus(options.corpora / path, layout).documents
    ]
    if not texts:
        parser.error(f"none of {', '.join(path for path, _ in CORPORA.values())} is in {options.corpora}")
    report(articles(texts)[: options.articles], rounds=options.rounds)


def report(texts: Sequence[str], *, rounds: int) -> None:
    """Time the texts in processes of their own and print the least of each stage."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "texts.json"
        file.write_text(json.dumps(texts), encoding="utf-8")
        command = [sys.executable, __file__, "--time", str(file)]
        runs = [
            json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            for _ in range(rounds)
        ]
    once, again = (_least([run[number] for run in runs]) for number in range(2))
    rows = [
        [stage.replace("_", " "), *(f"{1000 * part[stage] / len(texts):.2f}" for part in (once, again))]
        for stage in STAGES
    ]
    totals = [sum(part.values()) for part in (once, again)]
    rows.append(["all", *(f"{1000 * total / len(texts):.2f}" for total in totals)])
    rows.append(["articles/s", *(f"{len(texts) / total:,.0f}" for total in totals)])
    print(f"{len(texts)} articles of 3 kB, ms of the processor each, best of {rounds} rounds, one process")
    print(tabulate(rows, ["", "read once", "read again"], disable_numparse=True))
    print(f"The bar is {BAR} articles a second.")


def _least(runs: Sequence[_Seconds]) -> _Seconds:
    """Return the stages of the round that took the least in all."""
    return min(runs, key=lambda run: sum(run.values()))


def timed(texts: Sequence[str]) -> tuple[_Seconds, _Seconds]:
    """Return the seconds of each stage, for all texts together, the first time and the second."""
    plain = Pipeline.over(Gazetteer.load())
    plain("Tables and patterns are read with the first text, in which rebels shelled Homs on Monday.")
    seconds: _Seconds = dict.fromkeys(STAGES, 0.0)
    watched: dict[str, Any] = {stage: _watched(stage, getattr(plain, stage), seconds) for stage in STAGES}
    pipeline = replace(plain, **watched)
    for text in texts:
        pipeline(text)
    once = dict(seconds)
    for text in texts:
        pipeline(text)
    return once, {stage: total - once[stage] for stage, total in seconds.items()}


def _watched(stage: str, call: Callable[..., Any], seconds: _Seconds) -> Callable[..., Any]:
    """Return a stage that adds the time that it takes to that of its name."""

    def watched(*given: Any) -> Any:
        started = time.process_time()
        made = call(*given)
        seconds[stage] += time.process_time() - started
        return made

    return watched


if __name__ == "__main__":
    main()
