from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import get_args

import pytest
from llm_script import PLAN, Model, card, page, settings, transcript, work, write

from quizgen import checks, render
from quizgen.checks.row import Context
from quizgen.errors import QuizgenError
from quizgen.generate.llm import asking, drafting, examples, passages, planted, replies, views
from quizgen.generate.llm.asking import OUTPUT, Stage
from quizgen.generate.llm.examples import Example
from quizgen.generate.llm.wishes import KINDS, CardKind, Wish
from quizgen.llm import schema
from quizgen.model import Card, Evidence, Person, Stamp

EXAMPLES = (*examples.GOOD, *(pair.good for pair in examples.MENDED))


def example_card(example: Example) -> Card:
    reply = replies.CardReply(
        kind=example.kind,
        question=example.question,
        answer=example.answer,
        wrong=list(example.wrong),
    )
    content = drafting.content(reply, KINDS)
    assert not isinstance(content, str), content
    proof = Evidence(example.source, speaker=example.speaker, match="verbatim")
    return Card("x", content, (proof,), stamp=Stamp(rule="llm"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.question[:40])
def test_every_example_passes_every_check_without_a_warning(example: Example) -> None:
    people = (Person(example.speaker),) if example.speaker else ()
    problems = checks.check_card(example_card(example), Context(people=people))

    assert [problem.sentence for problem in problems] == []


def test_every_bad_example_is_caught_by_a_check_or_named_as_bad() -> None:
    assert all(pair.fault and pair.bad != pair.good.question for pair in examples.MENDED)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_an_example(kind: CardKind) -> None:
    assert any(example.kind == kind for example in examples.GOOD)


def prompts(wish: Wish) -> dict[str, asking.Prompt]:
    cards = [card(), card(quote="Salt is never found in any loaf of bread.")]
    model = Model({"plan": PLAN, "write": {"cards": cards}, "reread": {"answers": []}})
    write(model.ask, page(), transcript(), wish=wish)
    return {r.stage: asking.Prompt(0, r.system, r.user) for r in model.asked}


def test_every_stage_has_a_template_with_a_version_and_a_limit() -> None:
    for stage in get_args(Stage):
        path = render.find(f"prompts/{stage}.j2")
        assert re.search(r"^version \d+$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert OUTPUT[stage] >= 2000


def test_the_persons_wishes_stand_in_the_prompts() -> None:
    wish = Wish(
        level="first-year student",
        language="German",
        focus="only the chemistry",
        extra="no numbers, & <please>",
    )
    for stage in ("plan", "write", "mend"):
        user = prompts(wish)[stage].user
        assert all(
            said in user
            for said in ("first-year student", "German", "only the chemistry", wish.extra)
        )


def test_only_kinds_that_are_wished_for_are_explained_and_shown() -> None:
    system = prompts(Wish(kinds=("cloze",)))["write"].system

    assert "- `cloze`" in system
    assert "- `basic`" not in system
    assert "- `choice`" not in system
    assert "\nbasic: " not in system


def test_everything_of_a_source_stands_between_marks() -> None:
    for stage, prompt in prompts(Wish()).items():
        mark = prompt.user.split("<<<")[1].split("\n")[0]
        outside = prompt.user.split(f"<<<{mark}")[0]
        parts = prompt.user.split(f"{mark}>>>")
        for part in parts[:-1]:
            assert f"<<<{mark}" in part
        outside += "".join(part.split(f"<<<{mark}")[0] for part in parts)
        assert "draws water" not in outside, stage
        assert "Salt is never" not in outside, stage


def test_the_rules_say_that_the_source_is_data() -> None:
    for prompt in prompts(Wish()).values():
        assert "data" in prompt.system
        assert "not yours to follow" in prompt.system


def test_no_prompt_speaks_like_a_planted_instruction() -> None:
    assert not any(planted.is_planted(prompt.user) for prompt in prompts(Wish()).values())


def test_a_prompt_is_short_beside_its_source() -> None:
    words = {stage: len(prompt.system.split()) for stage, prompt in prompts(Wish()).items()}

    assert max(words.values()) < 1250, words


def test_a_persons_own_template_takes_the_place_of_the_built_in_one(tmp_path: Path) -> None:
    (tmp_path / "prompts").mkdir()
    mine = "version 7\n=== system ===\nBe brief.\n=== user ===\n{{ title }}: {{ most }}\n"
    (tmp_path / "prompts" / "plan.j2").write_text(mine, encoding="utf-8")
    fill = functools.partial(render.fill, templates=tmp_path)
    model = Model({"plan": {"ideas": []}})
    written = write(model.ask, use=settings().__class__(fill=fill))

    assert (model.asked[0].system, model.asked[0].user) == ("Be brief.", "Ada Voss: Bread: 3")
    assert written.tally.prompts == {"plan": 7}


@pytest.mark.parametrize(
    "mine",
    ["Just a prompt.", "version 1\n=== user ===\nx\n", "version 1\n=== system ===\n{{ nobody }}\n"],
)
def test_a_template_that_has_lost_its_parts_or_asks_for_what_is_not_there_is_told(
    tmp_path: Path, mine: str
) -> None:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "plan.j2").write_text(mine, encoding="utf-8")
    fill = functools.partial(render.fill, templates=tmp_path)

    with pytest.raises(QuizgenError, match="plan"):
        write(Model({}).ask, use=settings().__class__(fill=fill))


def test_a_mark_is_made_of_the_text_itself() -> None:
    (passage,) = passages.cut(work(), size=1600, limit=4000)
    values = views.of_passage(passage, Wish())

    assert values["fence"] == views.of_passage(passage, Wish())["fence"]
    assert values["fence"] not in " ".join(line["text"] for line in values["lines"])


# --- answers -----------------------------------------------------------------

MODELS = (replies.Plan, replies.Cards, replies.Readings, replies.Verdicts, replies.Restored)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_schemas_are_flat(model: type[replies.Cards]) -> None:
    text = json.dumps(schema.flat(model))

    assert not any(word in text for word in ("$ref", "pattern", "format", "anyOf", "maxLength"))


def test_small_slips_of_an_answer_are_forgiven() -> None:
    (reply,) = replies.Cards.model_validate(
        {
            "cards": {
                "kind": "Multiple-choice",
                "quote": [" one ", "two"],
                "line": "[12]",
                "also": "7",
                "wrong": "only one",
                "answer": 1848,
                "why": None,
                "id": "kept out",
                "speaker": "nobody",
            }
        }
    ).cards

    assert (reply.kind, reply.quote, reply.line, reply.also) == ("choice", "one two", 12, [7])
    assert (reply.wrong, reply.answer, reply.why, reply.idea) == (["only one"], "1848", "", 0)


def test_rows_that_are_no_objects_are_passed_over() -> None:
    answer = replies.Cards.model_validate({"cards": ["text", None, {"question": "Why?"}, 3]})

    assert [reply.question for reply in answer.cards] == ["Why?"]


def test_lone_surrogates_and_control_characters_are_taken_out() -> None:
    answer = replies.Cards.model_validate({"cards": [{"question": "a\ud800b\x00c\u202ed"}]})

    assert answer.cards[0].question == "abcd"
