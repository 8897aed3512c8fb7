"""Read caption files, WebVTT and SubRip, which mostly say in their file name what they are of."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from quizgen.model import Document
from quizgen.readers import text

_TONGUE = re.compile(r"\.[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")
_RECORDING = re.compile(r"\s*\[([\w-]{11})\]$|-([\w-]{11})$")
_PARTS = re.compile(r"[\s_-]+")
_FEWEST = 2
"""Words that a file name has at least which tells what a recording is called."""


def read(data: bytes, path: str) -> Document:
    """Read captions; a file name such as `Rye for All [b4f_ldK2mQs].en.vtt` is their title."""
    document = text.read(data, path)
    title, recording = named(PurePath(path).name)
    video = document.recording or recording
    url = document.url or (f"https://www.youtube.com/watch?v={video}" if video else "")
    return replace(document, title=document.title or title, recording=video, url=url)


def named(file: str) -> tuple[str, str]:
    """Give the title and the video id that a downloader put into a file's name, or nothing."""
    stem = _TONGUE.sub("", PurePath(file).stem)
    match = _RECORDING.search(stem)
    video = (match[1] or match[2]) if match else ""
    # Eleven letters behind a dash can be a word: an id has a capital or a digit within.
    if match and match[2] and (video.islower() or video.istitle()):
        match, video = None, ""
    stem = stem[: match.start()] if match else stem
    words = stem.split() if " " in stem.strip() else _PARTS.split(stem)
    told = [word for word in words if any(map(str.isalpha, word))]
    return (" ".join(filter(None, words)) if len(told) >= _FEWEST else "", video)
