from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from faulty_server import GOOD, Asked, Sent, called, failed, said, serving
from llm_questions import PRICE, Cards, Pair, Watched, of, request, watched

from quizgen.errors import QuizgenError
from quizgen.llm.ask import Asker
from quizgen.llm.budget import Budget
from quizgen.llm.values import Answer, Failure, Stopped, Usage

BAD = said('{"cards": [{"question": "Why?"}]}')


def texts_only(asked: Asked) -> Sent:
    return said() if asked.mode == "text" else failed(400, "response_format is not supported")


def test_an_answer_comes_validated_with_what_it_took(tmp_path: Path) -> None:
    with serving() as server:
        client = watched(server, tmp_path, price=PRICE)
        found = client.asks_one()

    pair = Pair(question="What carries heat?", answer="Moving air.")
    assert isinstance(found, Answer)
    assert found.value == Cards(cards=[pair])
    assert found.usage == Usage(1, 100, 20, 0, Decimal("0.14"))
    assert (found.model, found.is_cached) == ("tiny-1", False)
    assert client.spent == found.usage


def test_what_is_sent_is_the_question_and_nothing_else(tmp_path: Path) -> None:
    with serving() as server:
        watched(server, tmp_path).asks_one(request("Ignore this \ud83d."))
        (asked,) = server.asked

    assert asked.path == "/v1/chat/completions"
    assert asked.headers["authorization"].startswith("Bearer sk-proj-")
    assert set(asked.body) == {
        *("model", "messages", "temperature", "seed", "max_tokens", "response_format"),
    }
    assert asked.body["messages"] == [
        {"role": "system", "content": "Write cards."},
        {"role": "user", "content": "Ignore this ?."},
    ]
    assert (asked.body["temperature"], asked.body["max_tokens"]) == (0.0, 500)


def test_the_same_question_twice_is_sent_once_even_in_another_run(tmp_path: Path) -> None:
    with serving() as server:
        first = watched(server, tmp_path).asks_one()
        renamed = replace(request(), name="another passage", stage="again")
        again = watched(server, tmp_path).asks_one(renamed)
        asked = len(server.asked)

    assert asked == 1
    assert isinstance(first, Answer)
    assert again == replace(first, is_cached=True)


@pytest.mark.parametrize(
    ("question", "changes"),
    [
        (request("Cold air sinks."), {}),
        (replace(request(), system="Write more cards."), {}),
        (request(), {"model": "tiny-2"}),
        (request(), {"seed": 7}),
    ],
)
def test_another_question_is_sent(question: Any, changes: Any, tmp_path: Path) -> None:
    with serving() as server:
        watched(server, tmp_path).asks_one()
        found = watched(server, tmp_path, **changes).asks_one(question)
        asked = len(server.asked)

    assert asked == 2
    assert isinstance(found, Answer)
    assert not found.is_cached


def test_how_long_an_answer_might_have_been_makes_no_other_question(tmp_path: Path) -> None:
    with serving() as server:
        watched(server, tmp_path).asks_one()
        found = watched(server, tmp_path).asks_one(request(limit=501))

        assert len(server.asked) == 1
    assert isinstance(found, Answer)


def test_one_question_asked_by_many_at_once_is_sent_once(tmp_path: Path) -> None:
    async def job(asker: Asker) -> Sequence[Answer[Any] | Failure]:
        return await asyncio.gather(*(asker.ask(request()) for _ in range(5)))

    with serving(latency=0.05) as server:
        found = watched(server, tmp_path).run(job)
        asked = len(server.asked)

    assert asked == 1
    assert [each.is_cached for each in found if isinstance(each, Answer)] == [False] + [True] * 4


@pytest.mark.parametrize(
    "bad",
    [BAD, said(None), said(choice={"finish_reason": "length"}), said(message={"refusal": "No."})],
)
def test_only_good_answers_are_kept(bad: Sent, tmp_path: Path) -> None:
    with serving() as server:
        client = watched(server, tmp_path)
        client.asks_one(request("Air is light."))
        server.script = (bad,)
        gone = client.asks_one()
        server.script = (said(),)
        back = client.asks_one()

    assert isinstance(gone, Failure)
    assert isinstance(back, Answer)
    assert not back.is_cached


def test_an_unusable_answer_is_asked_again_once_with_the_reason(tmp_path: Path) -> None:
    with serving(said(), BAD, said()) as server:
        client = watched(server, tmp_path)
        found = client.ask(request("Air is light."), request())[1]
        again = server.asked[2].body["messages"]

    assert isinstance(found, Answer)
    assert found.usage.requests == 2
    assert found.usage.input == 200
    assert [each["role"] for each in again] == ["system", "user", "assistant", "user"]
    assert again[2]["content"] == '{"cards": [{"question": "Why?"}]}'
    assert "cards.0.answer: Field required" in again[3]["content"]


def test_an_answer_that_had_to_be_asked_for_twice_is_kept_for_the_question(tmp_path: Path) -> None:
    with serving(said(), BAD, said()) as server:
        watched(server, tmp_path).ask(request("Air is light."), request())
        found = watched(server, tmp_path).asks_one()

    assert isinstance(found, Answer)
    assert found.is_cached


def test_the_mode_that_works_is_told_in_one_line_and_remembered(tmp_path: Path) -> None:
    with serving(texts_only) as server:
        first = watched(server, tmp_path)
        first.ask(request(), request("Air is light."))
        second = watched(server, tmp_path)
        second.asks_one(request("Cold air sinks."))
        modes = server.modes

    assert modes == ["schema", "tool", "json", "text", "text", "text"]
    assert first.told == [f"{server_url(first)}: tiny-1 answers as JSON in plain text"]
    assert second.told == []


def server_url(client: Watched) -> str:
    return client.settings.base_url


def test_another_model_of_the_server_is_tried_afresh(tmp_path: Path) -> None:
    with serving(texts_only) as server:
        watched(server, tmp_path).asks_one()
        watched(server, tmp_path, model="tiny-2").asks_one()
        assert server.modes[4:] == ["schema", "tool", "json", "text"]


def test_the_schema_is_in_the_prompt_where_nothing_else_holds_it(tmp_path: Path) -> None:
    with serving(texts_only) as server:
        watched(server, tmp_path).asks_one()
        systems = [asked.body["messages"][0]["content"] for asked in server.asked]

    assert ["JSON Schema" in system for system in systems] == [False, False, True, True]


def test_a_server_that_unlearns_a_mode_is_followed_down(tmp_path: Path) -> None:
    gone = failed(400, "response_format json_schema is not supported")
    with serving(said(), gone, called()) as server:
        client = watched(server, tmp_path)
        found = client.ask(request(), request("Air is light."))
        again = watched(server, tmp_path).asks_one()
        modes = server.modes

    assert all(isinstance(each, Answer) for each in found)
    assert modes == ["schema", "schema", "tool"]
    assert isinstance(again, Answer), "what another mode answered is kept all the same"
    assert again.is_cached


def test_many_at_once_find_out_together_what_a_server_understands(tmp_path: Path) -> None:
    async def job(asker: Asker) -> Sequence[Answer[Any] | Failure]:
        return await asyncio.gather(*(asker.ask(request(f"Fact {n}.")) for n in range(8)))

    with serving(texts_only, latency=0.01) as server:
        watched(server, tmp_path).run(job)
        assert sorted(server.modes) == ["json", "schema", *["text"] * 8, "tool"]


def test_what_a_server_refused_is_left_out_from_then_on(tmp_path: Path) -> None:
    def fussy(asked: Asked) -> Sent:
        for part in ("temperature", "seed", "max_tokens", "max_completion_tokens"):
            if part in asked.body:
                return failed(400, f"Unsupported parameter: '{part}'")
        return said()

    with serving(fussy) as server:
        watched(server, tmp_path).ask(request(), request("Air is light."))
        watched(server, tmp_path).asks_one(request("Cold air sinks."))
        assert len(server.asked) == 7
        assert set(server.asked[-1].body) == {"model", "messages", "response_format"}


def test_no_more_than_allowed_are_under_way_at_once(tmp_path: Path) -> None:
    async def job(asker: Asker) -> Sequence[Answer[Any] | Failure]:
        return await asyncio.gather(*(asker.ask(request(f"Fact {n}.")) for n in range(12)))

    with serving(latency=0.02) as server:
        watched(server, tmp_path, concurrency=3).run(job)
        assert (len(server.asked), server.most_at_once) == (12, 3)


class Nights(Watched):
    """Surroundings where a sleeper wakes when it is told to."""

    asleep = asyncio.Event()
    morning = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.asleep.set()
        await self.morning.wait()
        self.time += seconds


def test_a_busy_server_holds_back_every_question(tmp_path: Path) -> None:
    async def job(asker: Asker) -> list[str]:
        await asker.ask(request())
        under_way = [asyncio.create_task(asker.ask(request("Air is light.")))]
        await client.asleep.wait()
        under_way.append(asyncio.create_task(asker.ask(request("Cold air sinks."))))
        await asyncio.sleep(0.02)
        modes = server.modes
        client.morning.set()
        await asyncio.gather(*under_way)
        return modes

    with serving(said(), failed(429, Retry_After="20"), said()) as server:
        client = Nights(tmp_path, watched(server, tmp_path).settings)
        modes = client.run(job)

    assert len(modes) == 2, "the third question waits with the second"
    assert client.slept[:2] == [20.375, 20.375]


def test_a_server_that_is_not_there_ends_the_run_with_the_remedy(tmp_path: Path) -> None:
    with serving() as server:
        client = watched(server, tmp_path)
    with pytest.raises(Stopped, match="is the server running") as caught:
        client.asks_one()

    assert caught.value.kind == "server"
    assert len(client.slept) == 1, "nobody waits long for a mistyped address"


def test_three_failures_in_a_row_end_the_run_and_what_was_done_is_kept(tmp_path: Path) -> None:
    questions = [request(f"Fact {n}.") for n in range(6)]
    with serving(said(), failed(500)) as server:
        client = watched(server, tmp_path)
        with pytest.raises(Stopped, match="3 failures in a row"):
            client.ask(*questions)
        asked = len(server.asked)
        found = watched(server, tmp_path).asks_one(questions[0])

    assert asked == 1 + 3 * 5
    assert isinstance(found, Answer)
    assert found.is_cached


def test_a_stopped_run_sends_nothing_more_but_gives_what_is_kept(tmp_path: Path) -> None:
    async def job(asker: Asker) -> list[str]:
        found: list[str] = []
        for each in ("Air is light.", "Heat rises.", "Cold sinks.", "Air is light."):
            try:
                found.append(type(await asker.ask(request(each))).__name__)
            except Stopped as stopped:
                found.append(stopped.kind)
        assert asker.stopped is not None
        return found

    with serving(said(), failed(401)) as server:
        found = watched(server, tmp_path).run(job)
        asked = len(server.asked)

    assert found == ["Answer", "auth", "auth", "Answer"]
    assert asked == 2


def test_failures_between_answers_end_no_run(tmp_path: Path) -> None:
    flaky = [part for _ in range(5) for part in (failed(500, x_should_retry="false"), said())]
    with serving(said(), *flaky) as server:
        found = watched(server, tmp_path).ask(*(request(f"Fact {n}.") for n in range(11)))

    assert [isinstance(each, Answer) for each in found] == [True] + [False, True] * 5


def test_requests_end_where_they_were_told_to(tmp_path: Path) -> None:
    questions = [request(f"Fact {n}.") for n in range(3)]
    with serving() as server:
        with pytest.raises(Stopped, match="--max-requests") as caught:
            watched(server, tmp_path, max_requests=2).ask(*questions)
        asked = len(server.asked)
        found = watched(server, tmp_path, max_requests=1).ask(*questions)

    assert (asked, caught.value.kind) == (2, "budget")
    assert all(isinstance(each, Answer) for each in found), "the next run goes on from there"


def test_attempts_count_as_requests(tmp_path: Path) -> None:
    with serving(failed(500), said()) as server:
        with pytest.raises(Stopped, match="--max-requests"):
            watched(server, tmp_path, max_requests=1).asks_one()
        assert len(server.asked) == 1


def test_money_is_never_spent_beyond_the_limit(tmp_path: Path) -> None:
    questions = [request(f"Fact {n}.", limit=20) for n in range(20)]

    async def job(asker: Asker) -> Sequence[Any]:
        asks = (asker.ask(each) for each in questions)
        return await asyncio.gather(*asks, return_exceptions=True)

    with serving(latency=0.01) as server:
        client = watched(server, tmp_path, max_cost=Decimal(1), price=PRICE)
        found = client.run(job)

    done = sum(isinstance(each, Answer) for each in found)
    assert all(isinstance(each, Answer | Stopped) for each in found)
    assert client.spent.cost == Decimal("0.14") * done
    assert 5 <= done <= 7, "each took 0.14, and at most 1.00 was allowed"


def test_a_limit_of_money_without_a_price_is_refused_beforehand() -> None:
    with pytest.raises(QuizgenError, match="--max-requests can"):
        Budget(max_cost=Decimal(1))


def test_what_no_answer_came_of_is_counted_as_spent(tmp_path: Path) -> None:
    with serving(said(), said(how="hang")) as server:
        client = watched(server, tmp_path, timeout=0.2, price=PRICE)
        found = client.ask(request("Air is light."), request())[1]

    assert isinstance(found, Failure)
    assert found.kind == "timeout"
    assert found.usage.is_estimate
    assert found.usage.input > 0
    assert client.spent.requests == 2
    assert client.spent.cost == Decimal("0.14") + of(found.usage)


def test_a_server_that_does_not_count_is_counted_for(tmp_path: Path) -> None:
    with serving(said(usage=None)) as server:
        found = watched(server, tmp_path).asks_one()

    assert isinstance(found, Answer)
    assert found.usage.is_estimate
    assert found.usage.output == -(-len(GOOD) * 2 // 7)


def test_real_counts_correct_the_estimate(tmp_path: Path) -> None:
    async def job(asker: Asker) -> tuple[int, int]:
        before = asker.meter.tokens(7000)
        for n in range(5):
            await asker.ask(request(f"{n} " + "Жара " * 400))
        return before, asker.meter.tokens(7000)

    heavy = {"prompt_tokens": 1800, "completion_tokens": 20}
    with serving(said(usage=heavy)) as server:
        before, after = watched(server, tmp_path).run(job)

    assert before == 2000
    assert 2800 < after < 3300


def test_an_answer_in_an_outdated_shape_is_paid_for_again(tmp_path: Path) -> None:
    class Longer(Cards):
        def model_post_init(self, _: Any) -> None:
            if len(self.cards) < 2:
                raise ValueError("too few")

    two = json.dumps({"cards": [json.loads(GOOD)["cards"][0]] * 2})
    with serving(said(), said(two)) as server:
        watched(server, tmp_path).asks_one()
        found = watched(server, tmp_path).asks_one(replace(request(), schema=Longer))
        again = watched(server, tmp_path).asks_one(replace(request(), schema=Longer))
        asked = len(server.asked)

    assert asked == 2
    assert isinstance(found, Answer)
    assert isinstance(again, Answer)
    assert again.is_cached
