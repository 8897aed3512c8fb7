"""What the report says of a page's quotes, and what a transcript would unlock."""

from __future__ import annotations

from dataclasses import replace

from quizgen import layout, quoteaudit, works
from quizgen.model import Document, Work

PAGE = """\
Ada Reyes: Rivers and Floods | Water Talk #7

Mar 4, 2024|40 min video

Words worth saving

3 quotes

A river never forgets where it used to run, and it will come back.

Ada Reyes

We spent a century straightening rivers, and we have paid for it ever since.

Ada Reyes

The cheapest dike is the meadow that is allowed to flood.

Ada Reyes
"""
SPOKEN = """\
# Ada Reyes: Rivers and Floods | Water Talk #7

[1:12](https://youtu.be/riverTalk07?t=72)
**Sam Cole:** And what happens when a town builds on the old bed?

[1:20](https://youtu.be/riverTalk07?t=80)
**Ada Reyes:** It floods. A river never really forgets where it used to run, and it will come back.
In the valley where I grew up they spent a century straightening small rivers, and every spring
since my childhood the whole town has paid for it in sandbags.

[38:02](https://youtu.be/riverTalk07?t=2282)
**Sam Cole:** And your last word?

[38:05](https://youtu.be/riverTalk07?t=2285)
**Ada Reyes:** The cheapest dike is the meadow that is allowed to flood.
"""


def read(text: str, path: str) -> Document:
    return layout.recognise(text.split("\n"), path)


def told(work: Work) -> list[str]:
    names = {document.path: document.path for document in work.documents}
    return list(quoteaudit.lines(work, quoteaudit.audit(work), names))


def both(page: str = PAGE, spoken: str = SPOKEN) -> Work:
    return works.together((read(page, "page.txt"), read(spoken, "spoken.md")))


def test_the_report_counts_what_was_never_said_and_gives_the_words_that_were():
    assert "\n".join(told(both())) == (
        "page.txt: 1 of 3 quotes on this page was never said like that, 1 differs by a few words\n"
        "  page.txt:9: “A river never forgets where it used to run, and it will come back.”\n"
        "    said: “A river never really forgets where it used to run, and it will come back.”"
        " — Ada Reyes, 1:20, spoken.md:7\n"
        "  page.txt:13: “We spent a century straightening rivers, and we have paid for it ever"
        " since.”\n"
        "    closest: “In the valley where I grew up they spent a century straightening small"
        " rivers, and every spring since my childhood the whole town has paid for it in sandbags.”"
        " — Ada Reyes, 1:20, spoken.md:8-9"
    )


def test_quotes_that_were_said_so_need_one_line():
    quotes = PAGE.split("\n")
    page = "\n".join([*quotes[:5], "", "1 quote", "", *quotes[16:]])
    assert told(both(page)) == ["page.txt: the one quote on this page was said so"]


def test_what_stands_in_no_transcript_may_have_been_said_where_that_stops():
    (line, *_) = told(both(spoken=SPOKEN.replace("38:0", "8:0")))
    assert "not in the transcript, which is not whole" in line
    assert "never said" not in line


def test_a_page_alone_is_told_what_a_transcript_would_unlock():
    page = read(PAGE, "page.txt")
    assert told(works.together((page,))) == [
        "a transcript, given too, would compare 3 quotes with what was said"
    ]


def test_a_transcript_alone_is_asked_for_nothing():
    assert told(works.together((read(SPOKEN, "spoken.md"),))) == []


def test_a_transcript_is_whole_as_far_as_lengths_can_tell():
    spoken = read(SPOKEN, "spoken.md")
    assert quoteaudit.is_whole(spoken, works.together((spoken,)))
    assert quoteaudit.is_whole(spoken, works.together((replace(spoken, minutes=40),)))
    assert not quoteaudit.is_whole(spoken, works.together((replace(spoken, minutes=90),)))
