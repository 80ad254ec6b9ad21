"""The training itself: steps, now and then a look at the dev split, checkpoints."""

# torch is not installed where the types are checked.
# mypy: disable-error-code="import-not-found"
# mypy: allow-subclassing-any

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import torch
from torch.utils.data import DataLoader, Dataset

from lab.train import state as states
from lab.train.crops import BATCH, Pool, batch
from lab.train.journal import Journal
from lab.train.model import Network
from lab.train.patch import Float
from lab.train.replay import Batch, Source
from lab.train.state import State
from lab.train.step import Steps

_WARM_UP: Final = 0.04
_FINAL: Final = 0.01
#: The producer may have put new scenes into the pool.
_REFRESH: Final = 200


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train.

    Attributes
    ----------
    seconds : float
        How long this run may take; the learning rate falls along with it.
    peak : float
        The largest learning rate.
    size : int
        Crops a step.
    seed : int
        Decides which crops.
    workers : int
        Processes that make crops; none: this one makes them.
    look_every, save_every : float
        Seconds between looks at the dev split, and between checkpoints.
    steps : int
        How many steps this run makes, however long they take: then ``seconds`` counts for
        nothing, and the learning rate follows the steps. On one thread, the same pool then
        gives the same network. 0: as many as there is time for.
    settled : float
        The part of the run after which normalizations learn no more, and are what they will be in
        the shipped file. A stream shows small pictures and pages apart from then on.
    """

    seconds: float = 3600.0
    peak: float = 2e-3
    size: int = BATCH
    seed: int = 0
    workers: int = 1
    look_every: float = 240.0
    save_every: float = 90.0
    steps: int = 0
    settled: float = 1.0


class Batches(Dataset[Batch]):
    """The batch of each step."""

    def __init__(self, scenes: Pool, size: int, seed: int) -> None:
        self.scenes, self.size, self.seed = scenes, size, seed

    def __len__(self) -> int:
        """More steps than any run makes."""
        return 10**9

    def __getitem__(self, step: int) -> Batch:
        """Make a batch."""
        if step % _REFRESH == 0:
            self.scenes.refresh()
        made = batch(self.scenes, step, self.size, self.seed)
        return (
            torch.from_numpy(made.shown),
            torch.from_numpy(made.truth),
            torch.from_numpy(made.weight),
        )


def rate_at(progress: float, peak: float) -> float:
    """Return the learning rate: it rises at first, then falls along a cosine.

    Parameters
    ----------
    progress : float
        The part of the run that is over, in [0, 1].
    peak : float
        The largest rate.
    """
    if progress < _WARM_UP:
        return peak * max(progress / _WARM_UP, 0.02)
    fallen = min(1.0, (progress - _WARM_UP) / (1 - _WARM_UP))
    return peak * (_FINAL + (1 - _FINAL) * 0.5 * (1 + math.cos(math.pi * fallen)))


def train(
    state: State,
    scenes: Pool | Source,
    settings: Settings,
    *,
    folder: Path | None = None,
    look: Callable[[State, Journal], None] | None = None,
) -> Journal:
    """Train a network for some time, or some steps.

    Parameters
    ----------
    state : State
        What to train; it is changed.
    scenes : Pool or Source
        What to train on.
    settings : Settings
        How.
    folder : Path, optional
        Where checkpoints go; none: nowhere.
    look : callable, optional
        Called now and then, and at the end, with the state and the losses so far.

    Returns
    -------
    Journal
        Steps, losses and rates of this run.
    """
    journal = Journal()
    begun = looked = saved = time.monotonic()
    before = state.seconds
    following = _following(state, scenes, settings)
    step = Steps(state)
    for made in itertools.count():
        now = time.monotonic()
        state.seconds = before + now - begun
        over = made / settings.steps if settings.steps else (now - begun) / settings.seconds
        if over >= 1:
            break
        settled = over >= settings.settled
        batch = following(settled)
        rate = rate_at(over, settings.peak)
        journal.note(step(batch, rate, settled=settled), rate, len(batch[0]))
        if folder and now - saved > settings.save_every:
            states.save(state, folder)
            saved = time.monotonic()
        if look and now - looked > settings.look_every:
            look(state, journal)
            looked = time.monotonic()
    state.seconds = before + time.monotonic() - begun
    if folder:
        states.save(state, folder)
    if look:
        look(state, journal)
    return journal


def _following(state: State, scenes: Pool | Source, settings: Settings) -> Callable[[bool], Batch]:
    """Return what gives the batch of each step, told whether the network is settled."""
    if not isinstance(scenes, Pool):
        return lambda settled: scenes.batch(apart=settled)
    made = _batches(state, scenes, settings)
    return lambda _: next(made)


def _batches(state: State, scenes: Pool, settings: Settings) -> Iterator[Batch]:
    cv2.setNumThreads(1)
    data = Batches(scenes, settings.size, settings.seed)
    end = state.step + settings.steps if settings.steps else len(data)
    order = range(state.step, end)
    workers = settings.workers
    ahead = 6 if workers else None
    yield from DataLoader(
        data, batch_size=None, sampler=order, num_workers=workers, prefetch_factor=ahead
    )


def predictor(network: Network) -> Callable[[Float], Float]:
    """Return a function from (N, 3, H, W) input to (N, 1, H, W) coverage, on arrays."""
    device = next(network.parameters()).device
    network.eval()

    def predict(shown: Float) -> Float:
        with torch.inference_mode():
            inputs = torch.from_numpy(shown).to(device, memory_format=torch.channels_last)
            answer: Float = torch.sigmoid(network(inputs)).cpu().numpy()
        return answer

    return predict
