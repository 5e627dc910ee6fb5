"""The debug lab as its page sees it: a training with a mistake in it, and the report of copies in what it read."""

from __future__ import annotations

import streamlit as st

from pages.shared.training_data import data_sets
from pages.shared.training_resources import Plan, Planned, request_of, start
from sentiment_core.experiments.faults import FAULTS, Fault, puzzle_fault, puzzle_seed
from sentiment_core.experiments.faults.lab import SOURCE, copies_in_training, lab_networks
from sentiment_core.jobs.records import Job
from sentiment_core.runs.listing import FAULT
from sentiment_core.text.copies import Copies
from sentiment_core.text.report import Report, describe
from sentiment_core.text.reviews import Reading, read_again


def start_puzzle(puzzle: str) -> str:
    """Train a healthy network beside the broken one of a puzzle. Returns the job's id.

    Raises what `training_resources.start` raises.
    """
    networks = lab_networks(puzzle_fault(puzzle), puzzle_seed(puzzle)).items()
    planned = tuple(Planned(recipe, name, variation) for name, (recipe, variation) in networks)
    return start(Plan(data_sets()[SOURCE], planned))


def fault_of(found: Job) -> Fault | None:
    """The mistake of a job's broken network; None if it has none."""
    codes = (network.variation.get(FAULT) for network in request_of(found).networks)
    return next((FAULTS[code] for code in codes if code in FAULTS), None)


def copies_report(found: Job) -> dict[str, list[str]]:
    """For each run of a job, lines about texts of valid and test that it was trained on. Takes a second.

    Raises DataError if the reviews cannot be read.
    """
    request = request_of(found)
    lines = {}
    for network in request.networks:
        copies = _copies(repr(request.reading), request.reading, str(network.variation.get(FAULT, "")))
        lines[network.name] = describe(Report(copies=Copies(across=copies.across)))
    return lines


@st.cache_data(max_entries=4, show_spinner=False)
def _copies(key: str, _reading: Reading, fault: str) -> Copies:
    return copies_in_training(read_again(_reading), fault)
