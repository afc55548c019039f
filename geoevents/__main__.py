"""How does `python -m geoevents` run the command?"""

from __future__ import annotations

from geoevents.cli import main

if __name__ == "__main__":
    main()
