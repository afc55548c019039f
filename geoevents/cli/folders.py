"""Where does this user keep imported places? The one place that reads the environment."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = ["data_folder", "data_folder_option", "installed_layers", "layers_folder"]

_VARIABLE = "GEOEVENTS_DATA"

_T = TypeVar("_T", bound=Callable[..., Any])


def data_folder() -> Path:
    """Return the folder of `GEOEVENTS_DATA`, by default the one for user data of this system."""
    named = os.environ.get(_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_data_path  # late: start-up time

    return user_data_path("geoevents", appauthor=False)


def layers_folder() -> Path:
    """Return where the imported layers lie."""
    return data_folder() / "gazetteer"


def installed_layers() -> tuple[Path, ...]:
    """Return the user's layers, in order of precedence; nothing is imported where there are none."""
    folder = layers_folder()
    if not folder.is_dir():
        return ()
    from geoevents.gazetteer.importing import layer_paths  # late: start-up time

    return layer_paths(folder)


def data_folder_option(command: _T) -> _T:
    """Add the option that names another folder for the layers."""
    return click.option(
        "--data-folder",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        help=f"Where the layers lie; by default the user's data folder, or gazetteer/ in ${_VARIABLE}.",
    )(command)
