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
from dataclasses import dataclass
from pathlib import Path

TOWNS = tuple(
    "Toretsk Kramatorsk Bakhmut Pokrovsk Sloviansk Kupiansk Izium Kherson Nikopol Sumy Aleppo Idlib Hama Homs Raqqa"
    " Hasakah Qamishli Daraa Palmyra Mosul Kirkuk Tikrit Ramadi Fallujah Gao Menaka Kidal Timbuktu Mopti Djibo Dori"
    " Niamey Diffa Maiduguri Taiz Hodeidah Marib Aden Saada Geneina Nyala Kosti Omdurman Atbara Goma Bukavu Bunia"
    " Beni Butembo Kismayo Baidoa Mogadishu Misrata Benghazi Sirte Derna Kunduz Kandahar Jalalabad Ghazni".split()
)
# Sentences of war are mixed with ordinary ones, so that a page has about as many places (one in 250 characters) and
# events as one of news.
SENTENCES = (
    "Shelling hit {a} on {day} and killed {n} people, a doctor said.",
    "The town lies {km} km south of {b}, and its only road had been closed since the morning.",
    "Fighters ambushed a convoy near {a} late on {day}, the governor told reporters by telephone.",
    "Protesters gathered in {b} for a third day and asked for bread, water and an end to the fighting.",
    "Troops moved from {b} to {a} during the night, about {km} kilometers along the river, residents said.",
    "Aid workers counted {n} families who had left {a} on foot, most of them with nothing but blankets.",
    "An air strike on a fuel depot in {b} started a fire that could be seen {km} miles away.",
)
ORDINARY = (
    "Nobody claimed responsibility, and the ministry of defense declined to comment on the report.",
    "A woman who sold bread at the market said that she had heard {n} blasts before the power failed.",
    "The schools will stay closed, and the hospital has asked for blood of all groups.",
    "{who}, who has run the clinic for eleven years, said that medicines would last until {day} at most.",
    "The price of flour has risen by {n} percent since the spring, according to traders in the old quarter.",
    "Mediators met for {n} hours behind closed doors and left without a word to those who waited outside.",
    "{who} of the Norwegian Refugee Council said that nothing like it had been seen in {n} years.",
    "The committee is to vote on the budget next month, and two of its members have already said no.",
    "Telephone lines were down for most of the day, so that the figures could not be checked at once.",
    "{who}, a teacher, keeps {n} pupils in what used to be the storeroom of a pharmacy.",
    "Rain is expected until {day}, which would turn the last unpaved stretch of the road to mud.",
    "The bank opened for an hour, and the line of people who waited reached around the block.",
    "In a statement the union said that its members had not been paid for {n} weeks and would wait no longer.",
    "Analysts see little chance of an agreement before the end of the year, {who} wrote in a study.",
    "The harvest, usually finished by now, has hardly begun, and farmers blame the lack of diesel.",
    "{who} remembered that the last census, taken {n} years ago, had counted twice as many households.",
)
GIVEN = (
    "Amina",
    "Olena",
    "Mariam",
    "Yusuf",
    "Petro",
    "Salma",
    "Ibrahim",
    "Natalia",
    "Hassan",
    "Grace",
    "Idriss",
)
FAMILY = (
    "Haddad",
    "Kovalenko",
    "Traore",
    "Mahamat",
    "Bondar",
    "Nasser",
    "Okello",
    "Rahimi",
    "Sow",
    "Lysenko",
)
WAR = 0.28  # the share of sentences of war
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LENGTH = 3_000
RUN = """
import sys
from pathlib import Path
from geoevents.corpus import run_corpus
if __name__ == "__main__":
    out = Path(sys.argv[2])
    def note(progress):
        if progress.is_comparing:
            (out / "comparing").touch()
    run_corpus([sys.argv[1]], out, workers=int(sys.argv[3]), on_progress=note)
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
            "who": f"{pick.choice(GIVEN)} {pick.choice(FAMILY)}",
            "n": pick.randint(2, 40),
            "km": pick.randint(5, 90),
        }
        parts.append(pick.choice(SENTENCES if pick.random() < WAR else ORDINARY).format(**values))
    return {
        "id": f"d{number}",
        "date": f"{2015 + number % 10}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
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


def cpu_s(pid: int) -> float:
    """Return the seconds of processor time of a process so far, without those of its children."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took: seconds of the clock and until the first comparison, of the parent's and the workers' CPU."""

    wall_s: float
    work_s: float
    parent_s: float
    parent_work_s: float
    workers_s: float
    parent_mb: float
    worker_mb: float


def measured(path: Path, out: Path, workers: int) -> Run:
    """Run a corpus and return what it took; `work_s` ends when the documents are done and are to be compared."""
    peaks: dict[int, float] = {}
    cpu: dict[int, float] = {}
    worked: list[float] = []
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", RUN, str(path), str(out), str(workers)])
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.2):
            for pid in family(process.pid):
                peaks[pid] = max(peaks.get(pid, 0.0), peak_mb(pid))
                cpu[pid] = max(cpu.get(pid, 0.0), cpu_s(pid))
            if not worked and (out / "comparing").exists():
                worked.extend((time.perf_counter() - begun, cpu.get(process.pid, 0.0)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    wall = time.perf_counter() - begun
    done.set()
    watcher.join()
    if code:
        sys.exit(f"the run ended with exit code {code}")
    work, parent_work = worked or (wall, cpu[process.pid])
    return Run(
        wall_s=wall,
        work_s=work,
        parent_s=cpu.pop(process.pid),
        parent_work_s=parent_work,
        workers_s=sum(cpu.values()),
        parent_mb=peaks.pop(process.pid),
        worker_mb=max(peaks.values()),
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, action="append")
    parser.add_argument("--workers", type=int, action="append")
    options = parser.parse_args()
    print(
        f"{'documents':>10} {'workers':>8} {'docs/s':>8} {'work s':>8} {'all s':>8}"
        f" {'ms a document: workers':>23} {'parent':>7} {'last step s':>12} {'parent MB':>10} {'worker MB':>10} {'load':>6}"
    )
    with tempfile.TemporaryDirectory() as name:
        for count in options.documents or [2_000]:
            path = written(Path(name), count)
            for workers in options.workers or [1, 2]:
                run = measured(path, Path(name) / f"{count}-{workers}", workers)
                print(
                    f"{count:>10,} {workers:>8} {count / run.wall_s:>8.1f} {run.work_s:>8.1f} {run.wall_s:>8.1f}"
                    f" {1000 * run.workers_s / count:>23.2f} {1000 * run.parent_work_s / count:>7.2f}"
                    f" {run.parent_s - run.parent_work_s:>12.1f} {run.parent_mb:>10.0f} {run.worker_mb:>10.0f}"
                    f" {os.getloadavg()[0]:>6.1f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
