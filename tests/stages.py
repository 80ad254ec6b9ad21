"""The one table of all stages, and the pictures that tests draw to try them on.

A new restoring step comes into the table by itself, with its row in `foretext.recipe.STAGES`;
anything else that takes a picture or ink gets a row here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

import foretext
from foretext import recipe
from foretext.binarize import binarize
from foretext.choose import choose
from foretext.choose.missed.formulas import with_formulas
from foretext.choose.missed.free import with_free_characters
from foretext.choose.missed.headlines import with_headlines
from foretext.choose.missed.punctuation import with_stops, with_whole_leaders
from foretext.choose.missed.tails import with_whole_marks
from foretext.choose.plain import plain_text
from foretext.choose.rank import rank
from foretext.choose.strays.backdrop import find_backdrop, without_backdrop
from foretext.choose.strays.fragments import without_fragments
from foretext.choose.strays.ghosts import without_ghosts
from foretext.choose.strays.likes import without_likes
from foretext.choose.wanted import unwanted_share, weighed
from foretext.ink import Scale, mask_of, measure
from foretext.mend import mend
from foretext.pictograms import without_pictograms
from foretext.pictures import find_areas, with_pictures
from foretext.pieces import alignment, at_border, overlap, pieces_of
from foretext.reader.side_by_side import side_by_side
from foretext.reading import Box, Character, Line, Word
from foretext.recognize.boxes.characters import place_characters
from foretext.recognize.layout import layout_of
from foretext.recognize.letters import strip_of
from foretext.recognize.page.leaders import without_leaders
from foretext.recognize.page.missed import unread
from foretext.recognize.settle.case import settle_case
from foretext.recognize.settle.doubles import drop_doubles
from foretext.recognize.settle.gaps import close_gaps, open_gaps
from foretext.recognize.settle.halves import settle_halves
from foretext.recognize.settle.heights import settle_heights
from foretext.reduced import reduced
from foretext.render import as_picture, render
from foretext.restore.enlarge import enlarge, soften
from foretext.restore.perspective import Perspective, perspective
from foretext.restore.skew import skew
from foretext.restore.straighten import straighten
from foretext.scraps import without_scraps, without_scraps_of_masses
from foretext.separate import separate
from foretext.separate.contrast import contrast
from foretext.separate.letters import Letter, overlapping_letters
from foretext.separate.network import foreground
from foretext.separate.refine import refine
from foretext.sharpen import left_over, sharpened

Array = npt.NDArray[Any]
Color = tuple[float, float, float]
Written = tuple[tuple[float, float], str, float]

EXAMPLES = Path(__file__).parents[1] / "examples"

WHITE, BLACK, GRAY = (255, 255, 255), (0, 0, 0), (102, 102, 102)
RED, GREEN, BLUE = (200, 40, 40), (40, 150, 40), (40, 40, 200)


# --- drawing with exact truth ------------------------------------------------------------------


def lettering(shape: tuple[int, int], *written: Written) -> Array:
    """Return how much of each pixel is covered by texts, each given as ((x, y), text, size)."""
    sheet = Image.new("L", shape[::-1], 0)
    for at, text, size in written:
        ImageDraw.Draw(sheet).text(at, text, 255, ImageFont.load_default(size))
    return np.asarray(sheet, np.float32) / 255


_LINES = (
    "The careful doctor covered the notebook behind the tower.",
    "The nurse forgot the ladder because the old clerk slept.",
    "A letter came in the morning and nobody read it aloud.",
    "The miller described the valley and the quiet harbor.",
)
# Lines of text with room above for a headline, (H, W).
BODY = lettering((420, 700), *(((30, 180 + 36 * n), line, 20) for n, line in enumerate(_LINES)))


def bar(shape: tuple[int, int], top: int, thickness: int) -> Array:
    """Return the coverage of a line from the left border to the right."""
    coverage = np.zeros(shape, np.float32)
    coverage[top : top + thickness] = 1.0
    return coverage


def stroke(
    shape: tuple[int, int], start: tuple[float, float], end: tuple[float, float], thickness: float
) -> Array:
    """Return the coverage of a straight line between two points (x, y), edges soft."""
    fine = 4
    sheet = Image.new("L", (shape[1] * fine, shape[0] * fine), 0)
    points = [value * fine for point in (start, end) for value in point]
    ImageDraw.Draw(sheet).line(points, 255, round(thickness * fine))
    blocks = np.asarray(sheet, np.float32).reshape(shape[0], fine, shape[1], fine)
    coverage: Array = blocks.mean(axis=(1, 3)) / np.float32(255)
    return coverage


def paper(shape: tuple[int, int], color: Color = WHITE) -> Array:
    """Return bare paper as float, for `paint`."""
    return np.full((*shape, 3), color, np.float32)


def paint(ground: Array, *layers: tuple[Array, Color]) -> Array:
    """Lay (coverage, color) one over the other on paper, the last on top; return a picture."""
    for coverage, color in layers:
        alpha = coverage[..., None]
        ground = ground * (1 - alpha) + np.array(color, np.float32) * alpha
    return np.rint(ground).astype(np.uint8)


def shaded(picture: Array, least: float) -> Array:
    """Let the light fade evenly from the left border (1) to the right one (`least`)."""
    light = np.linspace(1.0, least, picture.shape[1])[None, :, None]
    return np.rint(picture * light).astype(np.uint8)


def scattered_words(shape: tuple[int, int], words: Iterable[str], size: float) -> list[Array]:
    """Return the coverage of each word, all standing in staggered rows over the picture."""
    spots = [
        ((x - (row % 2) * 2 * size, y), row)
        for row, y in enumerate(np.arange(0.2 * size, shape[0] - size, 1.3 * size))
        for x in np.arange(0.3 * size, shape[1], 3.6 * size)
    ]
    texts = list(words)
    return [lettering(shape, (at, texts[k % len(texts)], size)) for k, (at, _) in enumerate(spots)]


def cloud(shape: tuple[int, int], size: float) -> Array:
    """Return the coverage of a word cloud."""
    words = ("apple", "river", "stone", "cloud", "paper", "green", "silver", "forest")
    union: Array = np.maximum.reduce(scattered_words(shape, words, size))
    return union


def colored_cloud(shape: tuple[int, int], size: float) -> list[tuple[Array, Color]]:
    """Return a word cloud of three colors, for `paint`."""
    words = ("apple", "river", "stone", "cloud", "paper", "green", "silver", "forest")
    each = scattered_words(shape, words, size)
    return [(np.maximum.reduce(each[k::3]), color) for k, color in enumerate((RED, GREEN, BLUE))]


# --- comparing ---------------------------------------------------------------------------------


def f_measure(found: Array, truth: Array) -> float:
    """Return the harmonic mean of precision and recall of two masks."""
    return 2.0 * float((found & truth).sum()) / max(float(found.sum() + truth.sum()), 1.0)


def rms(found: Array, truth: Array) -> float:
    """Return the root of the mean squared difference."""
    difference = found.astype(np.float64) - truth.astype(np.float64)
    return float(np.sqrt(np.mean(np.square(difference))))


# --- pictures to try every stage on ------------------------------------------------------------


def example(name: str) -> Array:
    """Return one of the example pictures on white."""
    with Image.open(EXAMPLES / f"{name}.png") as opened:
        rgba = opened.convert("RGBA")
    rgba = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba)
    return np.asarray(rgba.convert("RGB"))


def _text(shape: tuple[int, int] = (70, 200)) -> Array:
    return lettering(shape, ((14, 12), "Quail 7j", 42))


def _noise() -> Array:
    return np.random.default_rng(7).integers(0, 256, (60, 90, 3), np.uint8)


def _half_black() -> Array:
    picture = np.full((40, 60, 3), 255, np.uint8)
    picture[:, 30:] = 0
    return picture


def _checkerboard() -> Array:
    cells = np.indices((48, 64)).sum(axis=0) % 2
    return np.repeat((255 * cells).astype(np.uint8)[..., None], 3, axis=2)


def _color_gradient() -> Array:
    y, x = np.mgrid[0:64, 0:96]
    return np.stack([2 * x, 3 * y, 255 - 2 * x], axis=2).astype(np.uint8)


def _crossed() -> Array:
    shape = (80, 240)
    words = lettering(shape, ((20, 16), "Kep4wKA", 44))
    return paint(paper(shape), *colored_cloud(shape, 12), (words, GRAY), (bar(shape, 60, 2), RED))


PICTURES: dict[str, Callable[[], Array]] = {
    "white": lambda: np.full((50, 70, 3), 255, np.uint8),
    "black": lambda: np.zeros((50, 70, 3), np.uint8),
    "one white pixel": lambda: np.full((1, 1, 3), 255, np.uint8),
    "one red pixel": lambda: np.array([[RED]], np.uint8),
    "one row": lambda: _noise()[:1],
    "one column": lambda: _noise()[:, :1],
    "two by two": lambda: _noise()[:2, :2],
    "text": lambda: paint(paper((70, 200)), (_text(), BLACK)),
    "light on dark": lambda: paint(paper((70, 200), (20, 30, 40)), (_text(), WHITE)),
    "text over words": _crossed,
    "YabVzu": lambda: example("YabVzu"),
    "K6PwKA": lambda: example("K6PwKA"),
    "noise": _noise,
    "half black": _half_black,
    "checkerboard": _checkerboard,
    "color gradient": _color_gradient,
}


@cache
def picture(name: str) -> Array:
    """Return one of `PICTURES`, read-only."""
    return frozen(PICTURES[name]())


def frozen(array: Array) -> Array:
    """Return a copy that can't be written to."""
    copied = array.copy()
    copied.flags.writeable = False
    return copied


def as_ink(pixels: Array) -> Array:
    """Return the darkness of a picture as ink, float32 in [0, 1]."""
    return (1.0 - pixels.mean(axis=2, dtype=np.float32) / np.float32(255)).astype(np.float32)


# --- the table ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stage:
    """How to call one stage.

    `call` takes a picture, uint8 (H, W, 3), or, if `takes_ink`, ink, float32 (H, W); it returns
    everything that the stage gives, arrays and plain values. Arrays have the input's height and
    width unless `resizes`.
    """

    name: str
    call: Callable[[Array], tuple[Any, ...]]
    takes_ink: bool = True
    resizes: bool = False

    def input_from(self, pixels: Array) -> Array:
        """Return what the stage takes, made from a picture, read-only."""
        return frozen(as_ink(pixels) if self.takes_ink else pixels)


def _restored(stage: recipe.Stage, ink: Array) -> tuple[Any, ...]:
    settings = {key: default for key, (default, _, _) in stage.settings.items()}
    extra: dict[str, Any] = {}
    if stage.wants_over:
        mask = mask_of(ink)
        extra["over"] = frozen(mask[::-1] & ~mask)
    return (stage.function(ink, measure(ink), **settings, **extra),)


def _rendered(single_line: bool, ink: Array) -> tuple[Any, ...]:
    made = render(ink, measure(ink), single_line=single_line, **foretext.Recipe().render)
    return made.pixels, made.factor, made.dx, made.dy


def _straightened(single_line: bool, skew: float, ink: Array) -> tuple[Any, ...]:
    made = straighten(ink, measure(ink), single_line=single_line, skew=skew)
    return made.ink, *made.back(Box(1.0, 1.0, 9.0, 7.0))


def _leveled(ink: Array) -> tuple[Any, ...]:
    height, width = ink.shape
    found = Perspective(width / 2, height / 2, 0.02, 0.2 / width)
    made = straighten(ink, measure(ink), single_line=False, skew=2.0, perspective=found)
    return made.ink, *made.back(Box(1.0, 1.0, 9.0, 7.0))


def _perspective(ink: Array) -> tuple[Any, ...]:
    found = perspective(pieces_of(mask_of(ink)))
    return (0.0,) if found is None else astuple(found)


def _measured(ink: Array) -> tuple[Any, ...]:
    scale = measure(ink)
    return scale.stroke_width, scale.x_height


def _pieces(ink: Array) -> tuple[Any, ...]:
    pieces = pieces_of(mask_of(ink))
    return (
        *(len(pieces), float(pieces.area.sum())),
        *(alignment(pieces), at_border(pieces, *ink.shape), overlap(pieces, pieces)),
    )


def _line_over(ink: Array) -> Line:
    height, width = ink.shape
    boxes = [Box(width * k / 4, 0.0, width * (k + 1) / 4, float(height)) for k in range(4)]
    letters = tuple(Character(c, 0.9, box) for c, box in zip("KSs7", boxes, strict=True))
    whole = Box(0.0, 0.0, float(width), float(height))
    return Line((Word("KSs7", 0.9, whole, letters),), 0.9, whole)


def _leading(ink: Array) -> tuple[Any, ...]:
    shown = frozen(as_picture(ink))
    rest, leaders = without_leaders(shown)
    everything = frozen(np.maximum(ink, ink[::-1]))
    return rest, with_whole_leaders(ink, everything), [leader.dots for leader in leaders]


def _settled(ink: Array) -> tuple[Any, ...]:
    line, mask = _line_over(ink), frozen(mask_of(ink))
    return tuple(settle(line, mask).text for settle in (settle_case, settle_halves, drop_doubles))


def _settled_by_heights(ink: Array) -> tuple[Any, ...]:
    line = _line_over(ink)
    (word,) = line.words
    doubted = tuple(replace(c, alternatives=((c.text.swapcase(), 0.4),)) for c in word.characters)
    boxes = [c.box for c in doubted]
    line = replace(line, words=(replace(word, characters=doubted),))
    settled = settle_heights(line, boxes, frozen(as_picture(ink)))
    return tuple(c.confidence for c in settled.words[0].characters)


def _closed_gaps(ink: Array) -> tuple[Any, ...]:
    (word,) = _line_over(ink).words
    first, rest = word.characters[:2], word.characters[2:]
    words = [replace(word, text="KS", characters=first), replace(word, text="s7", characters=rest)]
    boxes = [c.box for c in word.characters]
    line = replace(_line_over(ink), words=tuple(words))
    picture = frozen(as_picture(ink))
    opened = open_gaps(_line_over(ink), line, boxes, picture)
    return close_gaps(line, boxes, picture).text, opened.text


def _unread(ink: Array) -> tuple[Any, ...]:
    shown = frozen(as_picture(ink))
    rest = unread(shown, ())
    return (shown if rest is None else rest,)


def _placed(ink: Array) -> tuple[Any, ...]:
    (line,) = place_characters((_line_over(ink),), ink)
    characters = [character for word in line.words for character in word.characters]
    own = np.zeros_like(ink)
    for character in characters:
        if character.ink is not None:
            left, top, right, bottom = (int(side) for side in character.box)
            own[top:bottom, left:right] += character.ink
    return (own, [list(character.box) for character in characters])


def described(layers: Iterable[foretext.Layer]) -> list[Any]:
    """Return all that layers tell, their coverage carved."""
    return [
        value
        for layer in layers
        for value in (layer.solid, layer.ink, layer.all_ink, layer.to_dict())
    ]


def _separated(pixels: Array) -> tuple[Any, ...]:
    return tuple(described(separate(pixels).layers))


def _foreground(x_height: float, pixels: Array) -> tuple[Any, ...]:
    return (foreground(contrast(pixels), x_height),)


def _weighed(pixels: Array) -> tuple[Any, ...]:
    separation = separate(pixels)
    seen = separation.foreground(0.0)
    layers = rank(weighed(separation.layers, seen, separation.contrast.strength))
    return (unwanted_share(layers, seen), *described(layers))


def _refined(x_height: float, pixels: Array) -> tuple[Any, ...]:
    paperless = contrast(pixels)
    return (refine(paperless, foreground(paperless, x_height), x_height),)


def _without_fragments(ink: Array) -> tuple[Any, ...]:
    foreground = frozen(ink * np.float32(0.5))
    return (without_fragments(ink, foreground, 2.0 * measure(ink).x_height),)


def _with_whole_marks(ink: Array) -> tuple[Any, ...]:
    half = frozen(ink * np.float32(0.5))
    return (with_whole_marks(half, ink, half, measure(ink).x_height),)


def _with_formulas(ink: Array) -> tuple[Any, ...]:
    less = frozen(np.where(np.arange(ink.shape[1]) % 97 < 80, ink, np.float32(0.0)))
    return (with_formulas(less, ink, frozen(ink > 0.5), measure(ink).x_height),)


def _plain(ink: Array) -> tuple[Any, ...]:
    found = plain_text(ink, (), ink)
    return (ink if found is None else found,)


def _judged_page(pixels: Array) -> tuple[Any, ...]:
    separation = separate(pixels)
    foreground = frozen(np.clip(separation.contrast.strength / np.float32(300.0), 0.0, 1.0))
    layers = weighed(separation.layers, foreground, separation.contrast.strength)
    ink, paperless = frozen(foreground > 0.5).astype(np.float32), separation.contrast
    bare = without_backdrop(paperless, find_backdrop(layers))
    return (
        with_headlines(frozen(ink), foreground, paperless, foreground),
        without_likes(frozen(ink), paperless, layers, foreground, 9.0),
        with_free_characters(frozen(ink), foreground, paperless.strength, 5.0),
        without_ghosts(frozen(ink), layers, frozen(ink)) if layers else ink,
        without_pictograms(frozen(ink), Scale(3.0, 20.0)),
        bare.strength / np.float32(max(255.0, float(bare.strength.max()))),
    )


def _with_stops(ink: Array) -> tuple[Any, ...]:
    everything = frozen(np.maximum(ink, ink[::-1]))
    return (with_stops(ink, everything, frozen(mask_of(everything))),)


def _without_scraps(ink: Array) -> tuple[Any, ...]:
    masses = frozen(np.ones((3, 2), np.bool_))
    box = Box(0.0, 0.0, float(ink.shape[1]), float(ink.shape[0]))
    return without_scraps(ink, [box], 9.0), without_scraps_of_masses(ink, masses, 9.0)


def _photographed(pixels: Array) -> tuple[Any, ...]:
    boxes = find_areas(contrast(pixels), as_ink(pixels), 2.0).pictures
    return with_pictures(pixels[..., 0], pixels, boxes), boxes


def _sharpened(pixels: Array) -> tuple[Any, ...]:
    large = pixels.repeat(2, axis=0).repeat(2, axis=1)
    small = reduced(large, 0.5)
    separation = separate(small)
    ink = separation.layers[0].ink if separation.layers else as_ink(small)
    told = ink, large, separation.contrast, measure(ink).x_height
    whole = sharpened(*told)
    return whole, left_over(whole, *told)


def _mended(ink: Array) -> tuple[Any, ...]:
    everything = frozen(np.maximum(ink, ink[::-1]))
    mended = mend(ink, everything, measure(ink), foretext.Recipe())
    told = [(step.name, step.note, step.removed, step.added) for step in mended.steps]
    return (mended.ink, mended.verdicts, mended.reasons, told)


def _chosen(keep: str, network: bool, pixels: Array) -> tuple[Any, ...]:
    choice = choose(separate(pixels), pixels, keep, network=network)
    return (choice.ink, choice.reason, *described(choice.layers))


def _cleaned(network: bool, pixels: Array) -> tuple[Any, ...]:
    cleaned = foretext.clean(pixels, recipe=foretext.Recipe(network=network))
    told = [(step.name, step.note, step.removed, step.added) for step in cleaned.steps]
    views = cleaned.mask, cleaned.picture, cleaned.verdicts
    return (cleaned.ink, cleaned.removed, *views, cleaned.reasons, told)


def _apart(pixels: Array) -> tuple[Any, ...]:
    letters = overlapping_letters(pixels, frozen(as_ink(pixels)), Scale(3.0, 20.0))
    letters = letters or (Letter(1, 2, as_ink(pixels)),)
    made = side_by_side(letters, Scale(3.0, 20.0), x_height=30.0, margin=0.5, softness=0.1)
    return made.pixels, *made.back(Box(1.0, 1.0, 9.0, 7.0))


def _binarized(pixels: Array) -> tuple[Any, ...]:
    return (binarize(frozen(as_ink(pixels)), pixels, Scale(3.0, 20.0)),)


def _image(pixels: Array) -> tuple[Any, ...]:
    return (foretext.clean(pixels).image,)


STAGES: tuple[Stage, ...] = (
    *(Stage(stage.name, partial(_restored, stage)) for stage in recipe.STAGES.values()),
    Stage("enlarge by 2.3", lambda ink: (enlarge(ink, 2.3),), resizes=True),
    Stage("enlarge by 0.4", lambda ink: (enlarge(ink, 0.4),), resizes=True),
    Stage("soften", lambda ink: (soften(ink, 1.3),)),
    Stage("render a line", partial(_rendered, True), resizes=True),
    Stage("render a page", partial(_rendered, False), resizes=True),
    Stage("straighten a line", partial(_straightened, True, 0.0), resizes=True),
    Stage("straighten a turned line", partial(_straightened, True, -7.0), resizes=True),
    Stage("straighten a turned page", partial(_straightened, False, 4.0), resizes=True),
    Stage("straighten a page seen from one side", _leveled, resizes=True),
    Stage("perspective", _perspective),
    Stage("skew", lambda ink: (skew(pieces_of(mask_of(ink))),)),
    Stage("mask_of", lambda ink: (mask_of(ink),)),
    Stage("measure", _measured),
    Stage("pieces", _pieces),
    Stage("mend", _mended),
    Stage("layout_of", lambda ink: (layout_of(ink),)),
    Stage("unread", _unread),
    Stage("leaders", _leading),
    Stage("fragments", _without_fragments),
    Stage("plain text", _plain),
    Stage("whole marks", _with_whole_marks),
    Stage("formulas", _with_formulas),
    Stage("stops and quotation marks", _with_stops),
    Stage("scraps", _without_scraps),
    Stage("settle a reading", _settled),
    Stage("settle a reading by heights", _settled_by_heights),
    Stage("close gaps", _closed_gaps),
    Stage("strip_of", lambda ink: (strip_of(ink),), resizes=True),
    Stage("place_characters", _placed),
    Stage("separate", _separated, takes_ink=False),
    Stage("foreground", partial(_foreground, 0.0), takes_ink=False),
    Stage("foreground of small text", partial(_foreground, 6.0), takes_ink=False),
    Stage("foreground of large text", partial(_foreground, 90.0), takes_ink=False),
    Stage("weighed", _weighed, takes_ink=False),
    Stage("backdrop, headlines and likes", _judged_page, takes_ink=False),
    Stage("refine", partial(_refined, 0.0), takes_ink=False),
    Stage("refine, tall", partial(_refined, 70.0), takes_ink=False),
    Stage("binarize", _binarized, takes_ink=False),
    Stage("pictures", _photographed, takes_ink=False),
    Stage("letters side by side", _apart, takes_ink=False, resizes=True),
    Stage("sharpened", _sharpened, takes_ink=False, resizes=True),
    Stage("choose auto", partial(_chosen, "auto", True), takes_ink=False),
    Stage("choose auto, by color", partial(_chosen, "auto", False), takes_ink=False),
    Stage("choose largest", partial(_chosen, "largest", True), takes_ink=False),
    Stage("choose darkest", partial(_chosen, "darkest", True), takes_ink=False),
    Stage("layers", lambda pixels: tuple(described(foretext.layers(pixels))), takes_ink=False),
    Stage("clean", partial(_cleaned, True), takes_ink=False),
    Stage("clean, by color", partial(_cleaned, False), takes_ink=False),
    Stage("clean, for OCR", _image, takes_ink=False, resizes=True),
)
