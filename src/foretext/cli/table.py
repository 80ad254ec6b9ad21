"""The table of layers."""

from __future__ import annotations

from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from foretext.cleaned import Cleaned
from foretext.export.ranking import Ranked, ranking

# So wide that nothing is ever folded or cut where no terminal sets the width.
_ENDLESS = 1000
_NUMBERS = ("share", "stroke", "x-height", "rows", "contrast", "score")


def show_layers(cleaned: Cleaned) -> str:
    """Return a table of the layers, fit for what stdout is.

    Parameters
    ----------
    cleaned : Cleaned
        The picture.

    Returns
    -------
    str
        With swatches in color if stdout is a terminal that has colors.
    """
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_ENDLESS)
    colored = console.color_system is not None and not console.no_color
    with console.capture() as capture:
        console.print(_table(cleaned, colored))
        console.print(Text(f"Kept: {cleaned.reason}."))
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def _table(cleaned: Cleaned, colored: bool) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("#", justify="right")
    if colored:
        table.add_column("")
    table.add_column("color", no_wrap=True)
    for name in _NUMBERS:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("kept", no_wrap=True)
    table.add_column("why")
    for ranked in ranking(cleaned):
        table.add_row(*_cells(ranked, colored), style="" if ranked.kept else "dim")
    return table


def _cells(ranked: Ranked, colored: bool) -> list[Text]:
    layer, kept = ranked
    swatch = [Text("    ", Style(bgcolor=Color.from_rgb(*layer.color)))] if colored else []
    words = (
        layer.hex,
        f"{layer.share:.1%}",
        f"{layer.stroke_width:.1f} px",
        f"{layer.x_height:.1f} px",
        f"{layer.rows:.0%}",
        f"{layer.contrast:.0%}",
        f"{layer.score:.3f}",
        "yes" if kept else "no",
        layer.reason,
    )
    return [Text(str(layer.number or "-")), *swatch, *(Text(word) for word in words)]
