"""Does the tutorial run as it stands, and does it print what it shows?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

import geoevents

CHECKOUT = Path(geoevents.__file__).resolve().parent.parent
NOTEBOOK = CHECKOUT / "docs" / "tutorial.ipynb"


def shown(notebook: Any) -> list[tuple[str, str]]:
    """What each cell prints and returns, as plain text, beside its code."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [(cell.source, "".join(map(words, cell.outputs))) for cell in cells]


def words(output: Any) -> str:
    return output.text if output.output_type == "stream" else output.data["text/plain"] + "\n"


def test_the_tutorial_prints_what_it_shows(request: pytest.FixtureRequest) -> None:
    stored = nbformat.read(NOTEBOOK, as_version=4)
    executed = nbformat.read(NOTEBOOK, as_version=4)
    client = nbclient.NotebookClient(
        executed, resources={"metadata": {"path": str(NOTEBOOK.parent)}}, timeout=120
    )
    client.execute()
    if request.config.getoption("--update-golden"):
        for cell in executed.cells:
            cell.metadata = {}  # when a cell ran says nothing to a reader
        nbformat.write(executed, NOTEBOOK)
        return
    for (source, expected), (_, printed) in zip(shown(stored), shown(executed), strict=True):
        assert printed == expected, source


def test_the_tutorial_is_light_enough_to_be_read_as_a_diff() -> None:
    assert NOTEBOOK.stat().st_size < 60_000
