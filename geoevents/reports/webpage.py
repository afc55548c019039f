"""How does a briefing look as one web page that asks nobody for anything?"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Sequence

from geoevents.reports.outline import Brief, Picture, Verdict

__all__ = ["brief_page"]

_PARTS = re.compile(r"[\s/-]")
_LONGEST_WORD = 18  # of a table with six columns on paper

STYLE = """
@page { size: A4; margin: 18mm 16mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; color: #4a5662; } }
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2.2rem 1.4rem 3rem; background: #fff; color: #17212b; font: 1rem/1.5 "DejaVu Sans", system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.75em; line-height: 1.2; margin: 0 0 0.2rem; }
h2 { font-size: 1.25em; margin: 2rem 0 0.6rem; padding-bottom: 0.2rem; border-bottom: 2px solid #d3d9df; break-after: avoid; }
h3 { font-size: 1.05em; margin: 0 0 0.3rem; break-after: avoid; }
p { margin: 0 0 0.6rem; }
.soft { color: #4a5662; font-size: 0.88em; }
.summary li { margin-bottom: 0.3rem; }
figure { margin: 0; break-inside: avoid; }
img { max-width: 100%; height: auto; display: block; }
figure.map img { border: 1px solid #d3d9df; }
figcaption { font-size: 0.8em; color: #4a5662; margin-top: 0.4rem; }
.verdict { border: 1px solid #d3d9df; border-left-width: 5px; border-radius: 6px; padding: 0.8rem 1rem; margin-bottom: 1rem; break-inside: avoid; }
blockquote { margin: 0 0 0.4rem; font-style: italic; }
table { border-collapse: collapse; width: 100%; font-size: 0.85em; line-height: 1.35; }
th, td { text-align: start; vertical-align: top; padding: 0.3rem 0.6rem 0.3rem 0; border-bottom: 1px solid #d3d9df; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
td:first-child { min-width: 6.8em; }
/* What may break anywhere counts for nothing when a table shares out its width. */
th, td { overflow-wrap: break-word; }
td.long { overflow-wrap: anywhere; }
td.number, th.number { text-align: end; white-space: nowrap; }
.what-if { width: auto; margin-top: 0.6rem; }
.what-if caption { text-align: start; font-size: 1em; color: #4a5662; padding-bottom: 0.2rem; }
.fits { color: #006b4e; font-weight: 600; }
dt { font-weight: 600; }
dd { margin: 0 0 0.7rem; }
@media print { body { padding: 0; max-width: none; font-size: 9.6pt; } a { color: inherit; } }
"""


def brief_page(brief: Brief, *, more_style: str = "") -> str:
    """Return the page. Its policy allows its own style and pictures, and nothing else."""
    style = STYLE + more_style
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}' 'unsafe-hashes' {_color_hashes(brief)}; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    parts = [
        _head(brief),
        _map(brief),
        _verdicts(brief),
        _events(brief),
        _accounts(brief),
        _sources(brief),
        _method(brief),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<link rel="icon" href="data:,">\n'
        f"<title>{_text(brief.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(part for part in parts if part)
        + f'\n<p class="soft">{_text(brief.credit)}</p>\n</main>\n</body>\n</html>\n'
    )


def _text(words: str) -> str:
    return html.escape(words, quote=True)


def _edge(color: str) -> str:
    return f"border-left-color:{color}"


def _color_hashes(brief: Brief) -> str:
    digests = (
        base64.b64encode(hashlib.sha256(_edge(verdict.color).encode()).digest()).decode("ascii")
        for verdict in brief.verdicts
    )
    return " ".join(dict.fromkeys(f"'sha256-{digest}'" for digest in digests))


def _head(brief: Brief) -> str:
    items = "".join(f"<li>{_text(line)}</li>" for line in brief.summary)
    return (
        f'<h1 dir="auto">{_text(brief.title)}</h1>\n<p class="soft">{_text(brief.subtitle)}</p>\n'
        f'<h2>Summary</h2>\n<ul class="summary">{items}</ul>'
    )


def _image(picture: Picture) -> str:
    data = base64.b64encode(picture.png).decode("ascii")
    return f'<img src="data:image/png;base64,{data}" alt="{_text(picture.words)}">'


def _map(brief: Brief) -> str:
    return (
        f'<h2>Map</h2>\n<figure class="map">{_image(brief.map)}'
        f"<figcaption>{_text(brief.caption)}</figcaption></figure>"
    )


def _verdicts(brief: Brief) -> str:
    if not brief.verdicts:
        return ""
    cards = "\n".join(_verdict(verdict) for verdict in brief.verdicts)
    return f"<h2>Claims, and what the map says</h2>\n{cards}" + _left_out(brief.verdicts_left_out, "claim")


def _verdict(verdict: Verdict) -> str:
    about = f"{verdict.speaker} In “{verdict.document}”." if verdict.document else verdict.speaker
    figure = f"<figure>{_image(verdict.picture)}</figure>" if verdict.picture else ""
    return (
        f'<section class="verdict" style="{_edge(verdict.color)}"><h3>{_text(verdict.outcome)}</h3>'
        f'<blockquote dir="auto">“{_text(verdict.quote)}”</blockquote><p class="soft">{_text(about)}</p>'
        f"{figure}<p>Claimed: {_text(verdict.claimed)}. Measured: {_text(verdict.measured)}.</p>"
        f'<p dir="auto">{_text(verdict.reason)}</p>{_would_hold(verdict)}{_what_if(verdict)}</section>'
    )


def _would_hold(verdict: Verdict) -> str:
    if not verdict.would_hold:
        return ""
    return f'<p dir="auto"><strong>It would hold</strong> {_text(verdict.would_hold)}.</p>'


def _what_if(verdict: Verdict) -> str:
    if not verdict.what_if:
        return ""
    rows = "".join(
        f'<tr><td dir="auto">{_text(one.name)}</td><td class="number">{_text(one.distance)}</td>'
        f'<td class="{"fits" if one.fit == "would fit" else "soft"}">{_text(one.fit)}</td></tr>'
        for one in verdict.what_if
    )
    head = '<tr><th scope="col">Place</th><th scope="col" class="number">Distance</th><th scope="col">The claim</th></tr>'
    missing = _text(verdict.missing or "the end without a name")
    return f'<table class="what-if"><caption>What if “{missing}” were …</caption><thead>{head}</thead><tbody>{rows}</tbody></table>'


def _events(brief: Brief) -> str:
    table = brief.events
    if not table.rows:
        return ""
    heads = "".join(f'<th scope="col">{_text(name)}</th>' for name in table.heads)
    rows = "".join(_event(row) for row in table.rows)
    markup = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<h2>Events</h2>\n{markup}" + _left_out(brief.events_left_out, "event")


def _event(row: Sequence[str]) -> str:
    # "Shelling/artillery/missile attack" may break after a slash, and nowhere else in a word that has room.
    cells = "".join(f'<td{_long(cell)} dir="auto">{_text(cell).replace("/", "/<wbr>")}</td>' for cell in row)
    return f"<tr>{cells}</tr>"


def _long(cell: str) -> str:
    return ' class="long"' if any(len(word) > _LONGEST_WORD for word in _PARTS.split(cell)) else ""


def _accounts(brief: Brief) -> str:
    if not brief.accounts:
        return ""
    return f"<h2>Where accounts differ</h2>\n<dl>{_listed(brief.accounts)}</dl>"


def _left_out(count: int, noun: str) -> str:
    if not count:
        return ""
    return f'<p class="soft">{count:,} more {noun}{"s" if count > 1 else ""} are not listed here.</p>'


def _sources(brief: Brief) -> str:
    if not brief.sources:
        return ""
    items = _listed(brief.sources)
    return f"<h2>Sources</h2>\n<dl>{items}</dl>" + _left_out(brief.sources_left_out, "document")


def _method(brief: Brief) -> str:
    return f"<h2>Method and limits</h2>\n<dl>{_listed(brief.method)}</dl>"


def _listed(pairs: Iterable[Sequence[str]]) -> str:
    return "".join(f'<dt dir="auto">{_text(a)}</dt><dd dir="auto">{_text(b)}</dd>' for a, b in pairs)
