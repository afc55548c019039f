"""How fast is a corpus run, how much do more workers help, and how much memory does each process take?

Documents of about 3 kB are made by program from sentences of our own. Prints a table; sizes are options:

    python benchmarks/corpus.py --documents 10000 --documents 100000 --workers 1 --workers 2
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

TOWNS = ("Toretsk", "Kramatorsk", "Bakhmut", "Aleppo", "Idlib", "Gao", "Menaka", "Taiz", "El Fasher", "Goma")
SENTENCES = (
    "Shelling hit {a} on {day} and killed {n} people, a doctor said.",
    "The town lies {km} km south of {b}, and its only road had been closed since the morning.",
    "Fighters ambushed a convoy near {a} late on {day}, the governor told reporters by telephone.",
    "Nobody claimed responsibility, and the ministry of defense declined to comment on the report.",
    "Protesters gathered in {b} for a third day and asked for bread, water and an end to the fighting.",
    "A woman who sold bread at the market said that she had heard {n} blasts before the power failed.",
    "Troops moved from {b} to {a} during the night, about {km} kilometers along the river, residents said.",
    "The schools will stay closed, and the hospital has asked for blood of all groups.",
    "Aid workers counted {n} families who had left {a} on foot, most of them with nothing but blankets.",
    "An air strike on a fuel depot in {b} started a fire that could be seen {km} miles away.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LENGTH = 3_000
RUN = """
import sys
from geoevents.corpus import run_corpus
if __name__ == "__main__":
    run_corpus([sys.argv[1]], sys.argv[2], workers=int(sys.argv[3]))
"""


def document(number: int) -> dict[str, str]:
    """Return one document, the same for the same number."""
    pick = random.Random(number)  # noqa: S311 -- the same documents each time
    parts: list[str] = []
    while sum(map(len, parts)) < LENGTH:
        a, b = pick.sample(TOWNS, 2)
        values = {
            "a": a,
            "b": b,
            "day": pick.choice(DAYS),
            "n": pick.randint(2, 40),
            "km": pick.randint(5, 90),
        }
        parts.append(pick.choice(SENTENCES).format(**values))
    return {
        "id": f"d{number}",
        "date": f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        "text": " ".join(parts),
    }


def written(folder: Path, count: int) -> Path:
    """Write so many documents as JSON Lines."""
    path = folder / f"{count}.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(document(number)) + "\n" for number in range(count))
    return path


def family(pid: int) -> Iterator[int]:
    """Yield a process and its children."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    yield from map(int, children)


def peak_mb(pid: int) -> float:
    """Return the highest resident memory of a process so far."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def measured(path: Path, out: Path, workers: int) -> tuple[float, float, float, float]:
    """Return wall-clock and CPU seconds of a run, and the peaks of its parent and of its largest worker."""
    peaks: dict[int, float] = {}
    before = os.times()
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", RUN, str(path), str(out), str(workers)])
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.2):
            for pid in family(process.pid):
                peaks[pid] = max(peaks.get(pid, 0.0), peak_mb(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    done.set()
    watcher.join()
    if code:
        sys.exit(f"the run ended with exit code {code}")
    after = os.times()
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    largest = max((peak for pid, peak in peaks.items() if pid != process.pid), default=0.0)
    return time.perf_counter() - begun, cpu, peaks.get(process.pid, 0.0), largest


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, action="append")
    parser.add_argument("--workers", type=int, action="append")
    options = parser.parse_args()
    print(
        f"{'documents':>10} {'workers':>8} {'docs/s':>8} {'CPU ms/doc':>11} {'parent MB':>10} {'worker MB':>10}"
    )
    with tempfile.TemporaryDirectory() as name:
        for count in options.documents or [2_000]:
            path = written(Path(name), count)
            for workers in options.workers or [1, 2]:
                wall, cpu, parent, worker = measured(path, Path(name) / f"{count}-{workers}", workers)
                print(
                    f"{count:>10,} {workers:>8} {count / wall:>8.1f} {1000 * cpu / count:>11.2f} {parent:>10.0f} {worker:>10.0f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
