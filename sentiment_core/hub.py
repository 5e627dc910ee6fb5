"""Runs through Hugging Face transformers: after `import sentiment_core.hub`, its Auto classes and pipelines read a run.

    import sentiment_core.hub
    from transformers import pipeline
    pipeline("text-classification", "checkpoints/imdb/bilstm")("not bad at all")

What `save_pretrained` of such a model and its tokenizer writes into one folder, `sentiment_core.load` reads.
And the other way round: `load_embedding("google-bert/bert-base-uncased")` brings another model's words here.

transformers is imported only here, because it costs two seconds and 100 MB.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import torch
from huggingface_hub import HfApi, snapshot_download
from huggingface_hub.errors import DisabledRepoError, HFValidationError, RepositoryNotFoundError
from torch import Tensor
from transformers import (
    AutoConfig,
    AutoModel,
    AutoModelForSequenceClassification,
    AutoTokenizer,
    PretrainedConfig,
    PreTrainedModel,
    logging,
)
from transformers.modeling_outputs import SequenceClassifierOutput

from sentiment_core.analysis.drift.snapshot import spell_tokens
from sentiment_core.errors import EmbeddingError, TextError
from sentiment_core.model.config import read_network
from sentiment_core.model.recurrent import RecurrentClassifier
from sentiment_core.model.weights import FORMAT, MODEL_TYPE
from sentiment_core.text.tokenization import PAD_ID, UNK_ID

MOST_TOKENS = 300_000
MOST_BYTES = 10**9  # of a model's weights, which are read whole
_WEIGHTS = "model*.safetensors"
_FILES = [_WEIGHTS, "*.json", "*.txt", "*.model"]  # weights, configuration, and what tokenizers are made of
_BELOW = "*/*"  # the same model in other formats lies in folders of the repository


class RecurrentHubConfig(PretrainedConfig):
    """config.json of a run folder."""

    model_type = MODEL_TYPE


class RecurrentForSequenceClassification(PreTrainedModel):
    """The network behind transformers' interface: two logits, 0 for negative and the log-odds for positive.

    Their softmax is the probability that `Classifier.predict` gives.
    """

    config_class = RecurrentHubConfig
    base_model_prefix = "network"  # the file's weight names lack it, and transformers adds it

    def __init__(self, config: RecurrentHubConfig) -> None:
        super().__init__(config)
        content = FORMAT.upgrade(config.to_dict(), Path(config.name_or_path or "") / "config.json")
        self.network = RecurrentClassifier(read_network(content), content["vocab_size"])
        self.post_init()

    def _init_weights(self, module: torch.nn.Module) -> None:
        """Weights start as PyTorch starts them; nothing more to do."""

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor | None = None, labels: Tensor | None = None, **_: Any
    ) -> SequenceClassifierOutput:
        """Logits [batch, 2] from input_ids [batch, time] int64; labels [batch] int64 add a loss.

        [PAD] is never read. attention_mask [batch, time] can leave out more; without it, all other ids are read.
        Rows may be padded on either side. A row without a token is read as one [UNK], as everywhere here.
        Raises TextError where padding stands between tokens, or where the mask is of another shape.
        """
        ids, lengths = align_tokens(input_ids.long(), attention_mask)  # the tokenizer makes an empty list floats
        cut = self.config.max_position_embeddings
        ids, lengths = ids[:, :cut].masked_fill(lengths[:, None] == 0, UNK_ID), lengths.clamp(min=1, max=cut)
        logit = self.network(ids, lengths)
        logits = torch.stack([torch.zeros_like(logit), logit], dim=-1)
        loss = None if labels is None else torch.nn.functional.cross_entropy(logits, labels)
        return SequenceClassifierOutput(loss=loss, logits=logits)


def align_tokens(ids: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """Rows of ids [batch, time] int64 right-padded with [PAD], and how many tokens each has [batch] int64.

    mask [batch, time]: zero where an id is no token, beside those that are [PAD]. The result has at least one column.
    Raises TextError where the mask has another shape, or where a row has padding between its tokens.
    """
    if mask is not None and mask.shape != ids.shape:
        raise TextError(
            f"attention_mask has the shape {list(mask.shape)} and input_ids {list(ids.shape)}. Give both the same."
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
    """Tokens [tokens] str and the input word embedding [tokens, dim] float32 of a model that transformers reads.

    name: a Hub id, or a folder. The Hub's copy in the local cache serves where the Hub cannot be reached. Only
    safetensors are read, and no code that comes with a model is run.
    Tokens are spelt as `spell_tokens` has it; rows that no token has, as some models keep for later, are left out.
    Raises EmbeddingError where there is no such model, it cannot be reached, it has no safetensors or no embedding of
    words, its weights fill more than 1 GB, it has more than 300,000 tokens, or its files do not read.
    """
    path = os.path.expanduser(name)  # os.path, which takes any text for a name that is not there
    if name.startswith((".", "/", "~")) or os.path.isdir(path):
        folder = Path(path)
        if not os.path.isdir(path):
            raise EmbeddingError(f"No folder {name}. Check the path, or give a Hub id like owner/name.")
    else:
        folder = _fetch(name)
    _check_weights(name, [file.stat().st_size for file in folder.glob(_WEIGHTS)])
    try:
        matrix = _word_embedding(folder)
        tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)
        vocabulary = tokenizer.get_vocab()
        special = {*tokenizer.all_special_tokens, *tokenizer.get_added_vocab()}
    except Exception as error:  # whatever a file of somebody else's makes transformers raise
        reason = " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
        raise EmbeddingError(f"transformers cannot read {name}: {reason}. Name another model.") from error
    if matrix is None:
        raise EmbeddingError(f"{name} has no embedding of words. Name a model that reads text.")
    if not set(vocabulary) - special:  # what transformers makes of a tokenizer without its files
        raise EmbeddingError(f"{name} has no vocabulary. Name a model that comes with its tokenizer.")
    ids = {index: token for token, index in vocabulary.items() if index < len(matrix)}
    if len(ids) > MOST_TOKENS:
        raise EmbeddingError(f"{name} has {len(ids):,} tokens, more than {MOST_TOKENS:,}. Name a smaller model.")
    rows = sorted(ids)
    tokens = spell_tokens([ids[row] for row in rows], special)
    return np.array(tokens, dtype=object), matrix[rows]


def _word_embedding(folder: Path) -> np.ndarray | None:
    """The input embedding [rows, dim] float32 of the model in a folder; None where its input is something else."""
    level = logging.get_verbosity()
    logging.set_verbosity_error()  # it lists the weights of heads that nobody asked for
    logging.disable_progress_bar()
    try:
        model = AutoModel.from_pretrained(
            str(folder), local_files_only=True, use_safetensors=True, trust_remote_code=False, dtype=torch.float32
        )
    finally:
        logging.set_verbosity(level)
    try:
        module = model.get_input_embeddings()
    except NotImplementedError:
        return None
    return module.weight.detach().numpy() if isinstance(module, torch.nn.Embedding) else None


def _fetch(name: str) -> Path:
    """The folder in the local cache of the Hub's model `name`, downloaded where the Hub can be reached.

    A short question comes first: where the Hub does not answer, a download would try again for long, and where it does,
    the answer says how large the files are.
    """
    try:
        info = HfApi().model_info(name, timeout=5, files_metadata=True)
    except HFValidationError as error:
        raise EmbeddingError(f"{name!r} is no Hub id. Give one like owner/name.") from error
    except (RepositoryNotFoundError, DisabledRepoError) as error:
        raise EmbeddingError(f"The Hub has no open model {name}. Check its name.") from error
    except Exception:
        info = None
    if info is not None:
        files = {file.rfilename: file.size or 0 for file in info.siblings or []}
        _check_weights(name, [size for file, size in files.items() if Path(file).match(_WEIGHTS) and "/" not in file])
    try:
        path = snapshot_download(name, allow_patterns=_FILES, ignore_patterns=_BELOW, local_files_only=info is None)
        if info is None and not list(Path(path).glob(_WEIGHTS)):
            raise FileNotFoundError(f"{path} holds no weights")  # somebody cached the rest of it
    except Exception as error:
        raise EmbeddingError(
            f"{name} is not on this machine and the Hub cannot be reached. Connect once so that it is cached."
        ) from error
    return Path(path)


def _check_weights(name: str, sizes: list[int]) -> None:
    """Raise EmbeddingError unless safetensors files of these sizes in bytes can be read."""
    if not sizes:
        raise EmbeddingError(f"{name} has no weights as safetensors, and other formats can hold code. Name another.")
    if sum(sizes) > MOST_BYTES:
        raise EmbeddingError(
            f"The weights of {name} fill {sum(sizes) / 1e9:.1f} GB, more than {MOST_BYTES / 1e9:g}. Name a smaller one."
        )
