from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import cloze, markup
from quizgen.markup import mathml, safe, tree

FRAGMENTS = (
    *("<int>", "</div>", "&amp;", "&#12;", "&#xD800;", "<script>alert(1)</script>", '"', "'"),
    *("**", "*", "_", "`", "```\n", "$", "$$", "|", "\n", "\n\n", "- ", "1. ", "> ", "# ", "\\"),
    *("[sound:x.mp3]", "[latex]", "[a](http://x.y)", "![b](http://x.y/z.png)", "<std::a>", "::"),
    *("{{", "}}", "{", "}", "{{c1::x}}", "{{c2::y::z}}", "\\(", "\\)", "\\[", "\\]", "x^{2^{n}}"),
    *(
        "\x1f",
        "\x00",
        "\r\n",
        "\ud800",
        "\ufdd0",
        "\ufdd1",
        "0",
        "\u2028",
        "שלום",
        "细胞",
        " ",
        "a",
    ),
)
nasty = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=6))).map("".join)


class Page(HTMLParser):
    """What a browser would make of HTML: its tags, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update((name, value or "") for name, value in attrs)
        if tag == "br":
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        self.text += data


OURS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr", "br", "pre"),
    *("code", "em", "strong", "a", "table", "thead", "tbody", "tr", "th", "td", "span"),
}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("ATP, by oxidation.", "ATP, by oxidation."),
        ("**ATP** and *heat*", "<strong>ATP</strong> and <em>heat</em>"),
        ("about $\\frac{1}{2}$", "about \\(\\frac&#123;1&#125;&#123;2&#125;\\)"),
        ("$$E = mc^2$$", "\\[E = mc^2\\]"),
        ("from $5 to $10, or $5–$10", "from $5 to $10, or $5–$10"),
        ("$n!$ for n = 5, or $6", "\\(n!\\) for n = 5, or $6"),
        ("\\( a_1 \\) and \\(b\\\\ c\\)", "\\(a_1\\) and \\(b\\\\ c\\)"),
        ("\\\\(x\\\\) or \\(x", "\\<span></span>(x\\<span></span>) or (x"),
        ("List<int> & x", "List&lt;int&gt; &amp; x"),
        ("<std::vector>", "&lt;std::vector&gt;"),
        ("[sound:x.mp3]", "&#91;sound:x.mp3]"),
        ("{{Field}}", "&#123;&#123;Field&#125;&#125;"),
        ("\\{{Field}}", "&#123;&#123;Field&#125;&#125;"),
        ("`\\(live\\)`", "<code>\\<span></span>(live\\<span></span>)</code>"),
        ("a\x1fb\ud800c", "abc"),
        ("![a *red* cell](http://x.y/z.png)", "a red cell"),
        ("[the page](javascript:alert(1))", "the page"),
        ("[the page](https://x.y/?a=1&b=2)", '<a href="https://x.y/?a=1&amp;b=2">the page</a>'),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("```\nx = {}\n```", "<pre><code>x = &#123;&#125;</code></pre>"),
        (
            "```c\nif(x)//<b>\n```",
            '<pre><code class="language-c"><span class="k">if</span>(x)'  # noqa: ISC004
            '<span class="c">//&lt;b&gt;</span></code></pre>',
        ),
        ("```nonsense\nx < y\n```", '<pre><code class="language-nonsense">x &lt; y</code></pre>'),
        ("{漢字|かんじ} {x|y}", "<ruby>漢字<rt>かんじ</rt></ruby> &#123;x|y&#125;"),
        ("![a cell](../secret.png)![b](/etc/x.png)", "a cellb"),
        ("1969 was the year", "1969 was the year"),
        ("1) was first", "<ol>\n<li>was first</li>\n</ol>"),
    ],
)
def test_card_text_becomes_html_in_which_only_the_deck_is_markup(text: str, html: str) -> None:
    assert markup.to_anki(text) == html


@given(nasty)
def test_nothing_from_a_source_acts_in_anki(text: str) -> None:
    html = markup.to_anki(text)
    page = Page(html)
    assert page.tags <= OURS
    assert {name for name, _ in page.attributes} <= {"href", "start", "style"}
    assert "{" not in html
    assert "[" not in html.replace("\\[", "")
    assert safe.clean(html) == html
    assert html.count("\\(") == html.count("\\)")
    assert html.count("\\[") == html.count("\\]")


@given(nasty)
def test_a_documents_own_words_are_shown_as_they_are(words: str) -> None:
    page = Page(markup.words_to_anki(words))
    assert page.text == safe.clean(words)
    assert page.tags <= {"br", "span"}


@given(st.one_of(nasty, st.text()))
def test_text_that_looks_plain_is_left_alone_by_the_parser_too(text: str) -> None:
    clean = safe.clean(text)
    if clean and tree.is_plain(clean):
        tokens = tree.parse(clean)
        assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
        assert "".join(token.content for token in tokens[1].children or ()) == clean


@given(nasty)
def test_pages_get_no_foreign_markup(text: str) -> None:
    maths = {"math", "mrow", "mi", "mo", "mn", "mtext", "msup", "msub", "mspace", "msubsup"}
    page = Page(str(markup.to_html(text)))
    assert page.tags <= OURS | maths
    assert not {name for name, _ in page.attributes} & {"style", "src", "class", "onerror"}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**ATP** is `fuel` for $x^2$", "ATP is fuel for $x^2$"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n1 | 2"),
        ("- one\n- two", "one\ntwo"),
        ("\\(x^2\\) is square", "$x^2$ is square"),
        ("see [the page](http://x.y) and ![a cell](z.png)", "see the page and a cell"),
        ("<std::vector>", "<std::vector>"),
        ("a\x1fb", "ab"),
    ],
)
def test_plain_text_keeps_words_and_the_source_of_maths(text: str, plain: str) -> None:
    assert markup.to_plain(text) == plain


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("The {{cell}} divides.", "The {{c1::cell}} divides."),
        ("{{a}} and {{c2::b::letter}}", "{{c1::a}} and {{c2::b::letter}}"),
        ("**all of {{it}}**", "<strong>all of {{c1::it}}</strong>"),
        ("{{**it**}}", "{{c1::<strong>it</strong>}}"),
        ("**a {{b** c}}", "**a {{c1::b** c}}"),
        ("{{std::vector}}", "{{c1::std&#58;&#58;vector}}"),
        ("{{ratio:}}", "{{c1::ratio&#58;}}"),
        ("{{$x^{2^{n}}$}}", "{{c1::\\(x^&#123;2^&#123;n&#125; &#125;\\)}}"),
        ("$E = {{mc^2}}$", "\\(E = &#123; {{c1::mc^2}} &#125;\\)"),
        ("`let {{x}} = 1`", "<code>let {{c1::x}} = 1</code>"),
        ("[x](http://y.z/{{b}})", "&#91;x](http://y.z/{{c1::b}})"),
        ("\\{{no blank}} {{one}}", "&#123;&#123;no blank&#125;&#125; {{c1::one}}"),
    ],
)
def test_blanks_become_deletions_wherever_they_stand(text: str, html: str) -> None:
    assert markup.cloze_to_anki(text) == html


@given(nasty)
def test_every_blank_survives_and_only_blanks_are_deletions(text: str) -> None:
    html = markup.cloze_to_anki(text)
    count = len(cloze.hidden(safe.clean(text)))
    assert html.count("{{") == html.count("}}") == count
    assert html.count("{") == html.count("}") == 2 * count


@given(nasty)
def test_every_blank_is_shown_on_pages_or_in_their_maths(text: str) -> None:
    shown = str(markup.blanked_html(text, lambda _: "<i>blank</i>"))
    in_maths = shown.count("<mspace") + shown.count(r"\underline{\qquad}")
    assert shown.count("<i>blank</i>") + in_maths >= len(cloze.hidden(safe.clean(text)))
    assert Page(shown).tags.isdisjoint({"script", "img", "int"})


def test_pages_show_blanks_instead_of_words() -> None:
    text = "The {{cell **wall**}} holds."
    assert markup.blanked_html(text, lambda _: "<u></u>") == "The <u></u> holds."


def test_a_blank_in_maths_is_a_rule_on_pages() -> None:
    assert "<munder>" in markup.blanked_html("$x^{{2n}}$", lambda _: "___")


def test_json_gets_every_blank_numbered() -> None:
    text = "{{a}} $x$ {{c1::b::hint}} **{{c}}**"
    assert markup.cloze_plain(text) == "{{c1::a}} $x$ {{c1::b::hint}} **{{c3::c}}**"


@pytest.mark.parametrize(
    "tex",
    [
        *(
            "{",
            "^",
            "\\frac",
            "\\left(",
            "\\text",
            "\\begin{matrix} a",
            "\\unheard{x}",
            "\\frac" * 700,
        ),
        *("\\newcommand{\\a}{xx}\\a", "\\def\\a{xx}\\a", "{" * 3000, "x" * 5000),
    ],
)
def test_maths_that_cannot_be_read_shows_its_source(tex: str) -> None:
    assert mathml.convert(tex) == f"<code>{tex}</code>"


def test_maths_brings_no_markup_or_address_of_its_own() -> None:
    assert "&lt;b&gt;" in mathml.convert("\\text{<b>x</b>}")
    assert "&amp;" in mathml.convert("a & b")
    assert "javascript" not in mathml.convert("\\href{javascript:alert(1)}{x}")
    assert "red" not in mathml.convert("\\style{background: red}{x}")


@given(
    st.lists(st.sampled_from([*"{}[]^_&<>ab1 ", "\\frac", "\\text", "\\sqrt", "\\left", "\\\\"]))
)
def test_no_formula_breaks_the_page(tokens: list[str]) -> None:
    html = mathml.convert("".join(tokens))
    assert html.startswith(("<math", "<code>"))
