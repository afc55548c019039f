"""How fast does one system read some texts? A process of its own, started by `geoparsing.py`.

Imports nothing but the system that is timed, so that its cold start and memory are its own.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def call_of(system: str) -> Callable[[str], Any]:
    """Return the call that reads one text."""
    if system == "geoevents":
        from geoevents.gazetteer import Gazetteer
        from geoevents.pipeline import Pipeline

        return Pipeline.over_places(Gazetteer.load())
    if system == "flashgeotext":
        from flashgeotext.geotext import GeoText

        extractor = GeoText()
        return lambda text: extractor.extract(input_text=text)
    from geotext import GeoText as Geo

    return Geo


def main() -> None:
    """Read the texts of a JSON file with a system, and print what it took."""
    system, path = sys.argv[1:]
    texts = json.loads(Path(path).read_text(encoding="utf-8"))
    call = call_of(system)
    call(texts[0])
    started = time.process_time()
    for text in texts:
        call(text)
    seconds = time.process_time() - started
    print(json.dumps({"seconds": seconds, "memory_mb": _most_memory_kb() / 1024}))


def _most_memory_kb() -> int:
    """Return the most memory that this program had: `getrusage` counts what started it, too."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1])


if __name__ == "__main__":
    main()
