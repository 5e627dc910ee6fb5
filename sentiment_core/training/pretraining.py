"""Pretrains the classifier as a language model: each direction learns to predict the next token, without labels.

Dai and Le (2015, arXiv:1511.01432) initialize the classifier's embedding and recurrent weights from such a model. Here
the two directions are two models that share one embedding, which is also their output layer (Press and Wolf 2017,
arXiv:1608.05859). The softmax is sampled: the true token competes with a thousand tokens drawn by frequency instead of
the whole vocabulary, and each logit is reduced by the log of its token's expected draws (Jean et al. 2015,
arXiv:1412.2007).

The result is kept in the cache. Pretraining takes an hour, so until then its state is kept there too.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from sentiment_core.errors import DataError, RunError
from sentiment_core.messages import lazy
from sentiment_core.model.config import Recipe
from sentiment_core.model.precision import run_cell
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.settings import about, setting_fields
from sentiment_core.runs.state import SavedState, StateFile, TrainingState, load_state
from sentiment_core.storage.files import atomic_path
from sentiment_core.storage.formats import known_entries
from sentiment_core.storage.locks import hold
from sentiment_core.text.encoding import EncodedReviews
from sentiment_core.training.feeding import send_ids, widen_ids
from sentiment_core.training.loop import STRETCH, Progress
from sentiment_core.training.optimizer import build_optimizer

WINDOW = 128  # tokens predicted in sequence; states start at zero in each window
BATCH = 64  # windows in a step
SAMPLES = 1024  # sampled tokens, the same for a whole step
LEARNING_RATE = 2e-3  # Adam's after WARM_UP steps; decreases linearly to zero
WARM_UP = 200
CLIP = 1.0
STATE_DROPOUT, TOKEN_DROPOUT = 0.2, 0.1

_PRETRAINED = ("embedding.", "recurrent.0.")  # prefixes of the pretrained weights


class LanguageModel(nn.Module):
    """The classifier's embedding and first layer, with a projection back to the embedding for each direction."""

    share: Tensor  # [vocab], share of all tokens
    expected: Tensor  # [vocab], log of the expected draws in a step

    def __init__(self, model: RecurrentClassifier, counts: np.ndarray) -> None:
        """counts [vocab]: occurrences of each token in the texts."""
        super().__init__()
        self.classifier = model
        share = torch.from_numpy((counts + 1) / (counts + 1).sum()).float()
        self.register_buffer("share", share)
        self.register_buffer("expected", torch.log(share * SAMPLES))
        self.bias = nn.Parameter(torch.log(share))
        size, width = model.config.hidden_size, model.config.embedding_size
        self.projections = nn.ModuleList(nn.Linear(size, width) for _ in range(model.directions))
        self.token_dropout, self.dropout = nn.Dropout1d(TOKEN_DROPOUT), nn.Dropout(STATE_DROPOUT)

    def trained(self) -> dict[str, nn.Parameter]:
        """Its own weights and the classifier's weights that it uses. The classifier's other weights stay unchanged."""
        read = ("bias", "projections.", *(f"classifier.{name}" for name in _PRETRAINED))
        return {name: weight for name, weight in self.named_parameters() if name.startswith(read)}

    def forward(self, ids: Tensor, direction: int) -> Tensor:
        """Mean sampled loss of each next token of ids [batch, window + 1] int64, in the order the direction reads."""
        model, targets = self.classifier, ids[:, 1:].reshape(-1)
        cell = cast(nn.ModuleList, model.recurrent[0])[direction]
        drawn = torch.multinomial(self.share, SAMPLES, replacement=True)
        precision = model.trains_in()
        with torch.autocast(ids.device.type, torch.bfloat16, enabled=precision == "bfloat16"):
            vectors = self.token_dropout(model.embedding(ids[:, :-1]))
            states = run_cell(cell, model.widen(vectors), precision)  # n-grams of unlabelled text have no polarity
            projected = self.projections[direction](self.dropout(states)).flatten(0, 1)  # [batch * window, embedding]
            logits = F.linear(projected, model.embedding(drawn), self.bias[drawn] - self.expected[drawn])
        logits = logits.masked_fill(drawn == targets[:, None], -30.0)  # a sampled true token is not a wrong answer
        true = (projected * model.embedding(targets)).sum(-1, dtype=torch.float32)
        true = true + self.bias[targets] - self.expected[targets]
        return F.softplus(logits.float().logsumexp(1) - true).mean()


def start_pretrained(
    recipe: Recipe,
    model: RecurrentClassifier,
    texts: Sequence[EncodedReviews],
    cache: Path | None,
    stretch: int = STRETCH,
) -> Iterator[Progress]:
    """Like `pretrain`, but reads the result for the same network, seed and texts from `cache` if it is there.

    If it is stopped, the next call resumes it, with the same resulting weights.
    Raises RunError as `pretrain` does, DataError if the cache cannot be written, LockedError while another process runs
    the same pretraining, whose result will serve both.
    """
    path = None if cache is None else cache / f"pretrained-{_key(recipe, model, texts)}.safetensors"
    done = None if path is None else _read(path, model)
    if done is not None:
        yield done
    elif path is None:
        yield from pretrain(recipe, model, texts, stretch=stretch)
    else:
        with _held(path) as state:
            done = _read(path, model)  # another process may have finished it since
            if done is not None:
                yield done
            else:
                for done in pretrain(recipe, model, texts, state, stretch):
                    yield done
                with suppress(OSError, SafetensorError):  # a failed write must not lose hours of work
                    _write(path, model, cast(Progress, done))
                    state.unlink(missing_ok=True)
    torch.manual_seed(recipe.seed)  # in both cases, so that the following steps are the same


def pretrain(
    recipe: Recipe,
    model: RecurrentClassifier,
    texts: Sequence[EncodedReviews],
    state: Path | None = None,
    stretch: int = STRETCH,
) -> Iterator[Progress]:
    """Train `model`'s embedding and first layer in place as language models over all `texts`, without labels.

    state: a file to resume from if it exists, and to save the state to. stretch: steps between two yields.
    Raises RunError if the texts do not fill one step, or if the loss is not a number.
    """
    torch.manual_seed(recipe.seed)  # independent of the network's other parts
    rng = np.random.default_rng(recipe.seed)
    counts = np.zeros(model.vocab_size, np.int64)
    for part in texts:
        counts += np.bincount(part.ids, minlength=len(counts))
    language = LanguageModel(model, counts).to(model.device)
    language.train()
    trained = language.trained()
    optimizer = build_optimizer(trained.values(), LEARNING_RATE)
    columns = sum(len(part.ids) for part in texts) // BATCH // (WINDOW + 1)
    if not columns:
        raise RunError(
            "Pretraining needs at least {least} tokens. Give more texts, or train without pretraining.",
            least=BATCH * (WINDOW + 1),
        )
    steps = columns * recipe.pretraining_epochs
    tensors = {name: weight.detach() for name, weight in trained.items()}
    state_file = None if state is None else StateFile(state, optimizer, rng, language=tensors)
    stopped = None if state is None else _stopped(state)
    at = state_file.restore(stopped) if state_file and stopped else TrainingState(rng.bit_generator.state, epoch=0)
    losses: list[Tensor] = []  # of the stretch's steps, kept on the device until its end
    begun = max(at.step - 1, 0) // columns  # finished epochs; a last step belongs to its own
    for epoch in range(begun, recipe.pretraining_epochs):
        at.order = rng.bit_generator.state
        windows = send_ids(_windows(texts, columns, rng), model.device)
        started = time.perf_counter()
        for column in rng.permutation(columns)[at.step - epoch * columns :].tolist():
            optimizer.param_groups[0]["lr"] = LEARNING_RATE * min(1.0, (at.step + 1) / WARM_UP) * (1 - at.step / steps)
            losses.append(_step(language, optimizer, widen_ids(windows[:, column])))
            at.step += 1
            at.tokens += BATCH * WINDOW
            if at.step % stretch and at.step < steps:
                continue
            loss = torch.stack(losses).mean().item()  # in a stretch the only wait for the device
            losses = []
            at.seconds += time.perf_counter() - started
            if not np.isfinite(loss):
                raise RunError(
                    "The loss of pretraining is not a number at step {step} at learning rate {rate}. Train without "
                    "it, or with another seed.",
                    step=at.step,
                    rate=optimizer.param_groups[0]["lr"],
                )
            if state_file and state_file.due() and at.step < steps:  # after the last step there is nothing to resume
                _save(state_file, at)
            try:
                yield Progress(0, at.step, steps, at.seconds, at.tokens, loss, None)
            except (GeneratorExit, KeyboardInterrupt):
                if state_file and at.step < steps:
                    _save(state_file, at)
                raise
            started = time.perf_counter()


def _save(state_file: StateFile, at: TrainingState) -> None:
    with suppress(OSError, SafetensorError):  # on a full disk only the saved state is lost, not the training
        state_file.save(at)


def _step(language: LanguageModel, optimizer: torch.optim.Optimizer, ids: Tensor) -> Tensor:
    """One step of the optimizer on windows of ids [batch, window + 1] int64. Returns the mean loss before it []."""
    optimizer.zero_grad(set_to_none=True)
    losses = []  # of each direction
    for direction in range(language.classifier.directions):
        loss = language(ids.flip(1) if direction else ids, direction)
        loss.backward()
        losses.append(loss.detach())
    nn.utils.clip_grad_norm_(language.parameters(), CLIP)
    optimizer.step()
    return torch.stack(losses).mean()


def _stopped(path: Path) -> SavedState | None:
    try:
        return load_state(path)
    except RunError:  # damaged: start over, as without a state
        return None


def _windows(texts: Sequence[EncodedReviews], columns: int, rng: np.random.Generator) -> np.ndarray:
    """All texts concatenated in random order, as windows [BATCH, columns, WINDOW + 1].

    The last few tokens are dropped.
    """
    rows = [(part, row) for part in texts for row in range(len(part))]
    stream = np.concatenate(
        [
            part.ids[part.offsets[row] : part.offsets[row + 1]]
            for part, row in (rows[i] for i in rng.permutation(len(rows)))
        ]
    )
    return stream[: BATCH * columns * (WINDOW + 1)].reshape(BATCH, columns, WINDOW + 1)


def _key(recipe: Recipe, model: RecurrentClassifier, texts: Sequence[EncodedReviews]) -> str:
    """16 hex digits that depend on everything that decides the pretrained weights."""
    settings: list[Any] = [WINDOW, BATCH, SAMPLES, LEARNING_RATE, WARM_UP, CLIP, STATE_DROPOUT, TOKEN_DROPOUT]
    settings += [recipe.pretraining_epochs, recipe.seed, torch.get_num_threads()]
    shape = [entry.name for entry in setting_fields(model.config) if about(entry).shapes_pretraining]
    settings += [model.vocab_size, model.trains_in(), model.device.type]
    settings += [{name: getattr(model.config, name) for name in sorted(shape)}]
    digest = hashlib.blake2b(json.dumps(settings).encode(), digest_size=8)
    for part in texts:
        digest.update(part.ids.astype(np.int32).tobytes())  # independent of their stored type
        digest.update(part.offsets.tobytes())
    return digest.hexdigest()


def _read(path: Path, model: RecurrentClassifier) -> Progress | None:
    """Load pretrained weights into `model`; None if there are none or they cannot be read."""
    try:
        with safe_open(path, framework="pt") as file:
            done = Progress(**known_entries(Progress, json.loads(file.metadata()["progress"])))
            weights = {name: file.get_tensor(name).clone() for name in file.keys()}  # noqa: SIM118
        start = model.state_dict() | weights
        model.load_state_dict(start)
    except (OSError, SafetensorError, KeyError, TypeError, ValueError, RuntimeError):
        return None
    return done


def _write(path: Path, model: RecurrentClassifier, done: Progress) -> None:
    start = {name: weight.cpu() for name, weight in model.state_dict().items() if name.startswith(_PRETRAINED)}
    with atomic_path(path) as target:
        save_file(start, target, metadata={"progress": json.dumps(asdict(done))})


@contextmanager
def _held(path: Path) -> Iterator[Path]:
    """The state file of the pretraining whose result is `path`, locked against other processes.

    Raises LockedError if another process holds it, and DataError, before hours of work rather than after, if the cache
    cannot be written.
    """
    state = path.with_name(path.name.replace("pretrained", "pretraining"))
    held = ExitStack()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(path.parent, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        held.enter_context(hold(state.with_suffix(""), lazy("The same pretraining is running already.")))
    except OSError as error:
        raise DataError(
            "Cannot write the cache in {path}: {reason}. Set SENTIMENT_CACHE to a folder with space.",
            path=path.parent,
            reason=error.strerror,
        ) from error
    with held:
        yield state
