"""Cards labelled by an author who did not write the checks: what they find must not get worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizgen import checks
from quizgen.checks import cases

FOLDER = Path(__file__).parent / "cases"
SETS = sorted(FOLDER.glob("independent-*.jsonl"))
PRECISION, RECALL, FLAGGED = 0.92, 0.85, 0.05


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_most_flaws_another_author_wrote_are_found_and_her_clean_cards_left_alone(
    path: Path,
) -> None:
    found, errors = cases.read(path.read_text("utf-8"), rules=checks.RULES)

    scores, clean, flagged = cases.measure([(case, cases.judge(case)) for case in found])

    assert not errors
    assert scores[-1].rule == "all"
    assert scores[-1].precision >= PRECISION
    assert scores[-1].recall >= RECALL
    assert flagged <= FLAGGED * clean


def test_there_is_a_set_of_another_author() -> None:
    assert FOLDER / "independent-tune.jsonl" in SETS
