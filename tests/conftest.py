from __future__ import annotations

import pytest
from hypothesis import settings

# Other processes share the machine: how long one example takes says nothing about the code.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="Write what the code gives now into tests/golden, to be reviewed as a diff.",
    )
