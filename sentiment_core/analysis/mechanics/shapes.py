"""The steps from token ids to logits. A page shows the lines of each function, and these are the lines that it runs.

Every function returns what it assigned, by name. Widths are written as numbers, as in a first program: 256 of
an embedding and 8 of a state. Recipe E of the lecture notes, which reads the time first in its two-layer network.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

from sentiment_core.model.recurrent import ReverseWithinLength, within_length_order

Values = dict[str, Any]


def look_up(ids: Tensor, vocab_size: int) -> Values:
    """Embed one sequence: ids [time] int64."""
    embedding = nn.Embedding(vocab_size, 256, padding_idx=0)
    rows = embedding(ids)  # [time, embedding]
    one_hot = functional.one_hot(ids, vocab_size).float()  # [time, vocabulary]
    product = one_hot @ embedding.weight  # [time, embedding]
    same = torch.equal(rows, product)
    return {"embedding": embedding, "rows": rows, "one_hot": one_hot, "product": product, "same": same}


def pad(sequences: list[Tensor]) -> Values:
    """Pad sequences of ids, each [length] int64, to the longest."""
    lengths = torch.tensor([len(sequence) for sequence in sequences])  # [batch]
    ids = pad_sequence(sequences, batch_first=True, padding_value=0)  # [batch, time]
    real = torch.arange(ids.shape[1]) < lengths[:, None]  # [batch, time]
    return {"lengths": lengths, "ids": ids, "real": real}


def pack(ids: Tensor, lengths: Tensor) -> Values:
    """Sort by length, pack, and go back: ids [batch, time], lengths [batch]."""
    order = lengths.argsort(descending=True, stable=True)  # [batch]
    packed = pack_padded_sequence(ids[order], lengths[order], batch_first=True)
    unpacked, unpacked_lengths = pad_packed_sequence(packed, batch_first=True)
    back = unpacked[order.argsort()]  # [batch, time]
    same = torch.equal(back, ids)
    return {
        "order": order,
        "packed": packed,
        "unpacked": unpacked,
        "unpacked_lengths": unpacked_lengths,
        "back": back,
        "same": same,
    }


def embed(ids: Tensor, vocab_size: int) -> Values:
    """Embed a batch: ids [batch, time] int64."""
    embedding = nn.Embedding(vocab_size, 256, padding_idx=0)
    embedded = embedding(ids)  # [batch, time, embedding]
    return {"embedding": embedding, "embedded": embedded}


def read_rnn(embedded: Tensor, lengths: Tensor) -> Values:
    """Read a padded batch, and the same batch packed."""
    rnn = nn.RNN(256, 8, batch_first=True)
    outputs, h_n = rnn(embedded)  # [batch, time, hidden], [1, batch, hidden]
    last = outputs[torch.arange(len(lengths)), lengths - 1]  # [batch, hidden]
    packed = pack_padded_sequence(embedded, lengths, batch_first=True, enforce_sorted=False)
    packed_outputs, packed_h_n = rnn(packed)
    return {
        "rnn": rnn,
        "outputs": outputs,
        "h_n": h_n,
        "last": last,
        "packed": packed,
        "packed_outputs": packed_outputs,
        "packed_h_n": packed_h_n,
    }


def read_lstm(embedded: Tensor, lengths: Tensor) -> Values:
    """Read a padded batch, and the same batch packed."""
    lstm = nn.LSTM(256, 8, batch_first=True)
    outputs, (h_n, c_n) = lstm(embedded)  # [batch, time, hidden], [1, batch, hidden] twice
    last = outputs[torch.arange(len(lengths)), lengths - 1]  # [batch, hidden]
    packed = pack_padded_sequence(embedded, lengths, batch_first=True, enforce_sorted=False)
    packed_outputs, (packed_h_n, packed_c_n) = lstm(packed)
    return {
        "lstm": lstm,
        "outputs": outputs,
        "h_n": h_n,
        "c_n": c_n,
        "last": last,
        "packed": packed,
        "packed_outputs": packed_outputs,
        "packed_h_n": packed_h_n,
        "packed_c_n": packed_c_n,
    }


def read_gru(embedded: Tensor, lengths: Tensor) -> Values:
    """Read a padded batch, and the same batch packed."""
    gru = nn.GRU(256, 8, batch_first=True)
    outputs, h_n = gru(embedded)  # [batch, time, hidden], [1, batch, hidden]
    last = outputs[torch.arange(len(lengths)), lengths - 1]  # [batch, hidden]
    packed = pack_padded_sequence(embedded, lengths, batch_first=True, enforce_sorted=False)
    packed_outputs, packed_h_n = gru(packed)
    return {
        "gru": gru,
        "outputs": outputs,
        "h_n": h_n,
        "last": last,
        "packed": packed,
        "packed_outputs": packed_outputs,
        "packed_h_n": packed_h_n,
    }


def read_both_ways(lstm: nn.LSTM, forward: nn.LSTM, backward: nn.LSTM, embedded: Tensor, lengths: Tensor) -> Values:
    """Read in both directions, packed and without packing; the modules are those of `both_directions`."""
    packed = pack_padded_sequence(embedded, lengths, batch_first=True, enforce_sorted=False)
    outputs, _ = pad_packed_sequence(lstm(packed)[0], batch_first=True)  # [batch, time, 2 * hidden]

    turn = within_length_order(lengths, embedded.shape[1])  # turns each row around, but not its padding
    turned = backward(ReverseWithinLength.apply(embedded, turn))[0]  # [batch, time, hidden]
    unpacked = torch.cat([forward(embedded)[0], ReverseWithinLength.apply(turned, turn)], dim=-1)
    return {"packed": packed, "outputs": outputs, "turn": turn, "turned": turned, "unpacked": unpacked}


def both_directions() -> Values:
    """A bidirectional LSTM, and its two directions as networks of their own with the same weights."""
    lstm = nn.LSTM(256, 8, batch_first=True, bidirectional=True)
    forward, backward = nn.LSTM(256, 8, batch_first=True), nn.LSTM(256, 8, batch_first=True)
    forward.load_state_dict({name: lstm.get_parameter(name) for name in forward.state_dict()})
    backward.load_state_dict({name: lstm.get_parameter(f"{name}_reverse") for name in backward.state_dict()})
    return {"lstm": lstm, "forward": forward, "backward": backward}


def read_layers(embedded: Tensor, lengths: Tensor) -> Values:
    """Read with two layers in two directions, time first."""
    lstm = nn.LSTM(256, 8, num_layers=2, bidirectional=True, dropout=0.1)
    packed = pack_padded_sequence(embedded.transpose(0, 1), lengths, enforce_sorted=False)
    packed_outputs, (h_n, c_n) = lstm(packed)  # h_n [layers * directions, batch, hidden]
    outputs, _ = pad_packed_sequence(packed_outputs)  # [time, batch, directions * hidden]
    apart = h_n.view(2, 2, len(lengths), 8)  # [layers, directions, batch, hidden]
    return {
        "lstm": lstm,
        "packed": packed,
        "packed_outputs": packed_outputs,
        "h_n": h_n,
        "c_n": c_n,
        "outputs": outputs,
        "apart": apart,
    }


def read_out(outputs: Tensor, last: Tensor) -> Values:
    """Two heads: one logit pair a sequence, and five logits a token."""
    classify, tag = nn.Linear(8, 2), nn.Linear(8, 5)
    logits = classify(last)  # [batch, 2]
    token_logits = tag(outputs.transpose(0, 1))  # [time, batch, 5]
    return {"classify": classify, "tag": tag, "logits": logits, "token_logits": token_logits}


READERS = {"rnn": read_rnn, "lstm": read_lstm, "gru": read_gru}
