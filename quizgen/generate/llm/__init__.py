"""Make cards with a language model that is asked through a function, and trust none of its words.

A work is cut into `passages`; `stages` asks for ideas, cards and a second reading of each;
`ground` finds the words that a card rests on; `judging` has our own checks speak.
"""
