"""Read what a line says about its document: date, length, participants, recording."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizgen.layout import names, shapes
from quizgen.model import Person
from quizgen.words import unmarked


@dataclass(frozen=True, slots=True)
class Facts:
    """What one line says; `field` names the strongest of it."""

    field: str
    title: str = ""
    date: str = ""
    minutes: int = 0
    recording: str = ""
    url: str = ""
    language: str = ""
    people: tuple[Person, ...] = ()


_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_MONTH = (
    r"(?P<{}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_YEAR = r"(?P<{}>(?:19|20)\d\d)"
# No boundary after the year: pages glue the length to it ("May 7, 20201h 37m").
_DATE = re.compile(
    rf"(?<!\w)(?:{_YEAR.format('y1')}-(?P<m1>\d\d)(?:-(?P<d1>\d\d))?(?:[T ]\d\d:\d\d(?::\d\d)?)?"
    rf"|{_YEAR.format('y5')}/(?P<m5>\d{{1,2}})/(?P<d5>\d{{1,2}})(?![\d/])"
    rf"|{_MONTH.format('m2')}\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR.format('y2')}"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\.? {_MONTH.format('m3')}\.?,? {_YEAR.format('y3')}"
    rf"|{_MONTH.format('m4')}\.? {_YEAR.format('y4')})"
)
_HOURS = re.compile(
    r"(?<!\d:)(?:(\d{1,2}) ?h(?:(?:ou)?rs?)?,? ?"
    r"(?:(\d{1,2}) ?m(?:in(?:ute)?s?)?(?![a-z]))?(?![a-z])"
    r"|(\d{1,4})[ -]?min(?:ute)?s? (?:video|audio|episode|listen|watch|talk|lecture|long)\b)"
)
_MINUTES = re.compile(r"(\d{1,4}) ?m(?:in(?:ute)?s?)?\b")
# What stands beside a date or a length on a page and is no fact about the recording.
_BESIDE = re.compile(
    r"\d+ ?min(?:ute)?s? read|[\d.,]+[KMB]? ?(?:views?|likes?|comments?|subscribers|plays)"
    r"|(?:Watch|Listen|Play|Open) on [\w ]+|UTC"
    r"|(?:[Tt]his (?:article|post|page|episode|story|talk) )?(?:[Ww]as )?(?:[Ff]irst |[Ll]ast )?"
    r"(?:[Pp]ublished|[Rr]ecorded|[Pp]osted|[Uu]pdated|[Pp]remiered|[Ss]treamed|[Rr]eleased|[Aa]ired)"
    r"(?: on)?:?|(?:[Rr]ecording|[Ee]pisode|[Rr]elease) date:?"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|[↗→|•·,()\[\]]|(?<!\w)[\d.,]+[KMB]?(?!\w)",
)
# Without a word beside it such a length is the page's own, where it stands beside a date.
_PLAIN_MINUTES = re.compile(r"(?<![\d:])(\d{1,3}) ?min(?:ute)?s?\b(?! read)")
_PARTED = re.compile(r"[|•·↗]|\bviews\b|\bread\b")
_ROLE = r"(?:co-)?host|guest|speaker|author|interviewer|moderator|lecturer|presenter"
_GLUED_ROLE = re.compile(rf"({_ROLE})(?=[A-Z\s,|•·)]|$)")
_ROLES = {
    "host": "host",
    "co-host": "host",
    "interviewer": "host",
    "moderator": "host",
    "guest": "guest",
    "author": "author",
    "by": "author",
}
_ROW = re.compile(r"\s+[|·•]\s+")
_BESIDE_A_ROW = re.compile(
    r"(?:Season \d{1,3},? ?)?(?:Episode|Ep\.?|Part|No\.|#) ?#?\d{1,4}|\d+ ?min(?:ute)?s?(?: \w+)?"
    r"|(?:Reading|Listening) time:? .{1,20}|★ ?[\d.]+|[\d.]+ ?★"
    r"|[\d.,]+[KMB]? (?:views?|likes?|plays|ratings?|comments?|downloads)",
    re.IGNORECASE,
)
_BY = re.compile(r"[Bb]y (?P<name>[A-Z][^,;:()]{2,90}?)(?: \((?P<year>(?:1[4-9]|20)\d\d)\))?")
_PLACE = re.compile(r"\|\s*(?:in|at) [A-Z][\w.'’-]*(?:,? [A-Z][\w.'’-]*){0,3}$")
_TONGUES = {
    "english": "en",
    "eng": "en",
    "german": "de",
    "deutsch": "de",
    "french": "fr",
    "spanish": "es",
    "italian": "it",
    "portuguese": "pt",
    "russian": "ru",
}
_RECORDING = re.compile(r"(?<![\w-])([\w-]{11})(?![\w-])")
_YOUTUBE = re.compile(
    r"https?://(?:www\.|m\.)?(?:youtu\.be/|youtube\.com/"
    r"(?:watch\?(?:\S{0,80}&)?v=|live/|embed/|shorts/))([\w-]{11})(?![\w-])"
)
_KEY = re.compile(r"\s*(?:\*\*)?([A-Za-z][A-Za-z ]{1,20}?)(?:\*\*)?:(?:\*\*)?\s+(\S.*)$")
# Notebooks of linked notes write what a page is about so.
_PROPERTY = re.compile(r"\s*(?:- )?([A-Za-z][\w-]{1,30}):: +(\S.*)$")
_PROPERTIES = re.compile(
    r"\*\*(?:Org|Organi[sz]ation|Track|Day|Room|Venue|Channel|Series|Category|Tags)\b[\w/ ]{0,12}"
    r":?\*\*:? .{1,200}",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:\*\*)?(?:Source|Reference|Paper|Citation|Via)(?:\*\*)?:(?:\*\*)? (?P<what>\S.{2,250})$"
)
_LINKED = re.compile(r"\]\((?P<url>https?://[^()\s]+)\)")
_NO_PAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|mp[34])(?:\?|$)|[?&]utm_|/assets/")
_SHOW = re.compile(r"([^:|]{3,60}): (.{2,120}?) \| (.{2,80})$")
_TALK = re.compile(r"([^(–—|]{3,60}?) \(([^()]{2,80})\) [–—-] (.{2,150})$")
_WITH = re.compile(
    r"\b(?:podcast|interview|conversation|show|episode|talk(?:ing)?) with (.{3,60})$", re.IGNORECASE
)
_PODCAST_OF = re.compile(r"(.{3,60}?)(?:'s|’s)? (?:[Pp]odcast|[Ss]how)\b")


def read(line: str) -> Facts | None:
    """Read a line that says nothing but facts about its document."""
    text = line.strip()
    if not 3 <= len(text) <= 300:
        return None
    return _key(text) or _address(text) or _people(text) or _dated(text) or _row(text)


def of_title(title: str) -> Facts:
    """Read what a title itself tells: who speaks, and when."""
    people: list[Person] = []
    if (show := _SHOW.match(title)) and names.is_full_name(show[1]):
        people.append(Person(show[1], "guest"))
    elif (talk := _TALK.match(title)) and names.is_full_name(talk[1]):
        people.append(Person(talk[1], "speaker"))
    elif (guest := _WITH.search(title)) and names.is_full_name(guest[1]):
        people.append(Person(guest[1], "guest"))
    found = _DATE.search(title)
    return Facts("title", date=_date(found) if found else "", people=tuple(people))


def is_titled(line: str) -> bool:
    """Claim that a line is a title by its parts: who, what, and where it was said."""
    return _SHOW.match(line) is not None or _TALK.match(line) is not None


def is_host(name: str, title: str) -> bool:
    """Claim that a title names the show after this person."""
    match = _PODCAST_OF.search(title.rpartition("|")[2].strip())
    return match is not None and names.fold(match[1]) == names.fold(name)


def of_key(key: str, value: str) -> Facts | None:
    """Read one `key: value` pair of a header or of front matter."""
    value = shapes.unquote(unmarked(value).strip().strip("'"))
    match key.casefold().replace("_", " ").strip():
        case "title" | "full-title":
            return Facts("title", title=value)
        case (
            "date"
            | "published"
            | "recorded"
            | "recorded on"
            | "publish date"
            | "upload date"
            | "episode date"
            | "release date"
            | "released"
            | "recording date"
            | "episode recorded"
            | "episode released"
            | "air date"
            | "aired"
            | "broadcast"
            | "streamed"
        ):
            found = _DATE.search(value)
            return Facts("date", date=_date(found)) if found else None
        case "language" | "lang":
            # A notebook's language is Python: only codes and names of tongues tell anything.
            code = _TONGUES.get(value.casefold()) or value.casefold()
            told = re.fullmatch(r"[a-z]{2}(?:[-_][a-z]{2,4})?", code)
            return Facts("language", language=code[:2]) if told else None
        case "duration sec" | "duration seconds" | "length seconds" if value.isdecimal():
            return Facts("length", minutes=round(int(value[:6]) / 60)) if len(value) < 7 else None
        case "length" | "duration" | "runtime":
            minutes = _length(value)
            return Facts("length", minutes=minutes) if minutes else None
        case (
            "url" | "source" | "link" | "video" | "media" | "youtube" | "youtube url" | "source url"
        ):
            return _address(value)
        case "video id" | "youtube id":
            found = _RECORDING.fullmatch(value)
            return Facts("recording", recording=value) if found else _address(value)
        case (
            "host"
            | "hosts"
            | "guest"
            | "guests"
            | "speaker"
            | "speakers"
            | "author"
            | "authors"
            | "lecturer"
            | "presenter"
            | "instructor"
            | "interviewer"
            | "moderator"
            | "interviewee"
            | "participants"
        ):
            role = _ROLES.get(key.casefold().rstrip("s"), "speaker")
            who = [part.strip(" []\"'") for part in re.split(r",| and |&", value)]
            if all(names.is_name(_bare(name)) for name in who):
                return Facts("people", people=tuple(_person(name, role) for name in who))
            # "Ada Lovelace, mathematician": one person, and what she is.
            alone = names.is_full_name(_bare(who[0])) and who[1:] and who[1][:1].islower()
            return Facts("people", people=(Person(_bare(who[0]), role),)) if alone else None
        case _:
            return None


def recording(url: str) -> str:
    """Give the video id in a YouTube address, or nothing."""
    match = _YOUTUBE.match(url)
    return match[1] if match else ""


def _key(text: str) -> Facts | None:
    if match := _PROPERTY.match(text):
        value = match[2].replace("[[", "").replace("]]", "").removesuffix("(highlights)")
        return of_key(match[1], value) or Facts("property")
    match = _KEY.match(text)
    told = of_key(match[1], match[2]) if match else None
    if source := _SOURCE.match(text):
        link = _LINKED.search(source["what"])
        return told or Facts("source", url=link["url"] if link else "")
    return told or (Facts("property") if _PROPERTIES.fullmatch(text) else None)


def _address(text: str) -> Facts | None:
    if not text.startswith(("http://", "https://")) or " " in text or _NO_PAGE.search(text):
        return None
    video = recording(text)
    return Facts("recording" if video else "url", recording=video, url="" if video else text)


def _people(text: str) -> Facts | None:
    """Read `Ada LovelacehostCharles Babbageguest`, glued or not, and `by Ada Lovelace (1843)`."""
    if by := _BY.fullmatch(unmarked(text)):
        who = re.split(r",? and | & ", by["name"])
        if all(map(names.is_full_name, who)):
            return Facts("people", people=tuple(Person(name, "author") for name in who))
    parts = _GLUED_ROLE.split(text)
    if len(parts) < 3 or parts[-1].strip(" )|•·"):
        return None
    people: list[Person] = []
    for name, role in zip(parts[::2], parts[1::2], strict=False):
        bare = name.strip(" ,(|•·)")
        if not names.is_name(bare):
            return None
        people.append(Person(bare, _ROLES.get(role, "speaker")))
    return Facts("people", people=tuple(people))


def _row(text: str) -> Facts | None:
    """Read `Show · Episode 12 · Guest: Ada Lovelace, mathematician · Mar 14, 2023 · 58 min`."""
    parts = [part.strip() for part in _ROW.split(text) if part.strip()]
    if len(parts) < 3 or text.endswith((".", "!", "?", ":")):
        return None
    told = [_key(part) or _dated(part) for part in parts]
    beside = [_BESIDE_A_ROW.fullmatch(part) is not None for part in parts]
    facts = [each for each in told if each]
    others = [
        part
        for part, each, known in zip(parts, told, beside, strict=True)
        if not each and not known
    ]
    # One part may be the show's own name.
    if len(facts) + sum(beside) < 2 or len(others) > 1 or any(len(o.split()) > 6 for o in others):
        return None
    if not facts:
        return Facts("property")
    return Facts(
        facts[0].field,
        date=next((each.date for each in facts if each.date), ""),
        minutes=next((each.minutes for each in facts if each.minutes), 0),
        recording=next((each.recording for each in facts if each.recording), ""),
        people=tuple(person for each in facts for person in each.people),
    )


def _dated(text: str) -> Facts | None:
    """Read date, length and video id from a line with at most a few words beside them."""
    pictured = shapes.picture(text) != ""
    text = shapes.undecorated(text)
    text = text[1:-1].rstrip(".") if text.startswith("[") and text.endswith("]") else text
    found = _DATE.search(text)
    rest = text[: found.start()] + "|" + text[found.end() :] if found else text
    minutes = _length(rest, strict=True)
    plain = _PLAIN_MINUTES.search(rest) if (found or pictured) and not minutes else None
    if plain:
        minutes = int(plain[1])
        rest = rest.replace(plain[0], " ")
    rest = _BESIDE.sub(" ", _PLACE.sub(" ", _HOURS.sub(" ", rest)))
    video = _RECORDING.search(rest) if found else None
    # Eleven letters can be a word; a video id nearly always has a digit, dash or capital within.
    if video and (video[1].isalpha() and (video[1].islower() or video[1].istitle())):
        video = None
    if video:
        rest = rest.replace(video[1], " ")
    words = rest.replace("&", " ").split()
    if not (found or minutes) or len(words) > 3 or text.endswith((".", "!", "?", ":")):
        return None
    # With words beside it a date is often a title's: "Cell biology (Mar 2022)".
    if words and not (words[0][0].isupper() and (minutes or _PARTED.search(text))):
        return None
    return Facts(
        "date" if found else "length",
        date=_date(found) if found else "",
        minutes=minutes,
        recording=video[1] if video else "",
    )


def _length(text: str, *, strict: bool = False) -> int:
    match = _HOURS.search(text)
    if match:
        return int(match[3] or 0) or int(match[1]) * 60 + int(match[2] or 0)
    if strict:
        return 0
    if minutes := _MINUTES.search(text):
        return int(minutes[1])
    clock = shapes.stamp(text)
    return round(clock.seconds / 60) if clock else 0


def _date(found: re.Match[str]) -> str:
    year = next(found[f"y{way}"] for way in range(1, 6) if found[f"y{way}"])
    name = next((found[f"m{way}"] for way in (2, 3, 4) if found[f"m{way}"]), "")
    number = int(found["m1"] or found["m5"] or 0)
    month = _MONTHS.index(name[:3].casefold()) // 3 + 1 if name else number
    day = next((int(found[f"d{way}"]) for way in (1, 2, 3, 5) if found[f"d{way}"]), 0)
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"


def _person(told: str, role: str) -> Person:
    """Read `Ada Lovelace (host)`; what stands in brackets may be what she is."""
    beside = told.partition("(")[2].rstrip(") ").casefold()
    return Person(_bare(told), _ROLES.get(beside, role))


def _bare(name: str) -> str:
    return name.partition("(")[0].strip()
