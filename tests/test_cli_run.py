"""`geoevents run`: what it writes, says and exits with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet

from geoevents.cli import main
from geoevents.cli.progress import ProgressLine, described, duration
from geoevents.corpus import Progress
from geoevents.corpus.store import Store

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")

ROW = {
    "id": "w1",
    "text": "Shelling hit Toretsk, 20 km south of Kramatorsk, on 9 May 2024.",
    "date": "2024-05-10",
}


def run(*arguments: object, stdin: str | None = None) -> Result:
    words = [str(argument) for argument in (*arguments, "--workers", 1)]
    return CliRunner().invoke(main, ["run", *words], input=stdin)


def wire(folder: Path, *more: str) -> Path:
    path = folder / "wire.jsonl"
    path.write_text("\n".join([json.dumps(ROW), *more]) + "\n", encoding="utf-8")
    return path


def test_a_corpus_becomes_tables_a_summary_and_a_map(tmp_path: Path) -> None:
    done = run(wire(tmp_path), "-o", tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    assert "1 document, 1 event, 1 checked claim" in done.stderr
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names >= {"documents", "places", "events", "verdicts", "errors", "summary.html", "map.html"}
    assert names >= {"stories.parquet", "duplicates.parquet", "conflicts.parquet", "manifest.json"}


def test_what_is_not_used_is_named_and_the_exit_code_is_2(tmp_path: Path) -> None:
    path = wire(tmp_path, *["no json"] * 30)
    done = run(path, "-o", tmp_path / "out")
    assert done.exit_code == 2
    assert f"geoevents: {path}:2: is not JSON" in done.stderr
    assert "30 inputs not used, 1 document analyzed" in done.stderr
    assert done.stderr.count("is not JSON") == 20
    assert f"what else cannot be used is in {tmp_path / 'out' / 'errors'}" in done.stderr


def test_files_that_are_passed_over_are_named(tmp_path: Path) -> None:
    wire(tmp_path)
    for number in range(6):
        (tmp_path / f"{number}.bin").write_bytes(b"\0")
    done = run(tmp_path, "-o", tmp_path / "out")
    assert f"6 files of kinds that are not read passed over: {tmp_path}/0.bin, " in done.stderr
    assert done.stderr.count(".bin") == 5


def test_strict_stops_at_the_first_fault(tmp_path: Path) -> None:
    path = wire(tmp_path, "no json", "nor this")
    done = run(path, "-o", tmp_path / "out", "--strict", "--batch-size", 1)
    assert done.exit_code == 2
    assert done.stderr.count("is not JSON") == 1
    assert not (tmp_path / "out" / "summary.html").exists()
    places = CliRunner().invoke(main, ["places", str(path), "--strict"])
    assert places.exit_code == 2
    assert places.stderr.count("is not JSON") == 1


@pytest.mark.parametrize(
    "stream", [json.dumps(ROW) + "\n", "text,day\n" + '"Shelling hit Toretsk, Kramatorsk said.",2024-05-10\n']
)
def test_standard_input_is_a_stream_of_rows_where_a_column_is_named(tmp_path: Path, stream: str) -> None:
    done = run("-", "-o", tmp_path / "out", "--text-column", "text", stdin=stream)
    assert done.exit_code == 0, done.stderr
    assert "1 document" in done.stderr


def test_options_that_mean_nothing_together_are_refused(tmp_path: Path) -> None:
    done = run(wire(tmp_path), "-o", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:9")
    assert done.exit_code == 2
    assert "give --workers or --scheduler, not both" in done.stderr
    for option, value in (("--memory-limit", "much"), ("--country", "XX"), ("--time-limit", "0")):
        assert run(wire(tmp_path), "-o", tmp_path / "out", option, value).exit_code == 2
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    assert "there is no text document" in run(nothing, "-o", tmp_path / "out2").stderr


def test_a_stopped_run_says_that_it_can_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("geoevents.corpus.run_corpus", stop)
    done = run(wire(tmp_path), "-o", tmp_path / "out")
    assert done.exit_code == 130
    assert "the same command goes on from here" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_is_one_line_at_any_moment(tmp_path: Path, word: signal.Signals) -> None:
    command = [
        sys.executable,
        "-m",
        "geoevents",
        "run",
        wire(tmp_path),
        "-o",
        tmp_path / "out",
        "--workers",
        "2",
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    until = time.monotonic() + 60
    while time.monotonic() < until and not (tmp_path / "out" / "manifest.json").exists():
        time.sleep(0.01)  # then the workers are being started
    os.killpg(process.pid, word)
    assert process.communicate()[1].strip() == "geoevents: stopped; the same command goes on from here"
    assert process.returncode == 130


def test_a_slip_in_the_name_of_a_column_can_be_mended(tmp_path: Path) -> None:
    path = wire(tmp_path)
    assert "has no column 'txt'" in run(path, "-o", tmp_path / "out", "--text-column", "txt").stderr
    done = run(path, "-o", tmp_path / "out", "--text-column", "text")
    assert (done.exit_code, "1 document" in done.stderr) == (0, True), done.stderr


def progress(documents: int, fraction: float | None) -> Progress:
    return Progress(documents, earlier=0, rows={"errors": 3}, fraction=fraction)


def test_progress_is_a_line_now_and_then_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, 4.0, 10.0, 12.0])
    with ProgressLine(is_terminal=False, clock=lambda: next(times)) as line:
        for documents in (100, 200, 300):
            line.show(progress(documents, documents / 1000))
    assert capsys.readouterr().err == "200 documents, 20/s, 3 not used, 20 %, 40 s left\n"


def test_progress_is_one_line_at_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, 4.0])
    with ProgressLine(is_terminal=True, clock=lambda: next(times)) as line:
        line.show(progress(100, 0.5))
        line.above(lambda: None)
    written = capsys.readouterr().err
    assert "[##########..........] 100 documents, 25/s, 3 not used, 50 %, 4 s left" in written
    assert "\n" not in written


def test_without_a_known_end_no_time_is_left() -> None:
    assert described(progress(10, None), seconds=0) == "10 documents, 0.0/s, 3 not used"
    assert [duration(s) for s in (99, 101, 7_300, 90_000)] == ["99 s", "2 min", "2 h 2 min", "25 h 0 min"]


def test_the_folder_of_the_run_is_no_part_of_its_corpus(tmp_path: Path) -> None:
    wire(tmp_path)
    for _ in range(2):
        done = run(tmp_path, "-o", tmp_path / "out")
        assert done.exit_code == 0, done.stderr
        assert "1 document, 1 event" in done.stderr


def test_a_slip_in_a_name_leaves_nothing_behind(tmp_path: Path) -> None:
    for words in (["/nowhere"], [wire(tmp_path), "--recognizer", "json:nothing"]):
        done = run(*words, "-o", tmp_path / "out")
        assert done.exit_code == 2
        assert not (tmp_path / "out").exists()
    assert run("/nowhere", tmp_path / "wire.jsonl", "-o", tmp_path / "out").exit_code == 2
    assert (tmp_path / "out" / "summary.html").exists()


STAGE = """
from geoevents.model import Span, Toponym

def first_word(document):
    if "Shelling" not in document.text:
        raise KeyError(document.id)
    return (Toponym(Span(0, 8), document.text[:8]),)
"""


def test_stages_of_the_users_own_work_in_the_processes_of_a_run(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "own_stage.py").write_text(STAGE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    path = wire(tmp_path, json.dumps({"id": "w2", "text": "Nothing here."}))
    done = run(path, "-o", tmp_path / "out", "--recognizer", "own_stage:first_word")
    assert done.exit_code == 2
    assert "--recognizer own_stage:first_word failed: KeyError: 'w2'" in done.stderr
    places = Store(tmp_path / "out").parts("places")
    assert [row["text"] for part in places for row in parquet.read_table(part).to_pylist()] == ["Shelling"]
    again = run(path, "-o", tmp_path / "out")
    assert "holds a run with recognizer 'own_stage:first_word', not None" in again.stderr


def test_comparing_the_documents_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressLine(is_terminal=True, clock=lambda: 0.0) as line:
        line.show(Progress(5, earlier=0, rows={}, fraction=1.0, is_comparing=True))
    assert "5 documents; now stories" in capsys.readouterr().err
