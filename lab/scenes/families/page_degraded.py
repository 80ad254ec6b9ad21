"""A page that age, a copier, a camera or a thermal printer has spoiled."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from lab.scenes import paper, strokes
from lab.scenes.colors import as_color, gray, luminance
from lab.scenes.draft import Draft
from lab.scenes.page import SAMPLE, fill, plan_page
from lab.scenes.sheets import Sheet, sheet
from lab.scenes.studio import Studio
from lab.scenes.wear import everyday

_Shade = npt.NDArray[np.float32]


def page_degraded(studio: Studio) -> Draft:
    """Make a scene of the family."""
    if studio.chance(0.2):
        return _thermal(studio)
    prepared = sheet(studio, texture=0.6)
    draft, page, _ = prepared
    page.lay(draft)
    damages = [speckle, specks_of_paper, folds, blot]
    studio.rng.shuffle(damages)
    for damage in damages[: studio.whole(1, round(studio.dial(1, 3)))]:
        damage(studio, prepared)
    draft.wear = everyday(studio)
    if studio.chance(0.6):
        draft.wear = replace(draft.wear, shade=light(studio, page.shape))
    return draft


def speckle(studio: Studio, prepared: Sheet) -> None:
    """Dust and toner: dark specks, most of them smaller than a stroke."""
    shape = prepared.page.shape
    count = round(shape[0] * shape[1] * studio.between(0.0002, studio.dial(0.0012, 0.004)))
    radii = 0.4 + studio.rng.exponential(0.35, count)
    centers = studio.rng.uniform((0, 0), (shape[1], shape[0]), (count, 2))
    specks = strokes.discs(centers, [float(radius) for radius in radii], shape)
    prepared.draft.lay("speckle", specks, gray(studio.between(0, 90)))


def specks_of_paper(studio: Studio, prepared: Sheet) -> None:
    """Dropouts: the color of the paper, so they show only on the text."""
    shape = prepared.page.shape
    count = round(shape[0] * shape[1] * studio.between(0.001, studio.dial(0.003, 0.008)))
    specks = strokes.dots(studio, shape, count, 0.3, 1.0)
    prepared.draft.lay("dropouts", specks, prepared.ground)


def folds(studio: Studio, prepared: Sheet) -> None:
    """Creases: a light ridge beside a dark one, straight across the page."""
    page = prepared.page
    for _ in range(studio.whole(1, 3)):
        path = strokes.line(studio, page.shape)
        if studio.chance(0.5):
            path = strokes.line(studio, page.shape[::-1])[:, ::-1]
        path = _crooked(studio, path)
        dark = strokes.trace([path + 1.2], page.shape, studio.between(1.5, 4))
        prepared.draft.lay("fold", dark * studio.between(0.15, studio.dial(0.3, 0.6)), gray(70))
        ridge = strokes.trace([path], page.shape, studio.between(1, 2))
        prepared.draft.lay("fold", ridge * studio.between(0.3, 0.8), gray(250))


def _crooked(studio: Studio, path: strokes.Path) -> strokes.Path:
    along = np.linspace(0, 1, 40)[:, None]
    straight = path[0] * (1 - along) + path[1] * along
    drift = np.cumsum(studio.rng.normal(0, 0.35, straight.shape), axis=0)
    return np.asarray(straight + drift, np.float64)


def blot(studio: Studio, prepared: Sheet) -> None:
    """Lay a stain with a darker rim, as of a cup."""
    page = prepared.page
    size = studio.between(60, 170)
    middle = np.array([studio.between(0, 1) * page.shape[1], studio.between(0, 1) * page.shape[0]])
    turn = np.linspace(0, 2 * np.pi, 90)
    wobble = size * (1 + 0.03 * np.sin(3 * turn + studio.between(0, 6)))
    rim = middle + wobble[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    ring = strokes.trace([rim], page.shape, studio.between(4, 12))
    inside = strokes.discs(middle[None], [size], page.shape)
    uneven = np.clip(0.7 + 0.6 * paper.clouds(studio, page.shape, 40), 0.1, 1)
    brown = as_color((120, 84, 45))
    prepared.draft.lay("stain", inside * studio.between(0.05, 0.2) * uneven, brown)
    prepared.draft.lay("stain", ring * studio.between(0.2, studio.dial(0.4, 0.6)) * uneven, brown)


def light(studio: Studio, shape: tuple[int, int]) -> _Shade:
    """Shade a page: uneven light, a shadow over it, or the gutter of a book."""
    return studio.one_of([_uneven_light, _shadow, _gutter])(studio, shape)


def _uneven_light(studio: Studio, shape: tuple[int, int]) -> _Shade:
    depth = studio.between(0.15, studio.dial(0.3, 0.55))
    clouds = paper.clouds(studio, shape, studio.between(0.5, 1.2) * max(shape))
    return np.asarray(1 - depth * (clouds + 1) / 2, np.float32)


def _shadow(studio: Studio, shape: tuple[int, int]) -> _Shade:
    """Shade one side of a line across, with a soft edge: a hand or a camera held over it."""
    (x0, y0), (x1, y1) = strokes.line(studio, shape)
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    distance = (y - y0) * (x1 - x0) - (x - x0) * (y1 - y0)
    distance = distance / np.hypot(x1 - x0, y1 - y0) * studio.one_of([-1, 1])
    edge = 1 / (1 + np.exp(-distance / studio.between(4, 45)))
    return np.asarray(1 - studio.between(0.2, studio.dial(0.35, 0.6)) * edge, np.float32)


def _gutter(studio: Studio, shape: tuple[int, int]) -> _Shade:
    """Darken toward one side, as a thick book does on the glass."""
    x = np.linspace(0, 1, shape[1], dtype=np.float32)
    if studio.chance(0.5):
        x = x[::-1]
    dark = np.exp(-x / studio.between(0.05, 0.15)) * studio.between(0.3, studio.dial(0.5, 0.8))
    return np.broadcast_to((1 - dark).astype(np.float32), shape).copy()


def _thermal(studio: Studio) -> Draft:
    """Make a receipt whose print has faded in bands and blotches."""
    ground = gray(studio.between(225, 250))
    level = luminance(ground) - studio.between(studio.dial(120, 55), studio.dial(170, 110))
    page = plan_page(studio, gray(level), gray(level))
    page.shape = (studio.whole(500, 800), studio.whole(420, 620))
    page.margin = 24
    page.face = page.heading_face = studio.face(SAMPLE, ["mono"], ["regular", "bold"], italic=False)
    fill(studio, page)
    draft = Draft(paper.textured(studio, page.shape, ground, 0.5, 20))
    page.lay(draft)
    fade(studio, draft, ground[0])
    draft.wear = everyday(studio)
    return draft


def fade(studio: Studio, draft: Draft, ground: float) -> None:
    """Bring the text's color closer to the paper in bands and blotches."""
    columns = studio.rng.normal(0, 1, draft.shape[1]).astype(np.float32)
    bands = np.repeat(columns[::5], 5)[: draft.shape[1]] * 0.12
    blotches = (paper.clouds(studio, draft.shape, studio.between(40, 160)) + 1) / 2
    share = np.clip(blotches * studio.dial(0.3, 0.6) + bands, 0, 0.75)[..., None]
    for number, layer in enumerate(draft.layers):
        faded = layer.color + share * (ground - layer.color)
        draft.layers[number] = layer._replace(color=faded.astype(np.float32))
