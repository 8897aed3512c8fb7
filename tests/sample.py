"""A small deck, as its owner might have it."""

CELLS = """\
+++
format = 1
id = "k3v9qz"
title = "Cell biology, week 3"
sources = ["../seeds/cells.md", "../seeds/cells.vtt"]
+++
<!-- The exam skips mitosis. -->

# Energy

## What does the mitochondrion produce for the cell?

ATP, by oxidative phosphorylation: about $\\frac{30}{1}$ per glucose.

> Each mitochondrion makes ATP by oxidative phosphorylation.
> — Dr Lin · [12:31](https://example.org/v?t=751) · ../seeds/cells.md:12-13 · verbatim

<!-- ^k7q2 kept ready rule=definition from=9f3a21 mod=1763688600-5ac1 #energy -->

## Which organelle carries its own DNA?

- [ ] Ribosome
- [x] Mitochondrion

Why: it descends from a bacterium that a larger cell once engulfed.

<!-- ^m4x9 draft rough rule=choice from=77b0de -->
"""

PAGE = """\
Dr Lin: Inside the Cell | Slow Biology #12

Key Insights

1

Each mitochondrion makes ATP by oxidative phosphorylation, which is why muscle cells hold thousands of them.

2

The Golgi apparatus (GA) sorts proteins and sends them to the membrane because each carries a short address in its sequence.

3

Ribosomes may have come before cells, since their core is made of ribonucleic acid (RNA) rather than of protein.

4

Plant cells keep their shape because a rigid wall of cellulose resists the pressure of the water inside.
"""
