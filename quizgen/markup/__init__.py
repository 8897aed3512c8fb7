"""Write card text, which is Markdown with maths, for Anki, for pages and as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from quizgen import cloze
from quizgen.cloze import Blank
from quizgen.markup import blanks, colours, mathml, safe, tree
from quizgen.markup.tree import Target

if TYPE_CHECKING:
    from markupsafe import Markup

_BLANK_TEX = r"{\underline{\qquad}}"
_INNER_END = re.compile(r"\}(?=\})")
_INNER_DELIMITER = re.compile(r"(\\\\)(?=[()])|(\\\\)|\\([()\[\]])")
_SEPARATOR = re.compile(r":{2,}|:$")


# --- Anki --------------------------------------------------------------------


def to_anki(text: str, media: Mapping[str, str] | None = None) -> str:
    r"""Write card text as HTML for an Anki field, maths as `\(…\)` and `\[…\]`.

    `media` gives the names that pictures and sounds have in Anki, by their paths in the text;
    of others only the words are shown.
    """
    return tree.render(safe.clean(text), _anki(media))


def media(text: str) -> tuple[str, ...]:
    """List the pictures and sounds of card text that stand in the deck's folder, by their paths."""
    return tree.media(text)


def words_to_anki(words: str) -> str:
    """Write a document's own words, which are not Markdown, as HTML for an Anki field."""
    return safe.for_anki(safe.clean(words)).replace("\n", "<br>")


def address_to_anki(address: str) -> str:
    """Escape a link's address, empty unless it is http or https."""
    clean = safe.clean(address).strip()
    return safe.for_anki_attribute(clean) if tree.is_link(clean) else ""


def cloze_to_anki(text: str, media: Mapping[str, str] | None = None) -> str:
    """Write a cloze as HTML for an Anki field, with `{{c1::…}}` around hidden words."""
    return blanks.render(
        text, _anki(media), blank=_deletion, maths=_maths_deletion, code=_code_deletion
    )


def _deletion(blank: Blank, inside: str) -> str:
    hint = safe.for_anki(blank.hint)
    parts = [f"c{blank.number}", *map(_without_separator, (inside, hint) if hint else (inside,))]
    return "{{" + "::".join(parts) + "}}"


def _code_deletion(blank: Blank) -> str:
    return _deletion(blank, safe.for_anki(blank.text))


def _maths_deletion(blank: Blank) -> str:
    # In TeX the deck's `x^{{2n}}` is a group, so the group stays around the deletion; the
    # spaces keep the braces apart when Anki's editor turns the entities back.
    return f"&#123; {_deletion(blank, safe.for_anki_attribute(_tex(blank.text)))} &#125;"


def _without_separator(inside: str) -> str:
    """Hide `::`, behind which Anki sees a hint."""
    return _SEPARATOR.sub(lambda found: "&#58;" * len(found[0]), inside)


def _tex_to_anki(tex: str, display: bool) -> str:  # noqa: FBT001 - the signature of `tree.Maths`
    written = safe.for_anki_attribute(_tex(tex))
    return rf"\[{written}\]" if display else rf"\({written}\)"


def _tex(source: str) -> str:
    """Take out delimiters, and part `}}`.

    It ends a deletion once Anki's editor has turned entities into braces.
    """
    inner = _INNER_DELIMITER.sub(_kept_from_delimiting, source)
    return _INNER_END.sub("} ", inner)


def _kept_from_delimiting(found: re.Match[str]) -> str:
    return f"{found[1]} " if found[1] else found[2] or found[3]


def _code_to_anki(code: str, language: str) -> str:
    return colours.write(code, language, safe.for_anki)


_ANKI = Target(safe.for_anki, safe.for_anki_attribute, _tex_to_anki, code=_code_to_anki)
_SOUNDS = (".mp3", ".m4a", ".oga", ".ogg", ".opus", ".wav", ".flac")


def _anki(media: Mapping[str, str] | None) -> Target:
    if not media:
        return _ANKI

    def picture(path: str, words: str) -> str:
        name = media.get(path, "")
        if not name:
            return safe.for_anki(words)
        if name.endswith(_SOUNDS):
            return f"[sound:{name}]"
        return f'<img src="{name}" alt="{safe.for_anki_attribute(words)}">'

    return replace(_ANKI, picture=picture)


# --- pages -------------------------------------------------------------------


def to_html(text: str) -> Markup:
    """Write card text as HTML for a page, maths as MathML."""
    return _markup(tree.render(safe.clean(text), _PAGE))


def blanked_html(text: str, shown: Callable[[Blank], str]) -> Markup:
    """Write a cloze as a learner sees it on a page, with the HTML `shown` for each blank.

    A blank inside maths is a ruled space in the formula.
    """
    _, found = blanks.mark(text)

    def maths(tex: str, display: bool) -> str:  # noqa: FBT001 - the signature of `tree.Maths`
        return mathml.convert(blanks.unmark(tex, found, lambda _: _BLANK_TEX), display=display)

    return _markup(
        blanks.render(
            text,
            Target(safe.for_page, safe.for_page, maths),
            blank=lambda blank, _inside: shown(blank),
            maths=_never,
            code=shown,
        ),
    )


def filled_html(text: str, shown: Callable[[Blank, str], str]) -> Markup:
    """Write a cloze with its words in their places, with the HTML `shown` for blank and words.

    A blank inside maths is underlined in the formula.
    """
    _, found = blanks.mark(text)

    def maths(tex: str, display: bool) -> str:  # noqa: FBT001 - the signature of `tree.Maths`
        told = blanks.unmark(tex, found, lambda blank: rf"{{\underline{{{blank.text}}}}}")
        return mathml.convert(told, display=display)

    return _markup(
        blanks.render(
            text,
            Target(safe.for_page, safe.for_page, maths),
            blank=shown,
            maths=_never,
            code=lambda blank: shown(blank, safe.for_page(blank.text)),
        ),
    )


def _never(blank: Blank) -> str:
    raise AssertionError(blank)  # blanks in maths went into it before it became MathML


def _tex_to_page(tex: str, display: bool) -> str:  # noqa: FBT001 - the signature of `tree.Maths`
    return mathml.convert(tex, display=display)


_PAGE = Target(safe.for_page, safe.for_page, _tex_to_page)


def _markup(html: str) -> Markup:
    from markupsafe import Markup  # noqa: PLC0415

    return Markup(html)  # noqa: S704 - every target escapes what it did not write itself


# --- plain text --------------------------------------------------------------


def to_plain(text: str) -> str:
    """Write card text without its markup, maths as its source."""
    return safe.clean(tree.plain(safe.clean(text)))


def words_to_plain(words: str) -> str:
    """Write a title or a name, which is not Markdown, on one line without control characters."""
    return " ".join(safe.clean(words).split())


def cloze_plain(text: str) -> str:
    """Write a cloze's Markdown with every blank numbered: `{{c1::word}}`, `{{c2::word::hint}}`."""
    return "".join(part if isinstance(part, str) else _numbered(part) for part in cloze.parse(text))


def _numbered(blank: Blank) -> str:
    hint = f"::{blank.hint}" if blank.hint else ""
    return f"{{{{c{blank.number}::{blank.text}{hint}}}}}"
