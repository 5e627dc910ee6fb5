"""Six mistakes that a training makes on purpose, for the debug lab. Needs no torch.

`procedure` has the trainings, `fault` what is said about each, `lab` the networks that the lab trains. docs/lessons.md
has the measured figures; `python -m sentiment_core.experiments.faults` prints them.
"""

from sentiment_core.experiments.faults.fault import FAULTS, Fault, draw_puzzle, is_puzzle, puzzle_fault, puzzle_seed

__all__ = ["FAULTS", "Fault", "draw_puzzle", "is_puzzle", "puzzle_fault", "puzzle_seed"]
