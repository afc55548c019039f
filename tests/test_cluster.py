from __future__ import annotations

import os
import signal
from pathlib import Path

import dask.dataframe as dd
import pandas as pd
import pytest
from distributed import LocalCluster
from test_corpus import content, corpus, rows_in

from geoevents.corpus import Progress, analyze_frame, run_corpus

pytestmark = pytest.mark.filterwarnings("ignore")  # what a cluster says while its workers are killed


@pytest.fixture
def cluster():
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as running:
        yield running


def test_a_cluster_whose_worker_is_killed_gives_the_tables_of_one_machine(tmp_path: Path, cluster) -> None:
    path, here, there = corpus(tmp_path, 60), tmp_path / "here", tmp_path / "there"
    run_corpus([path], here, workers=1, batch_size=5)
    killed: list[int] = []

    def kill_one(progress: Progress) -> None:
        if progress.documents >= 15 and not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    run_corpus([path], there, workers=cluster.scheduler_address, batch_size=5, on_progress=kill_one)
    assert killed
    assert content(here) == content(there)


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
