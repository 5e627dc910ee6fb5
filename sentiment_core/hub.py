"""Runs through Hugging Face transformers: after `import sentiment_core.hub`, its Auto classes and pipelines read a run.

    import sentiment_core.hub
    from transformers import pipeline
    pipeline("text-classification", "checkpoints/imdb/bilstm")("not bad at all")

transformers is no dependency of the app and is imported only here: it costs two seconds and 100 MB.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import torch
from torch import Tensor
from transformers import AutoConfig, AutoModelForSequenceClassification, PretrainedConfig, PreTrainedModel
from transformers.modeling_outputs import SequenceClassifierOutput

from sentiment_core.model.recurrent import RecurrentClassifier, RecurrentConfig
from sentiment_core.model.weights import MODEL_TYPE
from sentiment_core.text.tokenization import UNK_ID


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
        named = [field.name for field in fields(RecurrentConfig) if hasattr(config, field.name)]
        shape = {name: getattr(config, name) for name in named}  # what an older run does not name is the default
        self.network = RecurrentClassifier(RecurrentConfig(**shape))
        self.post_init()

    def _init_weights(self, module: torch.nn.Module) -> None:
        """Weights start as PyTorch starts them; nothing more to do."""

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor | None = None, labels: Tensor | None = None, **_: Any
    ) -> SequenceClassifierOutput:
        """Logits [batch, 2] from input_ids [batch, time] int64, right-padded; labels [batch] int64 add a loss.

        A row without a token is read as one [UNK], as everywhere here.
        """
        mask = torch.ones_like(input_ids) if attention_mask is None else attention_mask
        cut = self.config.max_position_embeddings
        ids, lengths = input_ids[:, :cut].long(), mask[:, :cut].sum(dim=1).long()  # an empty list becomes floats
        if not ids.shape[1]:
            ids = ids.new_zeros(len(ids), 1)
        logit = self.network(ids.masked_fill(lengths[:, None] == 0, UNK_ID), lengths.clamp(min=1))
        logits = torch.stack([torch.zeros_like(logit), logit], dim=-1)
        loss = None if labels is None else torch.nn.functional.cross_entropy(logits, labels)
        return SequenceClassifierOutput(loss=loss, logits=logits)


AutoConfig.register(MODEL_TYPE, RecurrentHubConfig)
AutoModelForSequenceClassification.register(RecurrentHubConfig, RecurrentForSequenceClassification)
