"""The player's payload of the three words."""

import json

import numpy as np
import pytest

from sentiment_core.analysis.three_words import train_three_words
from sentiment_core.player.three_words import draw_three_words, three_words_panel


def test_a_words_two_numbers_are_its_coordinates():
    trained = train_three_words(seed=5, steps=4)
    panel = three_words_panel(trained)
    np.testing.assert_array_equal(panel.coordinates, trained.embeddings)
    assert panel.axes == [("first number", "second number")]
    assert [(frame.step, frame.epoch, frame.valid_accuracy) for frame in panel.frames] == [
        (step, step, None) for step in range(5)
    ]
    assert [frame.name for frame in panel.frames] == [f"loss {loss:.3f}" for loss in trained.loss]
    way = trained.embeddings[2, 1] - trained.embeddings[0, 1]
    assert panel.displacement[2, 1] == pytest.approx(np.hypot(*way))


def test_the_payload_has_a_checkpoint_per_step_and_all_words_pinned():
    trained = train_three_words()
    payload = draw_three_words(trained)
    assert payload[:4] == b"SLP1"
    header = json.loads(payload[8 : 8 + int.from_bytes(payload[4:8], "little")])
    assert header["pins"] == ["good", "bad", "movie"]
    first, second, *_ = header["checkpoints"]
    assert (first["name"], first["label"], first["former"]) == ("0", "before", ["before"])
    assert (second["name"], second["label"], second["former"]) == ("1", "step 1", ["step 1"])
    assert [checkpoint["frames"] for checkpoint in header["checkpoints"]] == [[step] for step in range(21)]
    (panel,) = header["panels"]
    assert panel["separation"] is None
    start = 8 + int.from_bytes(payload[4:8], "little")
    place = header["arrays"]["p0/coordinates"]
    codes = np.frombuffer(payload, "<i2", 21 * 3 * 2, start + place["offset"]).reshape(place["shape"])
    drawn = np.array(panel["centre"]) + np.array(panel["scale"]) * codes
    np.testing.assert_allclose(drawn, trained.embeddings, atol=2 * panel["error"] + 1e-12)
    assert panel["error"] < 1e-4
    polarity = header["arrays"]["v0/polarity"]
    assert np.frombuffer(payload, np.int8, 3, start + polarity["offset"]).tolist() == [11, -11, 0]
