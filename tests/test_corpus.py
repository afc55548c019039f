from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings, strategies as st
from pyarrow import parquet

from geoevents.corpus import Limits, Progress, Settings, analyze_batches, analyze_frame, run_corpus
from geoevents.corpus.batches import Batch, batches
from geoevents.corpus.limits import time_limit
from geoevents.corpus.sketches import _resemblances, near_duplicates, resemblance, sketch, sketch_matrix
from geoevents.corpus.store import Store
from geoevents.corpus.tables import TABLES, arrow_tables, schema
from geoevents.corpus.work import batch_rows, document_rows, pipeline_of
from geoevents.documents import Meter, Unread, total_bytes, units
from geoevents.errors import GeoeventsError, NetworkError, OptionError
from geoevents.model import Document
from geoevents.pipeline import analyze

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")

TOWNS = ("Toretsk", "Kramatorsk", "Bakhmut", "Aleppo", "Idlib", "Gao", "Menaka", "Taiz")


def story(number: int) -> str:
    pick = random.Random(number)
    town, other = pick.sample(TOWNS, 2)
    return (
        f"{town.upper()} (Our Wire) - Shelling hit {town} on Tuesday and killed {number % 9 + 1} people, a"
        f" doctor said. The town lies {pick.randint(5, 90)} km south of {other}. Troops moved to {other}."
    )


def corpus(folder: Path, count: int = 40) -> Path:
    path = folder / "wire.jsonl"
    rows = ({"id": f"w{i}", "date": "2024-05-09", "text": story(i)} for i in range(count))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def content(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def rows_in(out: Path, table: str) -> list[dict]:
    return [row for part in Store(out).parts(table) for row in parquet.read_table(part).to_pylist()]


def test_a_run_gives_every_document_once_in_order_with_its_findings(tmp_path: Path) -> None:
    result = run_corpus([corpus(tmp_path)], tmp_path / "out", workers=2, settings=Settings(batch_size=7))
    assert result.rows["documents"] == 40
    assert [row["document"] for row in rows_in(tmp_path / "out", "documents")] == [f"w{i}" for i in range(40)]
    for table in TABLES:
        assert len(rows_in(tmp_path / "out", table)) == result.rows[table]
    events = rows_in(tmp_path / "out", "events")
    expected = analyze(Document(story(0), "w0", published=None))
    assert [e["event"] for e in events if e["document"] == "w0"] == [e.id for e in expected.events]


def test_the_bytes_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    path = corpus(tmp_path)
    for workers in (1, 3):
        run_corpus([path], tmp_path / str(workers), workers=workers, settings=Settings(batch_size=6))
    assert content(tmp_path / "1") == content(tmp_path / "3")


RUN = """
import sys
from geoevents.corpus import Settings, run_corpus
if __name__ == "__main__":
    run_corpus([sys.argv[1]], sys.argv[2], workers=2, settings=Settings(batch_size=4))
"""


@pytest.fixture
def run_apart(tmp_path: Path) -> Iterator[Callable[[Path, Path], subprocess.Popen]]:
    script = tmp_path / "run.py"
    script.write_text(RUN, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    started: list[subprocess.Popen] = []

    def start(path: Path, out: Path) -> subprocess.Popen:
        process = subprocess.Popen([sys.executable, str(script), str(path), str(out)], env=environment)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_a_run_that_was_killed_goes_on_where_it_stopped(tmp_path: Path, run_apart) -> None:
    path, whole, out = corpus(tmp_path), tmp_path / "whole", tmp_path / "killed"
    run_corpus([path], whole, workers=2, settings=Settings(batch_size=4))
    for parts in (2, 5):
        process = run_apart(path, out)
        until = time.monotonic() + 60
        while time.monotonic() < until and len(list(out.glob("done/0*.json"))) < parts:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert 5 <= len(list(out.glob("done/0*.json"))) < 10
    seen: list[Progress] = []
    run_corpus([path], out, workers=2, settings=Settings(batch_size=4), on_progress=seen.append)
    assert seen[-1].earlier >= 20
    assert content(out) == content(whole)


def test_a_folder_with_another_run_is_refused(tmp_path: Path) -> None:
    path, out = corpus(tmp_path, 8), tmp_path / "out"
    run_corpus([path], out, workers=1, settings=Settings(batch_size=4))
    with pytest.raises(OptionError, match=r"holds a run with countries \[\], not \['SY'\]"):
        run_corpus([path], out, workers=1, settings=Settings(countries=("SY",), batch_size=4))
    path.write_text(path.read_text().replace("Toretsk", "Horlivka"))
    with pytest.raises(OptionError, match="the input has changed since"):
        run_corpus([path], out, workers=1, settings=Settings(batch_size=4))
    corpus(tmp_path, 4)
    with pytest.raises(OptionError, match="the input has become shorter"):
        run_corpus([path], out, workers=1, settings=Settings(batch_size=4))
    with pytest.raises(OptionError, match="holds something else than a run"):
        run_corpus([path], tmp_path, workers=1)


def test_what_cannot_be_read_is_a_row_in_the_table_of_errors_and_no_more(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(story(1), encoding="utf-8")
    (folder / "b.txt").write_bytes(b"\0\1")
    (folder / "c.pdf").write_bytes(b"no PDF")
    (folder / "d.csv").write_text("text,date\ngood,\nbad,soon\n", encoding="utf-8")
    result = run_corpus([folder, tmp_path / "gone"], tmp_path / "out", workers=1)
    assert result.rows["documents"] == 3
    errors = rows_in(tmp_path / "out", "errors")
    assert {Path(e["document"]).name for e in errors} == {"b.txt", "c.pdf", "d.csv", "gone"}
    assert {e["line"] for e in errors if e["document"].endswith("d.csv")} == {3}
    assert {e["stage"] for e in errors} == {"read"}


def test_a_document_that_breaks_a_stage_is_set_aside_with_its_reason() -> None:
    def break_it(_: Document) -> None:
        raise ZeroDivisionError("by zero")

    rows = document_rows(Document("x", "d"), break_it, limits=Limits())
    assert rows["errors"] == [
        {"document": "d", "line": None, "stage": "analyze", "reason": "broke the analysis: ZeroDivisionError: by zero"}
    ]  # fmt: skip


UNITS = st.one_of(
    st.builds(Document, st.text(max_size=300), st.text(max_size=9), published=st.none() | st.dates()),
    st.builds(
        Unread,
        st.text(max_size=9),
        st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
        kind=st.sampled_from([".txt", ".html", ".pdf", ".docx", ".eml", ""]),
    ),
    st.builds(GeoeventsError, st.text(max_size=20)),
)


@given(st.lists(UNITS, min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_any_units_are_each_a_document_or_an_error_and_fit_the_tables(units: list) -> None:
    batch = Batch(0, units)
    tables = arrow_tables(batch_rows(batch, pipeline_of(Settings()), limits=Limits(10)))
    assert tables["documents"].num_rows + tables["errors"].num_rows == len(units)
    assert not any("broke" in (reason.as_py() or "") for reason in tables["errors"].column("reason"))
    assert len(batch.digest) == 64


def test_a_document_that_takes_too_long_or_too_much_is_set_aside() -> None:
    def hang(_: Document) -> None:
        while True:
            with suppress(Exception):  # the limit must pass through such a handler
                time.sleep(0.01)

    def swell(_: Document) -> None:
        raise MemoryError

    assert document_rows(Document("x", "d"), hang, limits=Limits(0.1))["errors"][0]["reason"] == (
        "took longer than 0.1 seconds"
    )
    assert "bytes of memory" in str(document_rows(Document("x", "d"), swell, limits=Limits())["errors"])


def test_a_document_that_killed_a_worker_is_not_tried_again(tmp_path: Path) -> None:
    (batch,) = batches(units([corpus(tmp_path, 3)]), size=10)
    started: list[int] = []
    rows = batch_rows(
        batch, analyze, limits=Limits(), aside={1: "ended the process"}, on_start=started.append
    )
    assert [row["document"] for row in rows["documents"]] == ["w0", "w2"]
    assert [(e["document"], e["reason"]) for e in rows["errors"]] == [("w1", "ended the process")]
    assert started == [0, 1, 2]


KILLER = """
import os, sys, time
import geoevents.corpus.work as work
from geoevents.pipeline import Pipeline

class Deadly:
    def __init__(self, settings):
        self.inner = work.Pipeline.over(work.Gazetteer.load())
    def __call__(self, document):
        if document.id == "w5":
            os.kill(os.getpid(), 9)
        if document.id == "w9":
            import signal
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
            time.sleep(3600)
        return self.inner(document)

import geoevents.corpus.pool as pool
pool.pipeline_of = Deadly
pool._LEAVE_S = 0.5
if __name__ == "__main__":
    from geoevents.corpus import Limits, Settings, run_corpus
    run_corpus([sys.argv[1]], sys.argv[2], workers=2, settings=Settings(batch_size=6), limits=Limits(8.0))
"""


def test_a_worker_that_dies_or_hangs_costs_one_document(tmp_path: Path) -> None:
    path, out, script = corpus(tmp_path, 18), tmp_path / "out", tmp_path / "killer.py"
    script.write_text(KILLER, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    subprocess.run(
        [sys.executable, str(script), str(path), str(out)], env=environment, check=True, timeout=120
    )
    reasons = {row["document"]: row["reason"] for row in rows_in(out, "errors")}
    assert reasons == {
        "w5": "ended the processes that read it (signal SIGKILL)",
        "w9": "took longer than 8 seconds",
    }
    found = [row["document"] for row in rows_in(out, "documents")]
    assert found == [f"w{i}" for i in range(18) if i not in {5, 9}]


def test_a_worker_killed_for_no_fault_of_its_document_costs_nothing(tmp_path: Path) -> None:
    path, whole, out = corpus(tmp_path), tmp_path / "whole", tmp_path / "out"
    run_corpus([path], whole, workers=1, settings=Settings(batch_size=10))
    killed: list[int] = []

    def kill_one(progress: Progress) -> None:
        if not killed and progress.documents:
            killed.append(next(p.pid for p in multiprocessing.active_children() if p.pid is not None))
            os.kill(killed[0], signal.SIGKILL)

    run_corpus([path], out, workers=2, settings=Settings(batch_size=10), on_progress=kill_one)
    assert killed
    assert content(out) == content(whole)


def test_workers_that_cannot_begin_are_one_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.layer"
    bad.write_bytes(b"no layer")
    with pytest.raises(GeoeventsError, match=r"bad\.layer"):
        run_corpus([corpus(tmp_path, 4)], tmp_path / "out", workers=2, settings=Settings(layers=(bad,)))
    with pytest.raises(OptionError, match=r"cannot read 'gone\.csv'"):
        run_corpus([tmp_path], tmp_path / "out", settings=Settings(gazetteers=(Path("gone.csv"),)))


def test_a_part_that_is_gone_or_cut_is_made_anew(tmp_path: Path) -> None:
    path, out = corpus(tmp_path, 12), tmp_path / "out"
    run_corpus([path], out, workers=1, settings=Settings(batch_size=4))
    whole = content(out)
    (out / "places" / "000001.parquet").unlink()
    (out / "events" / "000002.parquet").write_bytes(whole["events/000002.parquet"][:100])
    (out / "done" / "000000.json").write_bytes(b"{")
    assert run_corpus([path], out, workers=1, settings=Settings(batch_size=4)).rows["documents"] == 12
    assert content(out) == whole


def test_what_a_killed_process_left_beside_its_files_is_removed(tmp_path: Path) -> None:
    path, out = corpus(tmp_path, 3), tmp_path / "out"
    run_corpus([path], out, workers=1)
    whole = content(out)
    for name in (".17-summary.html", "events/.17-000000.parquet", "done/.17-000000.json"):
        (out / name).write_bytes(b"cut")
    run_corpus([path], out, workers=1)
    assert content(out) == whole


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    store = Store(tmp_path / "s")
    with store.begun({}), pytest.raises(OptionError, match="another run is at work in"), store.begun({}):
        pass


def test_what_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    path = corpus(tmp_path, 4)
    with pytest.raises(OptionError, match="cannot write to"):
        run_corpus([path], path / "below", workers=1)


def test_a_limit_of_time_holds_in_threads_and_does_not_outlive_its_work() -> None:
    reasons: list[object] = []

    def hang(_: Document) -> None:
        while True:
            with suppress(Exception):
                time.sleep(0.01)

    def work() -> None:
        reasons.append(document_rows(Document("x", "d"), hang, limits=Limits(0.1))["errors"][0]["reason"])
        with time_limit(0.05):
            pass
        time.sleep(0.1)
        reasons.append("went on")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(20)
    assert reasons == ["took longer than 0.1 seconds", "went on"]


def test_reading_is_within_the_limits_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geoevents.corpus.work.read_unit", lambda _: time.sleep(60))
    (row,) = document_rows(Path("a.pdf"), analyze, limits=Limits(0.1))["errors"]
    assert (row["document"], row["stage"]) == ("a.pdf", "read")
    assert row["reason"] == "took longer than 0.1 seconds"


def test_limits_that_no_document_could_keep_are_refused() -> None:
    with pytest.raises(ValueError, match="seconds must be more than 0, got 0"):
        Limits(0)
    with pytest.raises(ValueError, match="memory_bytes must be more than 0, got -1"):
        Limits(memory_bytes=-1)


def test_an_input_full_of_faults_comes_in_batches_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("no json\n" * 25, encoding="utf-8")
    found = list(batches(units([path]), size=10))
    assert [len(batch.units) for batch in found] == [10, 10, 5]
    told: list[GeoeventsError] = []
    result = run_corpus(
        path, tmp_path / "out", workers=1, settings=Settings(batch_size=10), on_error=told.append
    )
    assert result.rows["errors"] == 25
    assert [(error.path, error.line) for error in told] == [(path, line) for line in range(1, 26)]


def test_the_files_in_an_archive_are_read_by_the_workers(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("a.txt", story(1))
        archive.writestr("b.pdf", b"no PDF")
    found = list(units([tmp_path / "in.zip"]))
    assert [unit.name for unit in found if isinstance(unit, Unread)] == [
        f"{tmp_path}/in.zip/a.txt",
        f"{tmp_path}/in.zip/b.pdf",
    ]
    result = run_corpus(tmp_path / "in.zip", tmp_path / "out", workers=1)
    assert (result.rows["documents"], result.rows["errors"]) == (1, 1)


def test_the_share_that_is_done_is_known_for_files_and_rises_to_one(tmp_path: Path) -> None:
    seen: list[Progress] = []
    run_corpus(
        [corpus(tmp_path, 30)],
        tmp_path / "out",
        workers=1,
        settings=Settings(batch_size=5),
        on_progress=seen.append,
    )
    known = [p.fraction for p in seen if p.fraction is not None]
    assert known == sorted(known)
    assert known[-1] == 1.0


def test_a_table_that_is_looked_into_first_is_not_half_done(tmp_path: Path) -> None:
    path = tmp_path / "wire.csv"
    path.write_text("text\n" + "Shells fell on Gao.\n" * 10_000, encoding="utf-8")
    meter = Meter()
    found = units([path], meter=meter)
    next(found)
    assert meter.done < path.stat().st_size / 4


def test_the_bytes_read_of_every_kind_of_file_add_up_to_its_size(tmp_path: Path) -> None:
    corpus(tmp_path, 20)
    (tmp_path / "a.txt").write_text(story(1), encoding="utf-8")
    (tmp_path / "b.csv").write_text("text\n" + "one\n" * 5000, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "c.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", story(2))
        archive.writestr("photo.jpg", b"\xff" * 100)
    meter = Meter()
    positions = [meter.done for _ in units([tmp_path], meter=meter)]
    assert positions == sorted(positions)
    assert meter.done == total_bytes([tmp_path]) == sum(p.stat().st_size for p in tmp_path.iterdir())
    assert total_bytes([tmp_path, "-"]) is None


def test_no_more_is_read_than_is_worked_on(tmp_path: Path) -> None:
    coming = batches(units([corpus(tmp_path, 30)]), size=10)
    assert next(coming).number == 0
    assert [len(batch.units) for batch in coming] == [10, 10]


def test_a_frame_gives_the_tables_of_a_run(tmp_path: Path) -> None:
    run_corpus([corpus(tmp_path, 6)], tmp_path / "out", workers=1)
    frame = pd.read_json(tmp_path / "wire.jsonl", lines=True, dtype={"date": str}, convert_dates=False)
    for table in TABLES:
        made = analyze_frame(frame, table=table)
        back = pa.Table.from_pandas(made, schema=schema(table), preserve_index=False)
        assert back.to_pylist() == rows_in(tmp_path / "out", table)
    halves = [frame.iloc[:2], frame.iloc[2:]]
    spark = pd.concat(analyze_batches(halves, table="places"), ignore_index=True)
    pd.testing.assert_frame_equal(spark, analyze_frame(frame, table="places"))


def test_a_frame_without_the_column_is_refused() -> None:
    with pytest.raises(OptionError, match=r"no column 'text', only \['story'\]"):
        analyze_frame(pd.DataFrame({"story": ["x"]}))
    with pytest.raises(OptionError, match="table is one of documents, places"):
        analyze_frame(pd.DataFrame({"text": ["x"]}), table="people")


def test_nobody_at_the_address_of_a_scheduler_is_one_line(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("geoevents.corpus.cluster._CONNECT_S", 0.5)
    with pytest.raises(NetworkError, match=r"no Dask scheduler answers at 'tcp://127\.0\.0\.1:9'"):
        run_corpus([corpus(tmp_path, 2)], tmp_path / "out", workers="tcp://127.0.0.1:9")


WORDS = st.lists(
    st.sampled_from("shells fell on the town in the night and two were hurt".split()), max_size=60
)


@given(WORDS, WORDS)
def test_resemblance_is_symmetric_and_whole_for_the_same_text(a: list[str], b: list[str]) -> None:
    x, y = sketch(" ".join(a)), sketch(" ".join(b))
    assert resemblance(x, y) == resemblance(y, x)
    assert resemblance(x, x) == (1.0 if x else 0.0)


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_many_sketches_at_once_resemble_as_one_pair_does(texts: list[list[str]]) -> None:
    sketches = [sketch(" ".join(words)) for words in texts]
    matrix = sketch_matrix(sketches)
    found = _resemblances(matrix, matrix[::-1])
    expected = [resemblance(a, b) for a, b in zip(sketches, reversed(sketches), strict=True)]
    assert found.tolist() == pytest.approx(expected)


def firsts(texts: list[str]) -> list[int]:
    return near_duplicates(sketch_matrix([sketch(text) for text in texts])).tolist()


def test_a_wire_printed_again_is_known_and_another_report_is_not() -> None:
    texts = [story(i) for i in range(6)]
    again = texts[2].replace("Our Wire", "Other Desk") + " More follows."
    assert firsts([*texts, again]) == [0, 1, 2, 3, 4, 5, 2]


def test_repeats_are_found_among_many_texts_with_one_boilerplate() -> None:
    pick = random.Random(8)
    boilerplate = "All rights reserved by our wire and its readers in every town of the land"
    texts = [" ".join(f"word{pick.randrange(5000)}" for _ in range(300)) + boilerplate for _ in range(400)]
    assert firsts([*texts, *texts]) == [*range(400), *range(400)]


def test_the_time_for_near_duplicates_is_linear_where_all_are_alike() -> None:
    matrix = sketch_matrix([sketch(story(1))] * 50_000)
    started = time.process_time()
    assert near_duplicates(matrix).max() == 0
    assert time.process_time() - started < 10


def test_rows_keep_their_text_whole_but_for_what_utf8_cannot_write(tmp_path: Path) -> None:
    store = Store(tmp_path / "s")
    with store.begun({}):
        pass
    (batch,) = batches(units([corpus(tmp_path, 1)]), size=1)
    batch.units = [replace(batch.units[0], text="Shelling hit Toretsk \ud800 on Tuesday.")]
    rows = batch_rows(batch, analyze, limits=Limits())
    store.write(0, batch.digest, arrow_tables(rows))
    assert any("Toretsk" in row["text"] for row in rows_in(tmp_path / "s", "places"))
