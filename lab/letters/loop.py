"""Training on strips that other processes draw meanwhile."""

# torch is not installed where the types are checked.
# mypy: disable-error-code="import-not-found"
# mypy: allow-subclassing-any

from __future__ import annotations

import collections
import copy
import itertools
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from lab.letters.cleaned import Cleaned
from lab.letters.model import Network
from lab.letters.samples import Batch, batches, checked
from lab.letters.weights import save
from lab.scenes.seeds import generator
from lab.train.loop import rate_at
from lab.train.step import half_where_fast, settle

_STEEPEST: Final = 2.0
#: The average of the weights follows them so slowly.
_SLOW: Final = 0.998
#: Batches that are kept to be shown again.
_KEPT: Final = 2000
_CHECKED: Final = 8
_LOOK_EVERY: Final = 30.0

Shown = Sequence[Tensor]


@dataclass(frozen=True)
class Settings:
    """How to train.

    Attributes
    ----------
    seconds : float
        How long.
    peak : float
        The largest learning rate.
    workers : int
        How many processes draw strips.
    share : int
        Batches have one in so many of the strips that a GPU takes at once.
    again : int
        How many steps are made for each new batch, all but one with an old one.
    settled : bool
        Whether normalizations learn nothing.
    seed : int
        Decides what is drawn.
    """

    seconds: float
    peak: float = 1.5e-3
    workers: int = 1
    share: int = 1
    again: int = 1
    settled: bool = False
    seed: int = 1


class _Strips(IterableDataset[tuple[Tensor, ...]]):
    """Batches, another sequence in each process."""

    def __init__(self, settings: Settings, inks: Sequence[Cleaned]) -> None:
        self._settings, self._inks = settings, inks

    def __iter__(self) -> Iterator[tuple[Tensor, ...]]:
        torch.set_num_threads(1)
        info = get_worker_info()
        rng = generator("letters", self._settings.seed, info.id if info else 0)
        for batch in batches(rng, share=self._settings.share, inks=self._inks):
            yield tuple(torch.from_numpy(part) for part in batch)


def train(network: Network, settings: Settings, out: Path, inks: Sequence[Cleaned] = ()) -> Network:
    """Train a network for some time.

    Parameters
    ----------
    network : Network
        Where to begin; it is changed.
    settings : Settings
        How.
    out : Path
        Where the weights go, now and then and at the end.
    inks : sequence of Cleaned, optional
        What foretext left of pictures.

    Returns
    -------
    Network
        The moving average of its weights.
    """
    # The processes begin before anything has threads, or touches a GPU.
    loader = DataLoader(
        _Strips(settings, inks),
        batch_size=None,
        num_workers=settings.workers,
        prefetch_factor=4 if settings.workers else None,
    )
    following = iter(loader)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.backends.cudnn.benchmark = True
    network = network.to(device)
    average = copy.deepcopy(network)
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=settings.peak, weight_decay=0.02, betas=(0.9, 0.98)
    )
    seen, losses = 0, collections.deque[Tensor](maxlen=200)
    kept = collections.deque[Shown](maxlen=_KEPT if settings.again > 1 else 0)
    dev, begun = checked(_CHECKED), time.monotonic()
    looked = begun
    step = 0
    while True:
        now = time.monotonic()
        over = (now - begun) / settings.seconds
        if now - looked > _LOOK_EVERY or over >= 1:
            looked = now
            save(average, out)
            loss = torch.stack([*losses]).mean().item() if losses else float("nan")
            print(
                f"{(now - begun) / 60:.1f} min, step {step}, {seen:,} strips, loss {loss:.4f}, "
                f"right {accuracy(average, dev):.4f}",
                flush=True,
            )
        if over >= 1:
            average.cpu().eval()
            return average
        if step % settings.again == 0:
            batch: Shown = [part.to(device, non_blocking=True) for part in next(following)]
            kept.append(batch)
        else:
            batch = kept[random.randrange(len(kept))]
        for group in optimizer.param_groups:
            group["lr"] = rate_at(over, settings.peak)
        losses.append(_step(network, optimizer, batch, settled=settings.settled))
        seen += len(batch[0])
        _follow(average, network, min(_SLOW, (step + 1) / (step + 20)))
        step += 1


def _step(network: Network, optimizer: Any, batch: Shown, *, settled: bool) -> Tensor:
    network.train()
    if settled:
        settle(network)
    loss = loss_of(network, batch)
    optimizer.zero_grad(set_to_none=True)
    torch.autograd.backward(loss)
    torch.nn.utils.clip_grad_norm_(network.parameters(), _STEEPEST)
    optimizer.step()
    return loss.detach()


def loss_of(network: Network, batch: Shown) -> Tensor:
    """Return the mean of what connectionist temporal classification costs a character [1]_.

    References
    ----------
    .. [1] A. Graves et al., "Connectionist temporal classification", ICML 2006,
       doi:10.1145/1143844.1143891
    """
    strips, texts, lengths = batch
    with half_where_fast(strips.device):
        logits = network(strips[:, None].float() / 255)
    said = torch.log_softmax(logits.float(), dim=2).transpose(0, 1)
    columns = torch.full_like(lengths, len(said))
    each = nn.functional.ctc_loss(
        said, texts, columns, lengths, reduction="none", zero_infinity=True
    )
    return (each / lengths).mean()


def _follow(average: nn.Module, network: nn.Module, keep: float) -> None:
    pairs = zip(average.state_dict().values(), network.state_dict().values(), strict=True)
    for mine, its in pairs:
        if mine.dtype.is_floating_point:
            mine.lerp_(its.detach(), 1 - keep)
        else:
            mine.copy_(its)


def accuracy(network: Network, shown: Sequence[Batch]) -> float:
    """Return how many strips are read right if the likeliest of each column is taken."""
    device = next(network.parameters()).device
    network.eval()
    right = total = 0
    for strips, texts, lengths in shown:
        with torch.inference_mode():
            logits = network(torch.from_numpy(strips).to(device)[:, None].float() / 255)
        best = logits.argmax(2).cpu().numpy()
        for columns, text, length in zip(best, texts, lengths, strict=True):
            said = [int(number) for number, _ in itertools.groupby(columns) if number]
            right += said == text[:length].tolist()
            total += 1
    return right / total
