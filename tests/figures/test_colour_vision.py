"""The colours of polarity and of classifiers under colour blindness.

Simulated as by Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
Deficiency", IEEE TVCG 15 (2009): their matrices for a severity of 1, in linear RGB. Distances are CIE 1976
(L*a*b*, D65), in which 2.3 is just noticeable.
"""

from itertools import combinations

import numpy as np
import pytest

from sentiment_core.figures.style import CLASSIFIERS, DASHES, MARKS, NEGATIVE, NEUTRAL, PAPERS, POSITIVE, SYMBOLS

MACHADO = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
WHITE = np.array([0.95047, 1.0, 1.08883])
SEEN_AT_ONCE = 20.0  # far above what is just noticeable


def linear(colour: str) -> np.ndarray:
    """#rrggbb as three shares of light."""
    encoded = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    scaled = np.array(TO_XYZ) @ light / WHITE
    bent = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


def distance(one: str, other: str, vision: str) -> float:
    """Between two colours as a vision sees them."""
    matrix = np.array(MACHADO[vision]) if vision != "full" else np.eye(3)
    seen = [lab(np.clip(matrix @ linear(colour), 0, 1)) for colour in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def test_the_distance_is_that_of_the_standard():
    assert distance("#000000", "#ffffff", "full") == pytest.approx(100, abs=0.1)
    assert distance("#ff0000", "#00ff00", "full") == pytest.approx(170.6, abs=0.5)
    for vision in MACHADO:  # greys look the same to everybody
        assert distance("#808080", "#808080", vision) == 0
        assert np.allclose(np.array(MACHADO[vision]).sum(axis=1), 1, atol=1e-5)
    assert distance("#ff0000", "#00a000", "deuteranopia") < distance("#ff0000", "#00a000", "full") / 2


@pytest.mark.parametrize("vision", ["full", *MACHADO])
def test_the_polarities_differ_to_every_eye_and_from_the_background(vision: str):
    for one, other in combinations((POSITIVE, NEGATIVE, NEUTRAL), 2):
        assert distance(one, other, vision) > SEEN_AT_ONCE
    for colour in (POSITIVE, NEGATIVE, NEUTRAL, *CLASSIFIERS):
        assert min(distance(colour, paper, vision) for paper in PAPERS.values()) > SEEN_AT_ONCE


def test_what_no_colour_tells_a_shape_tells():
    assert len(set(SYMBOLS.values())) == 3
    assert len(set(DASHES)) == len(set(MARKS)) == len(CLASSIFIERS)
