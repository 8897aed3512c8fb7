"""A quiz with every kind of question, as a teacher might compose it."""

from __future__ import annotations

from quizgen.model import Basic, Card, Choice, Cloze, Content, Evidence
from quizgen.quiz import Pick, Quiz, Sheet, compose

HOLM = Evidence("Glaciers carve deep troughs.", "seeds/ice.md", (3, 4), "Ida Holm", 61)


def card(name: str, content: Content, *evidence: Evidence, why: str = "") -> Card:
    return Card(name, content, evidence or (HOLM,), "kept", why=why)


def said(name: str, text: str, speaker: str) -> Card:
    told = Evidence(text.strip("“”"), "seeds/ice.vtt", (9, 9), speaker, 95, match="verbatim")
    return card(name, Cloze(f"{speaker}: {text}"), told)


CHOICE = card("ch01", Choice("What carved the fjords?", ("Glaciers", "Rivers", "Wind"), (0,)))
SEVERAL = card("se01", Choice("Which are moraines?", ("Lateral", "Medial", "Tidal"), (0, 1)))
TRUE = card("tf01", Choice("Ice flows under its own weight.", ("True", "False"), (0,)))
BLANK = card("bl01", Cloze("A hollow at the head of a glacier is a {{cirque}}."), why="French.")
QUOTE = said("qu01", "“The ice {{remembers}} every winter.”", "Ida Holm")
SPOKEN = said("sp01", "“A glacier is a {{slow}} river.”", "Per Aune")
SHORT = card("sh01", Basic("Why is glacier ice *blue*?", "It soaks up red light."))
FORMULA = card("fo01", Basic(r"What is $\frac{\rho_i}{\rho_w}$?", r"About $1-\sqrt{0.01}$."))
TERMS = tuple(
    card(f"te{at:02}", Basic(f"What is {term}?", definition))
    for at, (term, definition) in enumerate(
        (
            ("an esker", "A ridge of gravel that a river left under the ice"),
            ("a drumlin", "A low hill that the moving ice drew out lengthwise"),
            ("a moraine", "Rubble that the ice carried and dropped at its edge"),
            ("a nunatak", "A summit that stands out of the ice around it"),
        )
    )
)
EVENTS = tuple(
    card(f"ev{at:02}", Basic(f"Who {did} in {year}?", who))
    for at, (did, year, who) in enumerate(
        (
            ("published the theory of ice ages", 1840, "Louis Agassiz"),
            ("crossed Greenland on skis", 1888, "Fridtjof Nansen"),
            ("reached the South Pole", 1911, "Roald Amundsen"),
        )
    )
)
PICKS = (
    Pick("choice", (CHOICE,)),
    Pick("several", (SEVERAL,)),
    Pick("truefalse", (TRUE,)),
    Pick("blank", (BLANK,)),
    Pick("completion", (QUOTE,)),
    Pick("attribution", (SPOKEN,)),
    Pick("matching", TERMS[:3], pairs="term", spare=TERMS[3]),
    Pick("ordering", EVENTS),
    Pick("short", (SHORT,)),
    Pick("short", (FORMULA,)),
)
SECRETS = ("cirque", "remembers", "soaks up red", "Per Aune", HOLM.text, "ice.md", "French")
"""What a student must not read; the speaker only where nothing else names him."""


def sheet(*picks: Pick, title: str = "Ice and rock", language: str = "en") -> Sheet:
    return compose(Quiz(title, picks or PICKS, course="Geography 7b", language=language))
