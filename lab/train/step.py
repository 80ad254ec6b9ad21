"""One step of training; where there is a GPU, recorded once and then replayed.

A network this small keeps a GPU waiting: launching its few hundred kernels one by one takes longer
than they do. A recorded step is launched as a whole.
"""

# torch is not installed where the types are checked.
# mypy: disable-error-code="import-not-found"

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import torch
from torch import Tensor, nn

from lab.train.loss import loss_of
from lab.train.replay import Batch
from lab.train.state import State

#: Steps made before one is recorded: libraries choose their kernels in the first ones.
_PLAIN: Final = 3
_STEEPEST: Final = 5.0

Kind = tuple[torch.Size, bool]


class Steps:
    """Makes the steps of a run.

    Parameters
    ----------
    state : State
        What to train; it is changed.
    recorded : bool, optional
        Whether to record steps; by default on a GPU.
    """

    def __init__(self, state: State, *, recorded: bool | None = None) -> None:
        self._state = state
        self._recorded = state.device.type == "cuda" if recorded is None else recorded
        self._rate = torch.zeros((), device=state.device)
        self._plain: dict[Kind, int] = {}
        self._replays: dict[Kind, Callable[[Batch], Tensor]] = {}
        if self._recorded:
            # What is recorded reads the rate from where it was.
            self._set_rate(self._rate)

    def __call__(self, batch: Batch, rate: float, *, settled: bool) -> Tensor:
        """Make a step.

        Parameters
        ----------
        batch : tuple of Tensor
            What is shown, (N, 3, H, W); true coverage and weight, (N, 1, H, W).
        rate : float
            The learning rate.
        settled : bool
            Whether the normalizations learn no more.

        Returns
        -------
        Tensor
            The loss, which a GPU may still work out.
        """
        state = self._state
        loss = self._of_kind(batch, settled=settled, rate=rate)
        state.step += 1
        state.crops += len(batch[0])
        state.follow()
        return loss

    def _of_kind(self, batch: Batch, *, settled: bool, rate: float) -> Tensor:
        if not self._recorded:
            self._set_rate(rate)
            return _step(self._state, batch, settled=settled)
        self._rate.fill_(rate)
        kind = batch[0].shape, settled
        made = self._plain[kind] = self._plain.get(kind, 0) + 1
        if made <= _PLAIN:
            return _aside(self._state, batch, settled=settled)
        if kind not in self._replays:
            self._replays[kind] = _recorded(self._state, batch, settled=settled)
        return self._replays[kind](batch)

    def _set_rate(self, rate: float | Tensor) -> None:
        for group in self._state.optimizer.param_groups:
            group["lr"] = rate


def _step(state: State, batch: Batch, *, settled: bool) -> Tensor:
    shown, truth, weight = batch
    network = state.network.train()
    if settled:
        settle(network)
    inputs = shown.to(state.device, memory_format=torch.channels_last)
    with half_where_fast(state.device):
        logit = network(inputs)
    loss = loss_of(logit.float(), truth.to(state.device), weight.to(state.device))
    state.optimizer.zero_grad(set_to_none=True)
    torch.autograd.backward(loss)
    torch.nn.utils.clip_grad_norm_(network.parameters(), _STEEPEST)
    state.optimizer.step()
    return loss.detach()


def _aside(state: State, batch: Batch, *, settled: bool) -> Tensor:
    """Make a step in a queue of its own, as what is to be recorded must run at first."""
    usual = torch.cuda.current_stream()
    queue = torch.cuda.Stream()  # type: ignore[no-untyped-call,unused-ignore]
    queue.wait_stream(usual)
    with torch.cuda.stream(queue):
        loss = _step(state, batch, settled=settled)
    usual.wait_stream(queue)
    return loss


def _recorded(state: State, batch: Batch, *, settled: bool) -> Callable[[Batch], Tensor]:
    """Record a step; what is returned makes it with another batch of this kind."""
    place: Batch = (batch[0].clone(), batch[1].clone(), batch[2].clone())
    graph = torch.cuda.CUDAGraph()
    state.optimizer.zero_grad(set_to_none=True)
    # Another thread goes on to fill the memory of the scenes.
    with torch.cuda.graph(graph, capture_error_mode="thread_local"):
        loss = _step(state, place, settled=settled)

    def replay(batch: Batch) -> Tensor:
        for kept, new in zip(place, batch, strict=True):
            kept.copy_(new)
        graph.replay()
        return loss.clone()

    return replay


def settle(network: nn.Module) -> None:
    """Let the normalizations of a network learn nothing in the step to come."""
    for part in network.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.eval()


def half_where_fast(device: torch.device) -> torch.autocast:
    """Return a context in which the network works in bfloat16 where that is faster."""
    fast = device.type != "cpu" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
    # Each weight is used once a step, and what is recorded must not lean on what was kept before.
    return torch.autocast(device.type, torch.bfloat16, enabled=fast, cache_enabled=False)
