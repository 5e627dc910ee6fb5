"""One word in two sentences: one embedding, two hidden states, before training and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from sentiment_core.analysis.drift.movement import unit_vectors
from sentiment_core.analysis.mechanics.boxes import Box, box
from sentiment_core.analysis.mechanics.running import run, seeded
from sentiment_core.analysis.vocabulary import named_unasked
from sentiment_core.classifiers.tokens import view_text
from sentiment_core.errors import RunError, WordError
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.weights import load_model
from sentiment_core.runs.reading import Run
from sentiment_core.text.corpus import TokenTable
from sentiment_core.text.hangul import KOREAN
from sentiment_core.text.tokenization import load_tokenizer
from sentiment_core.training.pipeline import build_model

NEIGHBOURS = 5
MOST = 200  # tokens of a sentence


@dataclass(frozen=True)
class SensePair:
    """A word and two sentences in which it means something else."""

    word: str
    first: str
    second: str


_PAIRS = {
    "en": SensePair(
        "bank", "He sat near the bank and watched the ducks swim", "She opened a saving bank account yesterday"
    ),
    KOREAN: SensePair("눈", "창밖에 하얀 눈 이 펑펑 내린다", "화면이 어두워서 눈 이 아프다"),
}
_TOY = SensePair("good", "the acting was good", "the plot was not good")


def sense_pair(language: str, toy: bool) -> SensePair:
    """The pair to begin with, for a corpus in a language; `toy`, whose words are few, has its own."""
    return _TOY if toy else _PAIRS.get(language, _PAIRS["en"])


@dataclass(frozen=True, eq=False)
class BeforeAfter:
    """A run's network before training and after."""

    before: RecurrentClassifier
    after: RecurrentClassifier


@dataclass(frozen=True)
class Senses:
    """The vectors of one word. The first axis is before and after training."""

    code: str  # the lines that ran
    tokens: tuple[list[str], list[str]]  # of both sentences
    places: tuple[int, int]  # of the word in them
    embedding: np.ndarray  # [2, dim] float32
    states: np.ndarray  # [2, 2, width] float32: before and after, first and second sentence
    distances: np.ndarray  # [2] float64, between the two states
    cosines: np.ndarray  # [2] float64, of the two states
    moved: float  # distance between the embedding before and after
    usual_move: float  # the median of all words' distances
    neighbours: tuple[list[str], list[str]]  # the nearest words of the embedding, before and after


def has_start(run_: Run) -> bool:
    """Whether the weights before training follow from a run's recipe. Pretraining changes them."""
    return not run_.recipe.pretraining_epochs


def load_pair(run_: Run) -> BeforeAfter:
    """A run's network with its initial weights, which follow from its seed, and with its final ones.

    Raises RunError if it was pretrained, because its weights before training are then not known.
    """
    if not has_start(run_):
        raise RunError("{name} was pretrained, so its start is not kept. Choose another run.", name=run_.name)
    after = load_model(run_.path)
    with seeded(run_.recipe.seed):
        before = build_model(run_.recipe, after.vocab_size)
    if after.ngrams is not None:
        before.ngrams = after.ngrams  # counted, not trained
    return BeforeAfter(before.eval().requires_grad_(False), after)


def compare_senses(pair: BeforeAfter, run_: Run, table: TokenTable, asked: SensePair) -> Senses:
    """The word's embedding and states in both sentences. `table` holds the network's tokens.

    Raises WordError if the word is not one token, or does not occur in both sentences; TextError for a blank sentence.
    """
    tokenizer = load_tokenizer(run_.path / "tokenizer.json")
    word = asked.word.strip().lower()
    if not word:
        raise WordError("Type the word whose two states are to be compared.")
    index = tokenizer.token_to_id(word)
    if index is None:
        raise WordError("{word!r} is not one token of this network's vocabulary. Choose another word.", word=word[:40])
    views = [view_text(text, tokenizer, MOST) for text in (asked.first, asked.second)]
    places = []
    for number, view in enumerate(views, start=1):
        tokens = view.tokens[: view.read]
        if word not in tokens:
            raise WordError(
                "Sentence {number} does not contain {word!r} as a token. Type it there, with a space on both sides.",
                number=number,
                word=word[:40],
            )
        places.append(tokens.index(word))
    given: dict[str, Any] = {
        "first": torch.from_numpy(views[0].ids[: views[0].read])[None],
        "second": torch.from_numpy(views[1].ids[: views[1].read])[None],
        "place_1": places[0],
        "place_2": places[1],
    }
    with torch.inference_mode():
        ran = [run(read_two, network=network, **given) for network in (pair.before, pair.after)]
    tables = [network.embedding.weight.detach().numpy() for network in (pair.before, pair.after)]
    moves = np.linalg.norm(tables[1] - tables[0], axis=1)
    return Senses(
        ran[0].code,
        (views[0].tokens[: views[0].read], views[1].tokens[: views[1].read]),
        (places[0], places[1]),
        np.stack([embedding[index] for embedding in tables]),
        np.stack([np.stack([values["state_1"].numpy(), values["state_2"].numpy()]) for values in ran]),
        np.array([float(values["distance"]) for values in ran]),
        np.array([float(values["cosine"]) for values in ran]),
        float(moves[index]),
        float(np.median(moves[2:])),
        (_nearest(tables[0], index, table), _nearest(tables[1], index, table)),
    )


def sense_boxes(found: Senses, whens: tuple[str, str]) -> tuple[Box, ...]:
    """The sentences with the word outlined, its embedding and its two states, before and after training.

    whens: names of both moments.
    """
    sentences = [
        box(
            name,
            ["time"],
            np.array(tokens, dtype=object),
            marked=np.arange(len(tokens)) == place,
            dtype="int64",
        )
        for name, tokens, place in zip(("first", "second"), found.tokens, found.places, strict=True)
    ]
    dim, width = found.embedding.shape[1], found.states.shape[2]
    return (
        *sentences,
        box(
            "embedding.weight[word]",
            ["embedding"],
            found.embedding[:, None],
            shape=(dim,),
            row_names=whens,
            column_names=[""],
        ),
        box(
            "state_1, state_2",
            ["hidden"],
            found.states,
            shape=(width,),
            row_names=whens,
            column_names=["1", "2"],
        ),
    )


def read_two(network: RecurrentClassifier, first: Tensor, second: Tensor, place_1: int, place_2: int) -> dict[str, Any]:
    """The states of one word in two sentences: ids [1, time] and the word's place in each."""
    same_row = torch.equal(network.embedding(first)[0, place_1], network.embedding(second)[0, place_2])
    state_1 = network.hidden(first, torch.tensor([first.shape[1]]))[0, place_1]  # [hidden]
    state_2 = network.hidden(second, torch.tensor([second.shape[1]]))[0, place_2]  # [hidden]
    distance = torch.dist(state_1, state_2)
    cosine = torch.cosine_similarity(state_1, state_2, dim=0)
    return {"same_row": same_row, "state_1": state_1, "state_2": state_2, "distance": distance, "cosine": cosine}


def _nearest(embedding: np.ndarray, index: int, table: TokenTable) -> list[str]:
    """The words nearest to a token by cosine, without itself."""
    units = unit_vectors(embedding)
    cosines = units @ units[index]
    cosines[~named_unasked(table)] = -2
    cosines[index] = -2
    return [str(table.tokens[place]) for place in np.argsort(-cosines, kind="stable")[:NEIGHBOURS]]
