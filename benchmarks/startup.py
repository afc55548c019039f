"""How long does a user wait for one answer?

Prints the wall time of whole processes, from an empty interpreter to a written map::

    python benchmarks/startup.py --runs 7
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STORY = Path(__file__).resolve().parent.parent / "examples" / "at-tanf.txt"
HEAVY = ("folium", "pandas", "numpy", "shapely")


def commands(folder: Path) -> dict[str, tuple[list[str], float | None]]:
    """Return what is timed: a label, the arguments to Python, and the bar in seconds."""
    module = ["-m", "geoevents"]
    return {
        "bare interpreter": (["-c", "pass"], None),
        "import geoevents": (["-c", "import geoevents"], None),
        "geoevents --version": ([*module, "--version"], None),
        "geoevents lookup": ([*module, "lookup", "Hmeimim"], None),
        "geoevents distance": ([*module, "distance", "At-Tanf", "Aleppo"], None),
        "geoevents places": ([*module, "places", str(STORY)], 0.5),
        "geoevents events": ([*module, "events", str(STORY)], None),
        "geoevents check": ([*module, "check", str(STORY)], None),
        "geoevents map": ([*module, "map", str(STORY), "-o", str(folder / "map.html")], 2.5),
    }


def seconds(arguments: list[str], runs: int) -> list[float]:
    """Return the wall times of `runs` processes, after one that warms the caches."""
    times = []
    for _ in range(runs + 1):
        started = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return times[1:]


def loaded_by_import() -> list[str]:
    """Return which heavy libraries `import geoevents` brings along."""
    code = f"import sys, geoevents; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=5, help="processes per command (default: 5)")
    runs = parser.parse_args().runs
    print(f"{'command':<22}{'min s':>8}{'median s':>10}{'max s':>8}{'bar s':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for label, (arguments, bar) in commands(Path(folder)).items():
            times = seconds(arguments, runs)
            row = f"{min(times):>8.3f}{statistics.median(times):>10.3f}{max(times):>8.3f}"
            print(f"{label:<22}{row}{'' if bar is None else f'{bar:>8.1f}'}")
    print(f"heavy libraries loaded by import geoevents: {', '.join(loaded_by_import()) or 'none'}")


if __name__ == "__main__":
    main()
