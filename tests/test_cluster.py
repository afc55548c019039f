from __future__ import annotations

import os
import signal
from pathlib import Path

import dask
import dask.dataframe as dd
import pandas as pd
import pytest
from distributed import LocalCluster
from test_corpus import content, corpus, rows_in

from geoevents.corpus import Limits, Progress, Settings, analyze_frame, run_corpus

pytestmark = pytest.mark.filterwarnings("ignore")  # what a cluster says while its workers are killed


@pytest.fixture
def cluster():
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as running:
        yield running


DEADLY = """
import os, time
from geoevents.corpus import cluster, work

class Deadly:
    def __init__(self, settings):
        self.inner = work.pipeline_of(settings)
    def __call__(self, document):
        if document.id == "w5":
            os.kill(os.getpid(), 9)
        while document.id == "w9":
            time.sleep(0.01)
        return self.inner(document)

cluster.pipeline_of = Deadly
"""


@pytest.fixture
def deadly_cluster(tmp_path: Path):
    script = tmp_path / "deadly.py"
    script.write_text(DEADLY, encoding="utf-8")
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            host="127.0.0.1",
            preload=str(script),
        ) as running,
    ):
        yield running.scheduler_address


def test_a_cluster_whose_worker_is_killed_gives_the_tables_of_one_machine(tmp_path: Path, cluster) -> None:
    path, here, there = corpus(tmp_path, 60), tmp_path / "here", tmp_path / "there"
    run_corpus([path], here, workers=1, settings=Settings(batch_size=5))
    killed: list[int] = []

    def kill_one(progress: Progress) -> None:
        if progress.documents >= 15 and not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    run_corpus(
        [path],
        there,
        workers=cluster.scheduler_address,
        settings=Settings(batch_size=5),
        on_progress=kill_one,
    )
    assert killed
    assert content(here) == content(there)


def test_a_document_that_kills_every_worker_is_set_aside(tmp_path: Path, deadly_cluster) -> None:
    path, out = corpus(tmp_path, 12), tmp_path / "out"
    run_corpus([path], out, workers=deadly_cluster, settings=Settings(batch_size=4), limits=Limits(3.0))
    errors = [(row["document"], row["reason"]) for row in rows_in(out, "errors")]
    assert errors == [("w5", "ended the processes that read it"), ("w9", "took longer than 3 seconds")]
    assert len(rows_in(out, "documents")) == 10


def test_files_are_read_where_the_run_was_started(tmp_path: Path, cluster) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Shelling hit Toretsk on 9 May 2024.", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"\0")
    for name, workers in (("here", 1), ("there", cluster.scheduler_address)):
        run_corpus([folder], tmp_path / name, workers=workers)
    assert content(tmp_path / "here") == content(tmp_path / "there")
    assert [row["document"] for row in rows_in(tmp_path / "there", "errors")] == [str(folder / "b.txt")]


def test_a_dask_frame_gives_the_rows_of_a_pandas_frame(tmp_path: Path, cluster) -> None:
    frame = pd.read_json(corpus(tmp_path, 8), lines=True, convert_dates=False)
    with cluster.get_client():
        lazy = analyze_frame(dd.from_pandas(frame, npartitions=2), table="events")
        found = lazy.compute().reset_index(drop=True)
    pd.testing.assert_frame_equal(found, analyze_frame(frame, table="events"), check_dtype=False)
