"""Does a corpus run lose nothing: killed, on a cluster that loses a worker, among hostile files, in every export?

Prints a table of bars and measured figures, and exits with 1 where one is missed. Sizes are options; the defaults
are those of the bars:

    python benchmarks/reliability.py --kills 20 --hostile 1000 --part kills --part cluster --part hostile --part exports
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import shapely
from corpus import document, family, peak_mb, written
from pyarrow import parquet

import geoevents as ge
from geoevents.corpus import Progress
from geoevents.documents import read_documents
from geoevents.exports import acled_rows, place_rows, ucdp_rows
from geoevents.exports.layers import Layer
from geoevents.model import LOCATING_ROLES

RUN = """
import sys
from geoevents.corpus import Limits, Settings, run_corpus
if __name__ == "__main__":
    limits = Limits(float(sys.argv[4]), memory_bytes=1 << 30)
    run_corpus([sys.argv[1]], sys.argv[2], workers=2, settings=Settings(batch_size=int(sys.argv[3])), limits=limits)
"""
TABLES = ("documents", "places", "events", "verdicts", "errors")


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing that must hold, what was measured, and whether it does."""

    name: str
    measured: str
    is_met: bool


def started(path: Path, out: Path, *, batch_size: int = 10, seconds: float = 60.0) -> subprocess.Popen[bytes]:
    """Start a run in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", RUN, str(path), str(out), str(batch_size), str(seconds)])


def finished(path: Path, out: Path, **options: Any) -> float:
    """Run to the end and return the seconds that it took."""
    begun = time.perf_counter()
    code = started(path, out, **options).wait()
    if code:
        sys.exit(f"the run ended with exit code {code}")
    return time.perf_counter() - begun


def content(out: Path) -> dict[str, str]:
    """Return a digest of each file that a run has left, its lock apart."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table of a run, in order."""
    parts = sorted((out / table).glob("*.parquet"))
    return [row for part in parts for row in parquet.read_table(part).to_pylist()]


def kills(folder: Path, *, times: int, documents: int) -> Iterator[Bar]:
    """Kill runs at random moments, let each be resumed, and compare what they leave."""
    path, whole = written(folder, documents), folder / "whole"
    takes = finished(path, whole)
    expected, wanted = content(whole), [f"d{number}" for number in range(documents)]
    pick = random.Random(8)  # noqa: S311 -- the same moments each time
    done = ends = equal = exact = 0
    differing: set[str] = set()
    while done < times or ends == 0:
        out = folder / f"killed{ends}"
        while True:
            process = started(path, out)
            try:
                process.wait(pick.uniform(0.05, takes) if done < times else None)
                break
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                done += 1
        ends += 1
        found = content(out)
        equal += found == expected
        differing |= {name for name, _ in found.items() ^ expected.items()}
        exact += [row["document"] for row in rows(out, "documents")] == wanted
    yield Bar(
        f"SIGKILL at {times} random moments, resumed: tables equal the uninterrupted run's",
        f"{equal} of {ends} runs equal in every byte after {done} kills{_listed(differing)}",
        equal == ends,
    )
    yield Bar(
        "no document lost or doubled", f"{exact} of {ends} runs hold each once, in order", exact == ends
    )


def _listed(names: set[str]) -> str:
    return f"; these differ: {', '.join(sorted(names)[:5])}" if names else ""


def cluster(folder: Path, *, documents: int) -> Iterator[Bar]:
    """Run on two processes of a Dask cluster, kill one, and compare with one machine."""
    from distributed import LocalCluster

    path, alone, out = written(folder, documents), folder / "alone", folder / "cluster"
    settings = ge.Settings(batch_size=10)
    finished(path, alone)
    killed: list[int] = []
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as running:

        def kill_one(progress: Progress) -> None:
            if progress.documents >= documents // 4 and not killed:
                killed.append(next(iter(running.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        ge.run_corpus([path], out, workers=running.scheduler_address, settings=settings, on_progress=kill_one)
    is_equal = content(alone) == content(out)
    yield Bar(
        "Dask with two worker processes, one killed: the same tables",
        f"{documents} documents, {len(killed)} process killed, {'equal in every byte' if is_equal else 'NOT equal'}",
        is_equal and len(killed) == 1,
    )


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _docx(body: str) -> bytes:
    import docx

    out = io.BytesIO()
    made = docx.Document()
    made.add_paragraph("Shells fell.")
    made.save(out)
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as old:
        return _zip({n: body.encode() if n == "word/document.xml" else old.read(n) for n in old.namelist()})


def _word(text: str) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return _docx(f"<w:document {space}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>")


def _pdf(text: str) -> bytes:
    """Return the smallest PDF that shows a line of text."""
    stream = f"BT /F1 12 Tf 40 700 Td ({text}) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n%s" % table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def _page(text: str) -> bytes:
    return (
        f"<html><head><title>News</title></head><body><article><p>{text}</p></article></body></html>".encode()
    )


def _table(text: str) -> bytes:
    return f'id,text,date\nrow,"{text}",2024-05-09\n'.encode()


def _mail(text: str) -> bytes:
    return f"From: a@example.org\nSubject: News\nDate: Thu, 9 May 2024 10:00:00 +0000\n\n{text}\n".encode()


WHOLE: dict[str, Callable[[str], bytes]] = {
    "txt": str.encode,
    "html": _page,
    "pdf": lambda text: _pdf(text[:90]),
    "docx": _word,
    "eml": _mail,
    "csv": _table,
    "jsonl": lambda text: json.dumps({"id": "row", "text": text}).encode() + b"\n",
    "zip": lambda text: _zip({"a.txt": text.encode()}),
    "txt.gz": lambda text: gzip.compress(text.encode(), mtime=0),
}


def _truncated(pick: random.Random) -> tuple[str, bytes]:
    kind = pick.choice(list(WHOLE))
    data = WHOLE[kind](_text(pick))
    return kind, data[: pick.randrange(len(data))]


def _mislabelled(pick: random.Random) -> tuple[str, bytes]:
    kind, other = pick.sample(list(WHOLE), 2)
    return kind, WHOLE[other](_text(pick))


def _damaged(pick: random.Random) -> tuple[str, bytes]:
    kind = pick.choice(list(WHOLE))
    data = bytearray(WHOLE[kind](_text(pick)))
    for _ in range(pick.randint(1, 40)):
        data[pick.randrange(len(data))] = pick.randrange(256)
    return kind, bytes(data)


def _bomb(pick: random.Random) -> tuple[str, bytes]:
    zeros = b"0" * pick.randint(30_000_000, 120_000_000)
    shape = pick.randrange(4)
    if shape == 0:
        return "zip", _zip({"a.txt": zeros})
    if shape == 1:
        return "txt.gz", gzip.compress(zeros, 6)
    if shape == 2:
        return "zip", _zip({f"{n}.zip": _zip({"a.txt": zeros[:20_000_000]}) for n in range(4)})
    return "docx", _docx("<a>" + "x" * len(zeros) + "</a>")


def _nested(pick: random.Random) -> tuple[str, bytes]:
    depth = pick.randint(20_000, 300_000)
    shape = pick.randrange(5)
    if shape == 0:
        return "html", b"<div>" * depth + b"Shells fell on Gao."
    if shape == 1:
        return "jsonl", b'{"text":' + b"[" * depth + b"\n"
    if shape == 2:
        return "docx", _docx("<a>" * min(depth, 60_000))
    if shape == 3:
        return "pdf", b"%PDF-1.4\n1 0 obj\n" + b"[" * depth + b"\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"
    data, name = b"Shells fell on Gao.", "a.txt"
    for _ in range(pick.randint(5, 40)):
        data, name = _zip({name: data}), "a.zip"
    return "zip", data


def _huge_line(pick: random.Random) -> tuple[str, bytes]:
    kind = pick.choice(("txt", "csv", "jsonl", "html", "eml"))
    words = pick.choice(("Gao ", "a", "(", '"', "1,", "Aleppo. ", "\t", "20 km south of "))
    return kind, WHOLE[kind]("Shells fell. " + words * (pick.randint(100_000, 600_000) // len(words)))


def _encoding(pick: random.Random) -> tuple[str, bytes]:
    kind = pick.choice(("txt", "csv", "jsonl", "html", "eml", ""))
    noise = bytes(pick.randrange(128, 256) for _ in range(pick.randint(1, 3000)))
    shape = pick.randrange(4)
    if shape == 0:
        return kind, b"Shells fell on Gao. " + noise
    if shape == 1:
        return kind, pick.choice((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) + noise
    if shape == 2:
        return kind, _text(pick).encode("utf-16-le") + b"\0"
    return kind, bytes(pick.randrange(256) for _ in range(4000))


def _laughs(pick: random.Random) -> tuple[str, bytes]:
    head, body = pick.choice(((LAUGHS, "&j;"), (OUTSIDE, "&a;")))
    kind = pick.choice(("docx", "html", "xhtml"))
    return kind, _docx(f"{head}<l>{body}</l>") if kind == "docx" else f"{head}<html>{body}</html>".encode()


def _escaping(pick: random.Random) -> tuple[str, bytes]:
    name = pick.choice(("../evil.txt", "/etc/evil.txt", "..\\evil.txt", "C:\\evil.txt", "a/../../evil.txt"))
    return "zip", _zip({name: _text(pick).encode()})


HOSTILE = {
    "truncated": _truncated,
    "mislabelled": _mislabelled,
    "damaged": _damaged,
    "bomb": _bomb,
    "nested": _nested,
    "huge line": _huge_line,
    "encoding": _encoding,
    "laughs": _laughs,
    "escaping": _escaping,
}
SHARES = (20, 14, 20, 3, 8, 8, 15, 6, 6)  # bombs take long to make


def _text(pick: random.Random) -> str:
    return document(pick.randrange(10_000))["text"][: pick.randint(50, 3_000)]


def hostile(folder: Path, *, count: int) -> Iterator[Bar]:
    """Put hostile files among good ones, run, and compare what became of the good ones."""
    corpus, out, alone = folder / "corpus", folder / "hostile", folder / "good"
    good = _good(corpus, max(9, count // 10))
    finished(corpus, alone, batch_size=20)
    kinds = _bad(corpus, count)
    begun = time.perf_counter()
    process = started(corpus, out, batch_size=20, seconds=20)
    peak = _peak(process)
    takes = time.perf_counter() - begun
    if process.returncode:
        yield Bar("1,000 hostile files", f"the run ended with exit code {process.returncode}", is_met=False)
        return
    complete = all(_of(out, table, good) == _of(alone, table, good) for table in TABLES)
    told = Counter(_owner(row["document"], corpus) for row in [*rows(out, "documents"), *rows(out, "errors")])
    silent = Counter(kinds[name] for name in kinds.keys() - told.keys())
    late = [
        row for row in rows(out, "errors") if "longer than" in row["reason"] and "seconds" in row["reason"]
    ]
    died = [row for row in rows(out, "errors") if "ended the processes" in row["reason"]]
    yield Bar(
        f"{count:,} hostile files: each handled within its limits",
        f"run ends with 0 after {takes:.0f} s, largest process {peak:.0f} MB, {len(late)} stopped at 20 s,"
        f" {len(died)} set aside with their process",
        process.returncode == 0,
    )
    yield Bar(
        "each hostile file has its documents or its row in the table of errors",
        f"{count - silent.total():,} have; without a row are files that hold none: {dict(silent) or 'no file'}",
        silent.total() <= count // 20,
    )
    found = len({_owner(row["document"], corpus) for row in rows(out, "documents")} & good)
    yield Bar(
        "the good ones beside them complete",
        f"{found} of {len(good)} with all rows of all tables equal: {complete}",
        complete and found == len(good),
    )


def _good(corpus: Path, count: int) -> set[str]:
    names = set()
    for number in range(count):
        kind = list(WHOLE)[number % len(WHOLE)]
        name = f"{number % 10}/good-{number}.{kind}"
        (corpus / name).parent.mkdir(parents=True, exist_ok=True)
        text = document(number)["text"]
        data = (
            WHOLE[kind](text).replace(b"row", b"row%d" % number)
            if kind in {"csv", "jsonl"}
            else WHOLE[kind](text)
        )
        (corpus / name).write_bytes(data)
        names.add(name)
    return names


def _bad(corpus: Path, count: int) -> dict[str, str]:
    pick = random.Random(5)  # noqa: S311 -- the same files each time
    kinds = {}
    for number in range(count):
        (what,) = pick.choices(list(HOSTILE), SHARES)
        kind, data = HOSTILE[what](pick)
        name = f"{number % 10}/bad-{number}{'.' if kind else ''}{kind}"
        if kind in {"csv", "jsonl"}:  # rows are named by their ids: these by their files
            data = data.replace(b"id,", b"no,", 1).replace(b'"id"', b'"no"', 1)
        (corpus / name).parent.mkdir(parents=True, exist_ok=True)
        (corpus / name).write_bytes(data)
        kinds[name] = what
    return kinds


def _owner(name: str, corpus: Path) -> str:
    """Return the file of the corpus that a document or an error is of."""
    if name.startswith("row"):
        number = int(name.removeprefix("row"))
        return f"{number % 10}/good-{number}.{list(WHOLE)[number % len(WHOLE)]}"
    parts = Path(name).relative_to(corpus).parts[:2] if name.startswith(str(corpus)) else (name,)
    return "/".join(parts).partition(":")[0]


def _of(out: Path, table: str, good: set[str]) -> list[str]:
    corpus = out.parent / "corpus"
    return [repr(row) for row in rows(out, table) if _owner(row["document"], corpus) in good]


def _peak(process: subprocess.Popen[bytes]) -> float:
    """Wait for a process, and return the highest memory of it or of a child."""
    peak, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            peak[0] = max(peak[0], *(peak_mb(pid) for pid in family(process.pid)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    done.set()
    watcher.join()
    return peak[0]


Geometries = dict[str, list[Any]]


def exports(folder: Path, *, documents: int) -> Iterator[Bar]:
    """Write every format, open each in a second library, and compare counts and coordinates."""
    analyses = list(
        ge.analyze_all([*read_documents([written(folder, documents)]), *map(ge.Document, _DEATHS)])
    )
    path = ge.write_geojson(analyses, folder / "a.geojson")
    expected = _features(path)
    points = [
        shapely.Point(row["lon"], row["lat"])
        for a in analyses
        for row in place_rows(a)
        if row["lat"] is not None and row["role"] in _SHOWN
    ]
    checks: dict[str, Callable[[], str | None]] = {
        "GeoJSON in GDAL": lambda: _compared(expected, _geojson(path)),
        "its places in our own values": lambda: _compared({"places": points}, {"places": expected["places"]}),
        "GeoPackage in sqlite3 and shapely": lambda: _compared(expected, _geopackage(analyses, folder)),
        "KML in GDAL": lambda: _compared(expected, _gdal(ge.write_kml(analyses, folder / "a.kml"))),
        "KMZ in GDAL": lambda: _compared(expected, _gdal(ge.write_kml(analyses, folder / "a.kmz"))),
        "GeoParquet in pyarrow and shapely": lambda: _compared(expected, _geoparquet(analyses, folder)),
        "CSV in pandas": lambda: _compared_points(
            expected["events"], pd.read_csv(ge.write_csv(analyses, folder / "a.csv"))
        ),
        "Parquet in pyarrow": lambda: _compared_points(
            expected["events"],
            parquet.read_table(ge.write_parquet(analyses, folder / "p.parquet")).to_pandas(),
        ),
        "HXL in pandas": lambda: _compared_points(
            expected["events"], pd.read_csv(ge.write_hxl(analyses, folder / "h.csv"), skiprows=[1])
        ),
        "ACLED in pandas": lambda: _compared_rows(
            ((float(r["latitude"]), float(r["longitude"])) for r in acled_rows(analyses)),
            pd.read_csv(ge.write_acled(analyses, folder / "acled.csv"))[["latitude", "longitude"]],
        ),
        "UCDP GED in pandas": lambda: _compared_rows(
            ((float(r["latitude"]), float(r["longitude"])) for r in ucdp_rows(analyses)),
            pd.read_csv(ge.write_ucdp(analyses, folder / "ucdp.csv"))[["latitude", "longitude"]],
        ),
        "PLOVER in pandas": lambda: _plover(analyses, folder),
    }
    for name, check in checks.items():
        problem = check()
        yield Bar(f"export: {name}", problem or "the same counts and coordinates", problem is None)


_DEATHS = tuple(
    f"May {day}, 2024 - The Syrian army killed {day} civilians in {town} on May {day - 1}, 2024, an official said."
    for day, town in enumerate(("Sarmin", "Aleppo", "Idlib", "Hama", "Raqqa", "Palmyra"), start=3)
)
_SHOWN = {role.value for role in LOCATING_ROLES}  # the others are rows of tables, and no features
_LAYERS = {"place": "places", "event": "events", "claim": "claims", "area": "areas"}


def _features(path: Path) -> Geometries:
    """Return the geometries in a GeoJSON file as it stands; what a claim leaves to be implied is in no other format."""
    found: Geometries = {name: [] for name in _LAYERS.values()}
    for feature in json.loads(path.read_bytes())["features"]:
        layer = _LAYERS.get(feature["properties"]["layer"])
        if layer is not None and feature["geometry"] is not None:
            found[layer].append(shapely.geometry.shape(feature["geometry"]))
    return found


def _geojson(path: Path) -> Geometries:
    frame = geopandas.read_file(path)
    frame = frame[~(frame.geometry.isna() | frame.geometry.is_empty)]
    return {name: list(frame[frame["layer"] == kind].geometry) for kind, name in _LAYERS.items()}


def _gdal(path: Path) -> Geometries:
    return {name: _some(geopandas.read_file(path, layer=name).geometry) for name in _LAYERS.values()}


def _some(geometries: Any) -> list[Any]:
    return [geometry for geometry in geometries if geometry is not None and not geometry.is_empty]


def _geopackage(analyses: Sequence[ge.Analysis], folder: Path) -> Geometries:
    """Read the blobs of a GeoPackage: a header of 8 bytes, an envelope, then well-known binary (OGC 12-128r19, 2.1.3)."""
    connection = sqlite3.connect(ge.write_geopackage(analyses, folder / "a.gpkg"))
    found = {}
    for name in _LAYERS.values():
        (column,) = connection.execute(
            "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (name,)
        ).fetchone()
        blobs = connection.execute(f'SELECT "{column}" FROM "{name}" ORDER BY rowid').fetchall()  # noqa: S608 -- our names
        envelopes = (0, 32, 48, 48, 64)
        found[name] = _some(
            shapely.from_wkb(blob[8 + envelopes[blob[3] >> 1 & 7] :]) for (blob,) in blobs if blob is not None
        )
    connection.close()
    return found


def _geoparquet(analyses: Sequence[ge.Analysis], folder: Path) -> Geometries:
    found = {}
    for layer in Layer:
        path = ge.write_geoparquet(analyses, folder / f"{layer.value}.parquet", layer=layer)
        found[layer.value] = _some(shapely.from_wkb(parquet.read_table(path)["geometry"].to_pylist()))
    return found


def _compared(expected: Geometries, found: Geometries) -> str | None:
    """Return how some geometries differ from those that were written, `None` where they do not."""
    for name, wanted in expected.items():
        if len(found[name]) != len(wanted):
            return f"{len(found[name])} {name}, not {len(wanted)}"
        for one, other in zip(wanted, found[name], strict=True):
            if not one.equals_exact(other, 1e-6) and not one.normalize().equals_exact(
                other.normalize(), 1e-6
            ):
                return f"{name}: {other.wkt[:60]}, not {one.wkt[:60]}"
    return None


def _compared_points(expected: list[Any], frame: pd.DataFrame) -> str | None:
    placed = frame.dropna(subset=["lat", "lon"])
    return _compared_rows(((point.y, point.x) for point in expected), placed[["lat", "lon"]])


def _compared_rows(expected: Iterator[tuple[float, float]], frame: pd.DataFrame) -> str | None:
    wanted, found = list(expected), list(frame.itertuples(index=False, name=None))
    if len(wanted) != len(found):
        return f"{len(found)} rows, not {len(wanted)}"
    apart = max(
        (
            abs(a - b)
            for one, other in zip(wanted, found, strict=True)
            for a, b in zip(one, other, strict=True)
        ),
        default=0.0,
    )
    return None if apart < 1e-6 and wanted else f"{apart} degrees apart, {len(wanted)} rows"


def _plover(analyses: Sequence[ge.Analysis], folder: Path) -> str | None:
    frame = pd.read_json(ge.write_plover(analyses, folder / "p.jsonl"), lines=True)
    known = {
        (round(event.location.place.point.lat, 5), round(event.location.place.point.lon, 5))
        for analysis in analyses
        for event in analysis.events
        if event.location is not None and event.location.place is not None
    }
    found = {(round(at["latitude"], 5), round(at["longitude"], 5)) for at in frame["eventLoc"] if at}
    return (
        None
        if len(frame) and found and found <= known
        else f"{len(frame)} records, {len(found - known)} places unknown"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--documents", type=int, default=400, help="of the runs that are killed")
    parser.add_argument("--hostile", type=int, default=1000)
    parser.add_argument("--part", action="append", choices=("kills", "cluster", "hostile", "exports"))
    options = parser.parse_args()
    parts: dict[str, Callable[[Path], Iterator[Bar]]] = {
        "kills": lambda folder: kills(folder, times=options.kills, documents=options.documents),
        "cluster": lambda folder: cluster(folder, documents=options.documents),
        "hostile": lambda folder: hostile(folder, count=options.hostile),
        "exports": lambda folder: exports(folder, documents=60),
    }
    is_met = True
    for name in options.part or parts:
        with tempfile.TemporaryDirectory() as folder:
            begun = time.perf_counter()
            for bar in parts[name](Path(folder)):
                is_met &= bar.is_met
                print(f"{'met' if bar.is_met else 'MISSED':7} {bar.name}: {bar.measured}", flush=True)
            print(f"        ({name}: {time.perf_counter() - begun:.0f} s)", flush=True)
    sys.exit(not is_met)


if __name__ == "__main__":
    main()
