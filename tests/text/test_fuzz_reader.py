"""The short form of `fuzz_reader`: damaged and hostile files are read, or refused in one line."""

import random
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from tests.text.fuzz_reader import Case, case_strategy, check, mutated_case


def test_damaged_files_are_read_or_refused_in_one_line(tmp_path: Path):
    ends = [check(mutated_case(random.Random(number)), tmp_path) for number in range(100)]
    assert any("G" in end for end in ends)
    assert any("S" in end for end in ends)
    assert "--" in ends


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=case_strategy())
def test_whatever_hypothesis_makes_is_read_or_refused_in_one_line(case: Case, tmp_path: Path):
    check(case, tmp_path)
