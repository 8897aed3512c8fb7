from __future__ import annotations

import print_fuzz
import pytest


@pytest.mark.parametrize("seed", [4, 7, 23, 31])
def test_nothing_is_cut_overprinted_lost_or_told_whatever_the_cards_and_the_theme(
    seed: int,
) -> None:
    assert print_fuzz.run(seed) == []
