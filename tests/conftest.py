from __future__ import annotations

import pytest
from hypothesis import settings

# Other processes share the machine: how long one example takes says nothing about the code.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")


@pytest.fixture(autouse=True)
def _no_layers(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the layers of whoever runs the tests out of them."""
    monkeypatch.setenv("GEOEVENTS_DATA", str(tmp_path_factory.getbasetemp() / "no-data"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="Write what the code gives now into tests/golden, to be reviewed as a diff.",
    )
