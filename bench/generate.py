"""Write documents that look like what people save: insight pages and transcripts of one talk.

The sentences are invented; only their shapes, lengths and repetitions matter here. The same
seed gives the same bytes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


FIRST = _words("Ada, Bruno, Chidi, Dana, Emre, Farah, Goran, Hana, Imre, Jin, Kofi, Lena, Mira")
LAST = _words("Abadi, Brandt, Castro, Dlamini, Eriksen, Fofana, Gruber, Haddad, Ivanov, Joshi")
PLACES = _words("Bergen, Lagos, Quito, Tbilisi, Hobart, Porto, Nagoya, Tromsø, Zadar, Cuenca")
THINGS = _words(
    "glacier, estuary, lichen, kiln, turbine, aquifer, ledger, harbour, loom, telescope, reef, "
    "cathedral, garden, vaccine, alphabet, compass, monsoon, guild, printing press, lighthouse, "
    "sundial, marsh, canal, granary, comet, fresco, violin, beehive, workshop"
)
PARTS = _words(
    "surface, foundation, timetable, price, colour, weight, temperature, boundary, rhythm, "
    "record, tolerance, supply, shape, memory, pressure, inscription, lifespan, shadow"
)
DOES = _words(
    "doubles, halves, delays, reveals, absorbs, stabilises, concentrates, outlasts, predicts, "
    "limits, preserves, scatters, replaces, organises, carries, filters"
)
MANNER = _words("slow, seasonal, hidden, shared, salty, northern, copper, borrowed, rare, quiet")
REASON = (
    "because {a} {thing}s lose their {part} first",
    "which explains why the {part} of each {a} {thing} differs",
    "although nobody had measured the {part} before {year}",
    "so that the {thing} near {place} needs only {number} percent of the usual {part}",
    "as {name} showed in {year} with {number} samples from {place}",
)
FILLER = (
    "Yes, exactly.",
    "That is a good way to put it.",
    "Could you say more about that?",
    "I had never thought of it like that.",
    "And how did you find out?",
)


def _fill(pattern: str, chance: random.Random) -> str:
    return pattern.format(
        a=chance.choice(MANNER),
        thing=chance.choice(THINGS),
        part=chance.choice(PARTS),
        does=chance.choice(DOES),
        place=chance.choice(PLACES),
        name=f"{chance.choice(FIRST)} {chance.choice(LAST)}",
        year=chance.randint(1650, 2020),
        number=chance.randint(3, 97),
    )


def sentence(chance: random.Random) -> str:
    """Make one statement of 15 to 40 words."""
    start = _fill("the {part} of the {a} {thing} {does} the {part} of the {thing}", chance)
    middle = _fill("when the {thing} in {place} {does} its {part}", chance)
    return f"T{start[1:]} {middle}, {_fill(chance.choice(REASON), chance)}."


def insights_page(title: str, guest: str, facts: list[str], chance: random.Random) -> str:
    """Lay out a page of numbered insights with sections, as summary sites are copied out."""
    insights = chance.sample(facts, 15)
    lines = ["Key Moments", "", title, "", "May 8, 2023|1,204 views|86|12", ""]
    lines += ["TL;DR", "", f"{guest} tells how they found it. {chance.choice(facts)}", ""]
    lines += ["Key Insights", ""]
    for number, insight in enumerate(insights, 1):
        lines += [str(number), "", insight, ""]
    for _ in range(5):
        lines += [_fill("{a} {thing}s and their {part}", chance).upper(), ""]
        lines += [" ".join([*chance.sample(facts, 2), sentence(chance)]), ""]
    return "\n".join(lines)


def quotes_page(title: str, guest: str, facts: list[str], chance: random.Random) -> str:
    """Lay out a page of ideas and quotes; every other quote is shortened, as such pages do."""
    lines = ["Field NotesField Notes", "", title, "", f"Rosa Whitlockhost{guest}guest", ""]
    lines += ["At a glance", "", "IDEAS WORTH REMEMBERING", "", "10 ideas", ""]
    for _ in range(10):
        idea = _fill("The {a} {thing} {does} its {part} in {place}.", chance)
        lines += [idea, "", f"{sentence(chance)} {sentence(chance)}", ""]
    lines += ["WORDS WORTH SAVING", "", "8 quotes", ""]
    for number, fact in enumerate(chance.sample(facts, 8)):
        lines += [f"{fact.partition(',')[0]}." if number % 2 else fact, "", guest, ""]
    return "\n".join(lines)


def transcript(title: str, guest: str, facts: list[str], chance: random.Random) -> str:
    """Lay out a Markdown transcript with speakers and timestamps, in which the facts are said."""
    lines = ["---", f'title: "{title}"', "date: 2023-05-08", "---", ""]
    seconds = 0
    for start in range(0, len(facts), 2):
        if start % 10 == 0:
            lines += [f"## {_fill('{a} {thing}s', chance).capitalize()}", ""]
            minutes, rest = divmod(seconds, 60)
            lines += [f"[{minutes}:{rest:02}](https://youtu.be/b{hash_of(title)}?t={seconds})"]
        lines += [f"**Rosa Whitlock:** {chance.choice(FILLER)} {sentence(chance)[:-1]}?", ""]
        said = " ".join([*facts[start : start + 2], sentence(chance)])
        lines += [f"**{guest}:** {said}", ""]
        seconds += chance.randint(40, 90)
    return "\n".join(lines)


def hash_of(title: str) -> str:
    """Make ten characters that look like the rest of a recording's id."""
    return format(random.Random(title).getrandbits(40), "010x")


def documents(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yield `count` file names with their texts: a page, then the transcript of the same talk."""
    for index in range(count):
        chance = random.Random(f"{seed} {index // 2}")
        thing, guest = chance.choice(THINGS), f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        subject = f"The {thing} at {chance.choice(PLACES)}"
        title = f"{guest}: {subject} | Field Notes #{index // 2 + 1}"
        facts = [sentence(chance) for _ in range(60)]
        if index % 2:
            yield f"{index:03}-transcript.md", transcript(title, guest, facts, chance)
        elif index % 4:
            yield f"{index:03}-quotes.txt", quotes_page(title, guest, facts, chance)
        else:
            yield f"{index:03}-insights.txt", insights_page(title, guest, facts, chance)


def write(count: int, folder: Path, *, seed: int = 1) -> int:
    """Write `count` documents into a new `folder`; return their size in bytes."""
    folder.mkdir()
    size = 0
    for name, text in documents(count, seed):
        size += (folder / name).write_bytes(text.encode())
    return size


def deck(count: int, seed: int = 1) -> tuple[str, list[dict[str, str]]]:
    """Make a deck of `count` kept cards, as Markdown and as plain records of the same words."""
    chance = random.Random(seed)
    lines = ["+++", "format = 1", 'id = "benchm"', 'title = "Ten thousand"', "sources = []", "+++"]
    records: list[dict[str, str]] = []
    for number in range(count):
        fact, link = sentence(chance), "https://example.org/v?t="
        question = f"Why does {fact[0].lower()}{fact[1:].partition(',')[0]} ({number})?"
        answer = fact.rpartition(", ")[2]
        place = f"talk.md:{number + 1}-{number + 1}"
        lines += ["", f"## {question}", "", answer, "", f"> {fact}"]
        lines += [f"> — Ada Larsen · [12:31]({link}{number}) · {place} · verbatim"]
        lines += ["", f"<!-- ^c{number:06x} kept ready rule=insight from={number:06x} #bench -->"]
        records += [{"question": question, "answer": answer, "evidence": fact, "place": place}]
    return "\n".join([*lines, ""]), records
