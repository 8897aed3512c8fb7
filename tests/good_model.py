"""A model on loopback that plans, writes and reads as it is asked, with clozes of what it is given.

It sees nothing but the prompts, as a model on a server does.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from typing import Any

from faulty_server import Asked, Sent, said, serving

_LINE = re.compile(
    r"^\[(\d+)\] (.*?)(?=^\[\d+\] |^## |^\(What|^\w{16}>>>|\Z)", re.MULTILINE | re.DOTALL
)
_LABEL = re.compile(r"^(?:[A-Z][\w .]{0,30}, \d+:[\d:]+|[a-z]+): ")
_SENTENCE = re.compile(r"[^.?!]+[.?!]")
_WORD = re.compile(r"\b[a-z]{6,}\b")
_EMPTY = ("because", "between", "without", "whenever", "somebody", "something", "everywhere")
_IDEA = re.compile(r"^(?:main )?idea (\d+) \(line (\d+)\): (.*?)(?: — “.*”)?$", re.MULTILINE)
_QUESTION = re.compile(
    r"^question (\d+): Fill the blank: (.*?)\nsentences \d+: (.*?)\n$", re.MULTILINE | re.DOTALL
)
_STAGES = {
    "You name the": "outline",
    "You choose what": "plan",
    "You write study": "write",
    "You mend": "mend",
    "You are shown": "guess",
    "You try out": "reread",
    "You settle": "settle",
    "You put punctuation": "restore",
    "Write study cards": "chat",
}


def prompts(asked: Asked) -> tuple[str, str]:
    """Return what the model is told and what it is given."""
    told = {each["role"]: each["content"] for each in asked.body["messages"][:2]}
    return told["system"], told["user"]


def stage(asked: Asked) -> str:
    """Tell from its prompt which step of the work a request is."""
    system, _ = prompts(asked)
    return next(name for start, name in _STAGES.items() if system.startswith(start))


def answer(asked: Asked) -> Sent:
    """Answer a request as a good model would."""
    return said(json.dumps(_ANSWERS[stage(asked)](prompts(asked)[1]), ensure_ascii=False))


def _lines(user: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for number, text in _LINE.findall(user):
        sentences = [" ".join(each.split()) for each in _SENTENCE.findall(text)]
        sentences = [_LABEL.sub("", each) for each in sentences]
        good = [s for s in sentences if 8 <= len(s.split()) <= 28 and _blank(s)]
        found += [(int(number), good[0])] if good else []
    return found


def _blank(sentence: str) -> str:
    found: list[str] = _WORD.findall(sentence)
    counts = [w for w in found if sentence.lower().count(w) == 1 and w not in _EMPTY]
    return max(counts, key=len, default="")


def _plan(user: str) -> Any:
    rows = [{"quote": s, "line": n, "idea": s, "importance": 2} for n, s in _lines(user)]
    return {"ideas": rows}


def _outline(user: str) -> Any:
    rows = [{"quote": s, "line": n, "idea": s, "importance": 3} for n, s in _lines(user)[::8]]
    return {"ideas": rows}


def _write(user: str) -> Any:
    ideas: list[tuple[str, str, str]] = _IDEA.findall(user)
    lines: dict[int, str] = dict(_lines(user))
    cards: list[dict[str, Any]] = []
    for number, line, idea in ideas:
        quote: str = lines.get(int(line), idea)
        cards.append(_card(quote, int(line)) | {"idea": int(number)})
    return {"cards": cards}


def _card(quote: str, line: int) -> dict[str, Any]:
    word = _blank(quote)
    question = quote.replace(word, "{{" + word + "}}", 1)
    return {"kind": "cloze", "quote": quote, "line": line, "question": question, "answer": ""}


def _chat(user: str) -> Any:
    return {"cards": [_card(sentence, line) for line, sentence in _lines(user)]}


def _reread(user: str) -> Any:
    answers: list[dict[str, Any]] = []
    for number, shown, sentences in _QUESTION.findall(user):
        parts = re.split(r"_{2,}|\[…\]|\[\.\.\.\]", " ".join(shown.split()))
        pattern = r"(\w+)".join(re.escape(part) for part in parts)
        found = re.search(pattern, " ".join(sentences.split()))
        answers.append({"number": int(number), "answer": found[1] if found else "?"})
    return {"answers": answers}


def _guess(user: str) -> Any:
    numbers = re.findall(r"^question (\d+):", user, re.MULTILINE)
    return {"guesses": [{"number": int(number), "guess": "?"} for number in numbers]}


def _settle(user: str) -> Any:
    numbers = re.findall(r"^card (\d+):", user, re.MULTILINE)
    return {"verdicts": [{"number": int(number), "same": True} for number in numbers]}


def _restore(user: str) -> Any:
    text = re.search(r"<<<(\w+)\n(.*)\n\1>>>", user, re.DOTALL)
    return {"text": text[2] if text else "", "names": []}


_ANSWERS: dict[str, Callable[[str], Any]] = {
    "outline": _outline,
    "plan": _plan,
    "write": _write,
    "chat": _chat,
    "mend": lambda _: {"cards": []},
    "guess": _guess,
    "reread": _reread,
    "settle": _settle,
    "restore": _restore,
}


if __name__ == "__main__":
    # For a look by hand, and for bench/: `python tests/good_model.py LATENCY`, until end of input.
    with serving(answer, latency=float(sys.argv[1])) as server:
        print(server.url, flush=True)  # noqa: T201
        sys.stdin.read()
