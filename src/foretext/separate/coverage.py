"""How much of each pixel a layer covers: its soft edges, from color alone."""

from __future__ import annotations

import numpy as np

from foretext.arrays import Float, Ink, Mask
from foretext.ink import Scale, depth, distance_to
from foretext.pieces import extreme
from foretext.separate.contrast import Contrast

# A mixture of paper and ink is at most this far (in bandwidths) from the line between them.
_COLLINEAR = 1.5
# Blur spreads an edge over no more pixels than this.
_WIDEST_EDGE = 4
# The pixels beside a stroke share its edge; those touching it by a corner only seldom do.
_BESIDE = 1.2
# Where more than this is left of the ink, at the median, an edge goes on.
_BLURRED = 0.12
# From one pixel to the next, an edge loses at least this share of its coverage; a stroke of
# another text that begins there does not.
_FALL = 0.15
# Hairlines reach this share of the x-height away from the solid parts of a letter.
_HAIRLINE = 0.4
# What is nearer to the solid parts than this (in pixels) is their edge; a hairline begins there.
_BEGIN = 1.5
# A hairline is thinner than this share of the layer's strokes.
_THINNER = 0.75
# Where less of what could be a hairline ends near its letter, such pixels are of other text.
_MOSTLY_OWN = 0.65
# Where ink and what lies behind differ less than this (of the ink's contrast), their mixture
# says nothing, and the pixel is held to be not quite half covered.
_ALIKE = 0.15
_ALIKE_AMOUNT = 0.45


def mixture(contrast: Contrast, ink_color: Float) -> tuple[Ink, Float]:
    """Explain every pixel as a mixture of paper and one ink.

    Parameters
    ----------
    contrast : Contrast
        The picture without its paper.
    ink_color : ndarray of float32, (C,)
        The ink's full contrast.

    Returns
    -------
    amount : ndarray of float32, (H, W)
        Share of ink in the best mixture; not clipped: over 1 for darker pixels.
    residual : ndarray of float32, (H, W)
        How far the pixel is from that mixture, in units of `Contrast.signed`.
    """
    signed = contrast.signed
    if signed.shape[2] == 1:
        amount = signed[..., 0] / ink_color[0]
        return amount, np.where(amount < 0, contrast.strength, 0.0).astype(np.float32)
    squared = np.float32(ink_color @ ink_color)
    amount = (signed @ ink_color) / squared
    rest = np.einsum("ijk,ijk->ij", signed, signed) - np.square(amount) * squared
    return amount, np.sqrt(np.maximum(rest, 0.0))


def carve(
    contrast: Contrast, solid: Mask, ink_color: Float, *, tolerance: float, scale: Scale
) -> Ink:
    """Give a layer its soft edges and hairlines.

    Parameters
    ----------
    contrast : Contrast
        The picture without its paper.
    solid : ndarray of bool, (H, W)
        Pixels that are wholly the layer's.
    ink_color : ndarray of float32, (C,)
        The ink's full contrast.
    tolerance : float
        How far a pixel of full ink may be from `ink_color`, in units of `Contrast.signed`.
    scale : Scale
        Of the layer.

    Returns
    -------
    ndarray of float32, (H, W)
        Coverage in [0, 1].

    Notes
    -----
    An anti-aliased pixel lies on the line between the ink's color and that of whatever is
    behind it: compositing [1]_ solved for alpha. What is behind an edge is taken from the
    nearest pixel outside of it.

    References
    ----------
    .. [1] T. Porter, T. Duff, "Compositing digital images", SIGGRAPH 1984.
       :doi:`10.1145/800031.808606`
    """
    amount, residual = mixture(contrast, ink_color)
    mixed = residual <= _COLLINEAR * max(tolerance, contrast.noise)
    body = solid | _hairlines(mixed & (amount > 0.5) & ~solid, solid, scale)
    edge = _edge_of(body, amount, mixed) & ~body
    coverage = np.zeros(solid.shape, np.float32)
    coverage[body] = amount[body]
    behind = _behind(contrast.signed, body, edge)
    coverage[edge] = _edge_amount(contrast.signed[edge], behind, ink_color)
    full = float(np.linalg.norm(ink_color))
    low, high = min(0.1, 0.25 * contrast.noise / full), max(0.6, 1.0 - tolerance / full)
    return np.asarray(np.clip((coverage - low) / (high - low), 0.0, 1.0), np.float32)


def all_ink(contrast: Contrast, ink_color: Float, *, tolerance: float) -> Ink:
    """Return the coverage of all ink in a picture, of whatever layer.

    Parameters
    ----------
    contrast : Contrast
        The picture without its paper.
    ink_color : ndarray of float32, (C,)
        The full contrast of the main ink: what is as strong covers wholly, what is fainter
        stays fainter.
    tolerance : float
        How far a pixel of full ink may be from `ink_color`.

    Returns
    -------
    ndarray of float32, (H, W)
        Coverage in [0, 1].
    """
    full = float(np.abs(ink_color).max())
    low = min(0.5 * contrast.noise, 0.25 * full)
    high = max(0.6 * full, full - tolerance)
    amount = (contrast.strength - low) / (high - low)
    return np.asarray(np.clip(amount, 0.0, 1.0), np.float32)


def _hairlines(candidates: Mask, solid: Mask, scale: Scale) -> Mask:
    """Return the thin parts that end near the solid ones; one that goes on is another text's."""
    import cv2

    distance = distance_to(solid)
    beyond = candidates & (distance > _BEGIN)
    count, labels = cv2.connectedComponents(beyond.view(np.uint8), connectivity=8)
    if count <= 1 or not solid.any():
        return np.zeros_like(candidates)
    at = np.flatnonzero(beyond)
    where, away = np.take(labels, at).astype(np.intp), np.take(distance, at)
    farthest = extreme(where, away, count, most=True)
    nearest = extreme(where, away, count, most=False)
    half = extreme(where, np.take(depth(beyond), at), count, most=True)
    thin = 2.0 * half - 1.0 <= _THINNER * scale.stroke_width
    own = thin & (nearest <= _BEGIN + 1.0)
    own &= farthest <= _HAIRLINE * scale.x_height + _BEGIN
    area = np.bincount(where, minlength=count)
    if area[own].sum() < _MOSTLY_OWN * area[thin].sum():
        return np.zeros_like(candidates)
    hair = np.zeros_like(beyond)
    hair.ravel()[at] = own[where]
    # The pixels between a hairline and its letter.
    bridge = cv2.dilate(hair.view(np.uint8), np.ones((3, 3), np.uint8)).view(np.bool_)
    hairlines: Mask = hair | (bridge & candidates & (distance <= _BEGIN))
    return hairlines


def _edge_of(body: Mask, amount: Ink, mixed: Mask) -> Mask:
    """Return the body with the pixels around it over which its coverage falls off."""
    import cv2

    distance = distance_to(body)
    reached = distance < _BESIDE
    widest = _edge_width(distance, amount)
    if widest < 2:
        return reached
    level = np.where(reached, np.clip(amount, 0.0, 1.0), np.float32(0.0))
    open_to = np.flatnonzero((distance < widest + 0.5) & mixed & ~reached)
    for ring in range(2, widest + 1):
        at = open_to[np.take(distance, open_to) < ring + 0.5]
        neighbor = np.take(cv2.dilate(level, np.ones((3, 3), np.uint8)), at)
        at = at[np.take(amount, at) <= (1.0 - _FALL) * neighbor]
        reached.ravel()[at] = True
        level.ravel()[at] = np.clip(np.take(amount, at), 0.0, 1.0)
        open_to = open_to[~np.take(reached, open_to)]
    return reached


def _edge_width(distance: Float, amount: Ink) -> int:
    """Return how many pixels the picture's blur spreads an edge over.

    Most of what surrounds a text is paper, whatever crosses it here and there: the median of
    a ring around the strokes tells whether blur reaches that far.
    """
    for ring in range(2, _WIDEST_EDGE + 1):
        around = amount[(distance >= ring - 0.5) & (distance < ring + 0.5)]
        if not around.size or float(np.median(around)) < _BLURRED:
            return ring - 1
    return _WIDEST_EDGE


def _behind(signed: Float, body: Mask, edge: Mask) -> Float:
    """Return, for each pixel of the edge, the color of the nearest one that is not covered."""
    import cv2

    ring = np.ones((3, 3), np.uint8)
    covered = cv2.dilate(body.view(np.uint8), ring)
    covered = cv2.bitwise_or(covered, edge.view(np.uint8))
    # The nearest free pixel lies right beside what is covered.
    beside = np.flatnonzero(cv2.dilate(covered, ring) > covered)
    if not len(beside) or not edge.any():
        return np.zeros((int(np.count_nonzero(edge)), signed.shape[2]), np.float32)
    _, nearest = cv2.distanceTransformWithLabels(
        covered, cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    # Each free pixel has a label of its own.
    position = np.zeros(covered.size + 1, np.intp)
    position[np.take(nearest, beside)] = beside
    where = position[nearest[edge]]
    return np.asarray(signed.reshape(-1, signed.shape[2])[where], np.float32)


def _edge_amount(pixels: Float, behind: Float, ink_color: Float) -> Float:
    span = ink_color - behind
    squared = np.square(span).sum(axis=1)
    amount = ((pixels - behind) * span).sum(axis=1) / np.maximum(squared, 1.0)
    alike = squared < (_ALIKE * np.linalg.norm(ink_color)) ** 2
    return np.where(alike, _ALIKE_AMOUNT, np.clip(amount, 0.0, 1.0)).astype(np.float32)
