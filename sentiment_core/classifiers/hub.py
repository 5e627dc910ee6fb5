"""Any text classifier that transformers reads: from the Hub, its cache, or a folder.

Weights are read from safetensors only, and code that comes with a model is never run. storage/hub.py sets the limits.
Importing this module takes two seconds and 100 MB.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer, logging

from sentiment_core.classifiers.labels import NEGATIVE, POSITIVE, map_labels
from sentiment_core.classifiers.parts import Gradients
from sentiment_core.classifiers.protocol import Ability, Classifier, speed_of
from sentiment_core.classifiers.tokens import TextView, unknown_view
from sentiment_core.errors import ModelError
from sentiment_core.model.device import choose_device
from sentiment_core.storage.hub import model_folder, unreadable
from sentiment_core.text.tokenization import CONTINUATION, UNK

MOST_READ = 1024  # tokens per text, even where a model accepts more: time grows with the square of the length
_AT_ONCE = 16  # texts in a batch


@dataclass(frozen=True, eq=False)
class HubClassifier(Classifier):
    """A transformers model with its tokenizer."""

    model: Any  # a transformers model for sequence classification, in evaluation mode
    tokenizer: Any  # a fast tokenizer
    before: list[int]  # ids of special tokens before every text
    after: list[int]  # ids of special tokens after every text
    revision: str = ""  # commit of the model on the Hub; "" for a folder

    @property
    def tokenizer_fingerprint(self) -> str:
        """The model's name, because two Hub models seldom share a tokenizer."""
        return f"hub {self.name}"

    def tokenize(self, text: str) -> TextView:
        """Split a text into tokens, without special tokens.

        Vocabularies mark pieces of words in different ways. Here each piece is written as in the text, with ## in front
        if it continues the piece before it.
        """
        # If a user types "[PAD]", it is ordinary text.
        how = {"add_special_tokens": False, "split_special_tokens": True, "verbose": False}
        encoding = self.tokenizer(text, return_offsets_mapping=True, **how)
        numbers, unknown_id = encoding["input_ids"], self.tokenizer.unk_token_id
        limit = self.max_length or MOST_READ
        if not numbers:
            return unknown_view(text, limit, self._nothing())
        ids = np.array(numbers, dtype=np.int64)
        unknown = ids == (-1 if unknown_id is None else unknown_id)
        spans = np.array(encoding["offset_mapping"], dtype=np.int64)
        words = encoding.word_ids()
        tokens = []
        for place, (start, end) in enumerate(spans.tolist()):
            goes_on = place > 0 and words[place] is not None and words[place] == words[place - 1]
            token = (
                UNK
                if unknown[place]
                else text[start:end].strip() or self.tokenizer.convert_ids_to_tokens(numbers[place])
            )
            tokens.append(CONTINUATION + token if goes_on and not unknown[place] else token)
        return TextView(text, tokens, spans, ids, unknown, limit)

    def _nothing(self) -> int:
        """The id used for a text in which the tokenizer finds no token."""
        ids = self.tokenizer.unk_token_id, self.tokenizer.pad_token_id, self.tokenizer.eos_token_id
        return next((number for number in ids if number is not None), 0)

    def logits(self, views: Sequence[TextView]) -> np.ndarray:
        """Logit of each label for each view [views, labels] float32."""
        padding = self.tokenizer.pad_token_id
        at_once = 1 if padding is None else _AT_ONCE
        parts = []
        with torch.inference_mode():
            for start in range(0, len(views), at_once):
                rows = [self._row(view) for view in views[start : start + at_once]]
                longest = max(map(len, rows))
                ids = torch.tensor([row + [padding or 0] * (longest - len(row)) for row in rows])
                mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
                parts.append(self._run(input_ids=ids, attention_mask=mask).logits.float().cpu())
        found = torch.cat(parts)
        if not found.isfinite().all():
            raise ModelError(
                "{name} answers this text with numbers that are not finite, so it has no verdict. Name another model.",
                name=self.name,
            )
        return found.numpy()

    @cached_property
    def tokens_a_second(self) -> float:
        """A rough number of tokens that the model reads in a second on one core."""
        embedding = {id(weight) for weight in self.model.get_input_embeddings().parameters()}
        return speed_of(weight.numel() for weight in self.model.parameters() if id(weight) not in embedding)

    def states(self, view: TextView) -> np.ndarray:
        """Hidden states of the last layer at each token that is read [read, width] float32."""
        with torch.inference_mode():
            output = self._run(input_ids=torch.tensor([self._row(view)]), output_hidden_states=True)
        return output.hidden_states[-1][0, self._own(view)].float().cpu().numpy()

    def gradients(self, view: TextView, shares: Sequence[float] = (1.0,)) -> Gradients:
        """Gradients of the log-odds of positive with respect to the embedding, with its vectors scaled by each share.

        Vectors of special tokens are not scaled, and the result leaves them out.
        """
        if not self.can(Ability.GRADIENTS):
            raise self._cannot(Ability.GRADIENTS)
        own, sides = self._own(view), self.labels.sides
        with torch.enable_grad():
            ids = torch.tensor([self._row(view)]).to(self.model.device)
            vectors = self.model.get_input_embeddings()(ids).detach()  # [1, tokens, dim]
            scale = torch.ones(len(shares), ids.shape[1], 1, device=ids.device)
            scale[:, own] = torch.tensor(shares, device=ids.device)[:, None, None]
            scaled = (scale * vectors).requires_grad_()
            logits = self._run(inputs_embeds=scaled).logits
            positive, negative = (
                logits[:, [at == side for at in sides]].logsumexp(dim=-1) for side in (POSITIVE, NEGATIVE)
            )
            log_odds = positive - negative
            (gradients,) = torch.autograd.grad(log_odds.sum(), scaled)
        found = vectors[0, own], gradients[:, own], log_odds.detach()
        return Gradients(*(part.float().cpu().numpy() for part in found))

    def vectors(self, ids: np.ndarray) -> np.ndarray:
        """Embedding of each row of the vocabulary [ids, dim] float32."""
        if not self.can(Ability.GRADIENTS):
            raise self._cannot(Ability.GRADIENTS)
        with torch.inference_mode():
            return self.model.get_input_embeddings()(torch.from_numpy(ids).to(self.model.device)).float().cpu().numpy()

    def _row(self, view: TextView) -> list[int]:
        """The ids of the tokens that are read, with the special tokens around them."""
        return [*self.before, *view.ids[: view.read].tolist(), *self.after]

    def _own(self, view: TextView) -> slice:
        """The positions of the text's own tokens in `_row`."""
        return slice(len(self.before), len(self.before) + view.read)

    def _run(self, **inputs: Any) -> Any:
        moved = {
            name: value.to(self.model.device) if isinstance(value, Tensor) else value for name, value in inputs.items()
        }
        return self.model(**moved)


def load_hub(name: str | Path, device: str = "cpu", sides: dict[str, str] | None = None) -> HubClassifier:
    """Load a text classifier from the Hub, or from a folder that `save_pretrained` wrote.

    name: as in `model_folder`.
    device: where the model computes, as in `choose_device`.
    sides: negative, neutral or positive for each label whose name is not recognised.
    Raises ModelError if the model cannot be loaded or is not a text classifier, ClassifierError if its labels do not
    describe sentiment, and DeviceError if there is no such device.
    """
    place, shown = choose_device(device), str(name)
    folder = model_folder(shown)
    try:
        with quietly():
            model, missing = _load_model(folder)
            tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)
    except Exception as error:
        raise unreadable(shown, error) from error
    if missing:
        raise ModelError(
            "{name} was not trained to classify: it has no {weight}. Name a text classifier.",
            name=shown,
            weight=missing[0],
        )
    if not tokenizer.is_fast or not tokenizer("a b", add_special_tokens=False)["input_ids"]:
        raise ModelError("{name} has no tokenizer that says where its tokens stand. Name another model.", name=shown)
    config = model.config
    if config.num_labels < 2 or config.problem_type in ("regression", "multi_label_classification"):
        raise ModelError("{name} does not choose one of several labels. Name a text classifier.", name=shown)
    labels = map_labels([config.id2label[number] for number in range(config.num_labels)], shown, sides)
    before, after = _special_tokens(tokenizer)
    abilities = {Ability.STATES} | ({Ability.GRADIENTS} if _takes_vectors(model) else set())
    limit = _positions(model, tokenizer) - len(before) - len(after)
    if limit < 1:
        raise ModelError("{name} reads no token beside its special ones. Name another model.", name=shown)
    revision = folder.name if folder.parent.name == "snapshots" else ""
    return HubClassifier(
        shown, labels, frozenset(abilities), limit, model.to(place), tokenizer, before, after, revision
    )


@contextmanager
def quietly() -> Iterator[None]:
    """Silence transformers within the block. Its errors are still raised."""
    level = logging.get_verbosity()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)


def _load_model(folder: Path) -> tuple[Any, list[str]]:
    """Load a model, and list the weights that its file lacks: transformers initialises those at random."""
    config = AutoConfig.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)
    model, report = AutoModelForSequenceClassification.from_pretrained(
        str(folder),
        config=config,
        local_files_only=True,
        use_safetensors=True,
        trust_remote_code=False,
        dtype=torch.float32,
        output_loading_info=True,
    )
    return model.eval().requires_grad_(False), sorted(report["missing_keys"])


def _special_tokens(tokenizer: Any) -> tuple[list[int], list[int]]:
    """The ids that the tokenizer puts before and after every text."""
    ids = tokenizer("a")["input_ids"]
    own = tokenizer("a", add_special_tokens=False)["input_ids"]
    first = next(place for place in range(len(ids)) if ids[place : place + len(own)] == own)
    return ids[:first], ids[first + len(own) :]


def _positions(model: Any, tokenizer: Any) -> int:
    """How many tokens the model accepts at once, special tokens included."""
    known = [MOST_READ, tokenizer.model_max_length]
    if isinstance(places := getattr(model.config, "max_position_embeddings", None), int) and places > 0:
        known.append(places)
    for name, module in model.named_modules():
        # RoBERTa and similar models start counting positions after the padding index.
        if name.endswith("position_embeddings") and isinstance(module, nn.Embedding):
            unused = 0 if module.padding_idx is None else module.padding_idx + 1
            known.append(module.num_embeddings - unused)
    return min(known)


def _takes_vectors(model: Any) -> bool:
    """Whether the model accepts embedding vectors instead of ids."""
    try:
        embedding = model.get_input_embeddings()
    except NotImplementedError:
        return False
    return isinstance(embedding, nn.Embedding) and "inputs_embeds" in inspect.signature(model.forward).parameters
