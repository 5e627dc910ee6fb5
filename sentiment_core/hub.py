"""Runs in Hugging Face transformers: after `import sentiment_core.hub`, Auto classes and pipelines load a run.

    import sentiment_core.hub
    from transformers import pipeline
    pipeline("text-classification", "checkpoints/imdb/bilstm")("not bad at all")

`sentiment_core.load` reads a folder that `save_pretrained` of such a model and its tokenizer wrote. In the other
direction, `load_embedding("google-bert/bert-base-uncased")` loads another model's words.

Only this module imports transformers, because the import takes two seconds and 100 MB.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from transformers import (
    AutoConfig,
    AutoModel,
    AutoModelForSequenceClassification,
    AutoTokenizer,
    PretrainedConfig,
    PreTrainedModel,
)
from transformers.modeling_outputs import SequenceClassifierOutput

from sentiment_core.analysis.drift.snapshot import spell_tokens
from sentiment_core.classifiers.hub import quietly
from sentiment_core.errors import EmbeddingError, TextError
from sentiment_core.model.config import MODEL_TYPE, read_network
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.weight_files import FORMAT
from sentiment_core.storage.hub import model_folder, unreadable
from sentiment_core.text.tokenization import PAD_ID, UNK_ID

MOST_TOKENS = 300_000


class RecurrentHubConfig(PretrainedConfig):
    """config.json of a run folder."""

    model_type = MODEL_TYPE


class RecurrentForSequenceClassification(PreTrainedModel):
    """The network behind transformers' interface: two logits, 0 for negative and the log-odds for positive.

    Their softmax is the probability that `Classifier.predict` gives.
    """

    config_class = RecurrentHubConfig
    base_model_prefix = "network"  # transformers adds it to the weight names in the file

    def __init__(self, config: RecurrentHubConfig) -> None:
        super().__init__(config)
        content = FORMAT.upgrade(config.to_dict(), Path(config.name_or_path or "") / "config.json")
        self.network = RecurrentClassifier(read_network(content), content["vocab_size"])
        self.post_init()

    def _init_weights(self, module: torch.nn.Module) -> None:
        """Nothing to do: PyTorch has initialized the weights."""

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor | None = None, labels: Tensor | None = None, **_: Any
    ) -> SequenceClassifierOutput:
        """Logits [batch, 2] from input_ids [batch, time] int64; labels [batch] int64 add a loss.

        [PAD] is never read. attention_mask [batch, time] can leave out more ids. Rows may be padded on either side. A
        row without a token is read as one [UNK], as everywhere in this package.
        Raises TextError if there is padding between tokens, or if the mask has another shape.
        """
        ids, lengths = align_tokens(input_ids.long(), attention_mask)  # the tokenizer turns an empty list into floats
        cut = self.config.max_position_embeddings
        ids, lengths = ids[:, :cut].masked_fill(lengths[:, None] == 0, UNK_ID), lengths.clamp(min=1, max=cut)
        logit = self.network(ids, lengths)
        logits = torch.stack([torch.zeros_like(logit), logit], dim=-1)
        loss = None if labels is None else torch.nn.functional.cross_entropy(logits, labels)
        return SequenceClassifierOutput(loss=loss, logits=logits)


def align_tokens(ids: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """Rows of ids [batch, time] int64 right-padded with [PAD], and the number of tokens in each [batch] int64.

    mask [batch, time]: zero for ids to leave out, besides [PAD]. The result has at least one column.
    Raises TextError if the mask has another shape, or if a row has padding between its tokens.
    """
    if mask is not None and mask.shape != ids.shape:
        raise TextError(
            "attention_mask has the shape {mask} and input_ids {ids}. Give both the same shape.",
            mask=str(list(mask.shape)),
            ids=str(list(ids.shape)),
        )
    if not ids.shape[1]:
        return ids.new_full((len(ids), 1), PAD_ID), ids.new_zeros(len(ids))
    real = ids != PAD_ID
    if mask is not None:
        real &= mask != 0
    lengths = real.sum(dim=1)
    first = real.int().argmax(dim=1)[:, None]
    position = torch.arange(ids.shape[1], device=ids.device)
    if not torch.equal(real, (position >= first) & (position < first + lengths[:, None])):
        raise TextError("A row of input_ids has padding between its tokens. Pad each row at one end only.")
    moved = ids.gather(1, (position + first).clamp(max=ids.shape[1] - 1))
    return moved.masked_fill(position >= lengths[:, None], PAD_ID), lengths


AutoConfig.register(MODEL_TYPE, RecurrentHubConfig)
AutoModelForSequenceClassification.register(RecurrentHubConfig, RecurrentForSequenceClassification)


def load_embedding(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Tokens [tokens] str and the input word embedding [tokens, dim] float32 of a model that transformers can load.

    name: a Hub id, or a folder, as in `model_folder`. Only safetensors are loaded, and no code of the model is run.
        Tokens are spelt as by `spell_tokens`. Rows without a token, which some models reserve, are left out.
    Raises ModelError if the model or its files cannot be loaded, EmbeddingError if it has no word embedding or more
    than 300,000 tokens.
    """
    folder = model_folder(name)
    try:
        matrix = _word_embedding(folder)
        tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)
        vocabulary = tokenizer.get_vocab()
        special = {*tokenizer.all_special_tokens, *tokenizer.get_added_vocab()}
    except Exception as error:  # transformers can raise anything for another author's file
        raise unreadable(name, error) from error
    if matrix is None:
        raise EmbeddingError("{name} has no word embedding. Name a model that reads text.", name=name)
    if not set(vocabulary) - special:  # transformers returns this if the tokenizer's files are missing
        raise EmbeddingError("{name} has no vocabulary. Name a model that comes with its tokenizer.", name=name)
    ids = {index: token for token, index in vocabulary.items() if index < len(matrix)}
    if len(ids) > MOST_TOKENS:
        raise EmbeddingError(
            "{name} has {size} tokens, more than {most}. Name a smaller model.",
            name=name,
            size=len(ids),
            most=MOST_TOKENS,
        )
    rows = sorted(ids)
    tokens = spell_tokens([ids[row] for row in rows], special)
    return np.array(tokens, dtype=object), matrix[rows]


def _word_embedding(folder: Path) -> np.ndarray | None:
    """The input embedding [rows, dim] float32 of the model in a folder; None if its input is something else."""
    with quietly():  # it would list the weights of unused heads
        model = AutoModel.from_pretrained(
            str(folder), local_files_only=True, use_safetensors=True, trust_remote_code=False, dtype=torch.float32
        )
    try:
        module = model.get_input_embeddings()
    except NotImplementedError:
        return None
    return module.weight.detach().numpy() if isinstance(module, torch.nn.Embedding) else None
