"""How much the last state still depends on each token of a sentence, for untrained cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from sentiment_core.analysis.mechanics.running import run
from sentiment_core.classifiers.tokens import view_text
from sentiment_core.text.hangul import KOREAN

CELLS = ("RNN", "GRU", "LSTM")
MOST = 60  # tokens
SENTENCES = {
    "en": "The dog that barked loudly and chased the squirrels through the garden and down the road was very tired",
    KOREAN: "큰 소리로 짖으며 다람쥐를 쫓아 마당을 지나 길 아래까지 달려간 그 강아지는 저녁이 되자 아주 피곤해 보였다",
}


@dataclass(frozen=True)
class FarApart:
    """The length of the gradient of the last state with respect to each token's vector."""

    code: str  # the lines that ran
    tokens: list[str]  # [time]
    gradients: dict[str, np.ndarray]  # cell -> [time] float32, divided by the last token's
    cut: int  # tokens past MOST that were left out


def sentence_in(language: str) -> str:
    """A sentence whose first and last words belong together, in a language as a corpus card names it."""
    return SENTENCES.get(language, SENTENCES["en"])


def measure_dependence(text: str, tokenizer: Tokenizer) -> FarApart:
    """Read a text with an untrained network of each of CELLS.

    Raises TextError if the text is blank, longer than a million characters or not valid Unicode.
    """
    view = view_text(text, tokenizer, MOST)
    ids = torch.from_numpy(view.ids[: view.read])[None]
    code, gradients = "", {}
    for cell in CELLS:
        ran = run(trace_back, cell=cell, ids=ids, vocab_size=tokenizer.get_vocab_size())
        code = ran.code
        lengths = ran["lengths"].numpy()
        gradients[cell] = lengths / max(float(lengths[-1]), 1e-30)
    return FarApart(code, view.tokens[: view.read], gradients, view.cut)


def trace_back(cell: str, ids: Tensor, vocab_size: int) -> dict[str, Any]:
    """The gradient of the last state at every token: ids [1, time]."""
    layer = getattr(nn, cell)(32, 32, batch_first=True)  # "RNN", "GRU" or "LSTM"
    embedded = nn.Embedding(vocab_size, 32)(ids).detach().requires_grad_()  # [1, time, embedding]
    outputs, _ = layer(embedded)  # [1, time, hidden]
    (gradient,) = torch.autograd.grad(outputs[0, -1].sum(), embedded)
    lengths = gradient[0].norm(dim=-1)  # [time]
    return {"layer": layer, "embedded": embedded, "outputs": outputs, "gradient": gradient, "lengths": lengths}
