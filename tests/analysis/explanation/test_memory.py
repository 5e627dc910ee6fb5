"""Figures of a network's memory, worked by hand."""

import math

import numpy as np
import pytest

from sentiment_core.analysis.explanation.memory import half_life, memory_strip, share_that_changes, units_by_share
from sentiment_core.classifiers.memory import DirectionTrace

STATES = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 1.0, 0.0]], np.float32)
SAYS = np.array([0.1, -0.5, 0.3], np.float32)
TOKENS = ["a", "b", "c"]


def direction(**changes: object) -> DirectionTrace:
    given = {"layer": 0, "backward": False, "states": STATES, "cells": None, "gates": {}, "says": SAYS, "exact": True}
    return DirectionTrace(**given | changes)


def test_the_units_that_say_most_come_first_whatever_their_sign():
    assert units_by_share(direction()).tolist() == [1, 2, 0]


def test_a_strip_has_the_chosen_tokens_and_units():
    gate = np.array([[0.2, 0.4, 0.9]] * 3, np.float32)
    strip = memory_strip(direction(cells=2 * STATES, gates={"forget": gate}), TOKENS, 1, 5, 2, None)
    assert (strip.tokens, strip.start, strip.chosen, strip.units.tolist()) == (["b", "c"], 1, 1, [1, 2])
    np.testing.assert_array_equal(strip.states, [[1, 1], [0, 0]])
    np.testing.assert_allclose(strip.says, [-0.5, 0.3])
    np.testing.assert_allclose(strip.gates["forget"], [[0.5, 0.5], [0.4, 0.4]], rtol=1e-6)
    np.testing.assert_array_equal(strip.followed["cell"], [2, 2])


def test_a_chosen_unit_is_shown_even_if_it_says_little_and_an_unknown_one_is_the_first():
    assert memory_strip(direction(), TOKENS, 0, 3, 2, 0).units.tolist() == [1, 0]
    for unit in (-1, 3, None):
        assert memory_strip(direction(), TOKENS, 0, 3, 2, unit).chosen == 1


def test_the_share_that_changes():
    """From e1 to e2 the difference has length √2 and the lengths add up to 2; then nothing changes."""
    assert share_that_changes(direction()) == pytest.approx(math.sqrt(2) / 4)
    assert share_that_changes(direction(states=np.zeros((3, 2), np.float32))) == 0
    opposite = np.array([[1.0], [-1.0]], np.float32)
    assert share_that_changes(direction(states=opposite)) == 1
    assert math.isnan(share_that_changes(direction(states=STATES[:1])))


@pytest.mark.parametrize("gate", ["forget", "update"])
def test_the_half_life_of_a_gate(gate: str):
    values = np.array([[0.5, 1.0], [0.125, 1.0]], np.float32)  # the geometric mean of the first is a quarter
    part = direction(gates={"reset": values * 0, gate: values})
    assert half_life(part, 0) == pytest.approx(0.5)
    assert half_life(part, 1) == math.inf
    assert half_life(direction(), 0) is None
