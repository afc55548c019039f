from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import geoevents

# Libraries of the extras, which a plain installation does without.
EXTRAS = {"docx", "matplotlib", "pptx", "weasyprint"}
CHECKOUT = Path(geoevents.__file__).resolve().parent.parent


def test_every_public_name_can_be_had() -> None:
    for name in geoevents.__all__:
        assert getattr(geoevents, name) is not None


def imported(name: str) -> ModuleType | None:
    """A module; none where it needs an extra that is not installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name not in EXTRAS:
            raise
        return None


def test_every_module_keeps_its_promises() -> None:
    for path in sorted(Path(geoevents.__file__).parent.rglob("*.py")):
        parts = path.relative_to(CHECKOUT).with_suffix("").parts
        module = imported(".".join(p for p in parts if p not in {"__init__", "__main__"}))
        if module is None:
            continue
        for name in getattr(module, "__all__", ()):
            assert getattr(module, name) is not None
        assert module.__doc__, f"{module.__name__} does not say what it answers"


def test_importing_loads_neither_folium_nor_pandas_nor_numpy() -> None:
    code = "import sys, json, geoevents; geoevents.analyze; print(json.dumps(sorted(sys.modules)))"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = set(json.loads(output))
    assert not loaded & {"folium", "branca", "pandas", "numpy", "shapely", "click"}
