"""Tell from a server's error what went wrong, and what may help."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast

from quizgen.llm import retry
from quizgen.llm.ladder import Part
from quizgen.llm.replies import Trouble, spoken

_TEMPORARY = {408, 409, 425, 429}

_TOO_LONG = re.compile(
    r"context.{0,9}(length|window|size)|exceed_context|too many (input )?tokens"
    r"|(prompt|input) (is )?too long|reduce the length of the (messages|prompt|input)"
)
_QUOTA = re.compile(
    r"insufficient_quota|exceeded your current quota|billing_hard_limit|billing_not_active"
    r"|insufficient (credits|balance|funds)|more credits|credit balance"
)
_REFUSED = re.compile(r"content_filter|content_policy|content management policy|moderation|flagged")
_NO_MODEL = re.compile(
    r"model_not_found|no such model|(unknown|invalid) model|not a valid model"
    r"|\bmodel\b.{0,90}(not found|does ?n[o']t exist|not exist|unknown|is not available)"
)
_MODE = re.compile(
    r"response_?format|json_?(schema|object|mode)|structured[ _]output|grammar|guided_"
    r"|\btools?\b|tool_choice|function[ _]call|\bschema\b"
)
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("temperature", re.compile(r"\btemperature\b")),
    ("seed", re.compile(r"\bseed\b")),
    ("limit", re.compile(r"max_(completion_)?tokens")),
)


def read(status: int, headers: Mapping[str, str], told: Any, *, now: float) -> Trouble:
    """Tell what an error means: `told` is its body, as JSON or else as text."""
    said, code = _complaint(told)
    text = f"{said} {code}".lower()
    shown = f"{status}: {spoken(said)}" if said.strip() else str(status)
    wait = retry.asked(headers, now)
    if status == 402 or _QUOTA.search(text):
        why = f"the quota or credit of this key is used up ({shown}): add credit, then run again"
        return Trouble("quota", why, status, stops=True)
    if status == 401 or (status == 403 and not _REFUSED.search(text)):
        why = f"the server does not accept the key ({shown}): check OPENAI_API_KEY"
        return Trouble("auth", why, status, stops=True)
    if status == 413 or (status < 500 and status != 429 and _TOO_LONG.search(text)):
        return Trouble("too_long", f"it does not fit the model's window ({shown})", status)
    if status in {400, 403} and _REFUSED.search(text):
        return Trouble("refused", f"the server's filter refused it ({shown})", status)
    if status in {400, 404, 422, 500, 501}:
        part, is_mode = _refused(text, code.lower())
        if part or is_mode:
            why = f"the server does not take the request ({shown})"
            return Trouble("server", why, status, refuses=part, refuses_mode=is_mode)
    if status in {400, 404} and _NO_MODEL.search(text):
        why = f"the server has no such model ({shown}): `quizgen models` lists those it has"
        return Trouble("model", why, status, stops=True)
    if status == 404:
        why = f"the server has nothing at this address ({shown}): most base URLs end in /v1"
        return Trouble("server", why, status, stops=True)
    return _passing(status, shown, headers, wait)


def _refused(text: str, code: str) -> tuple[Part | None, bool]:
    """Tell which part of the body the server complains of, or that it is the output mode.

    What the code names counts before what the message does.
    """
    for told in (code, text):
        named: list[Part] = [part for part, pattern in _PARTS if pattern.search(told)]
        if named:
            return named[0], False
        if _MODE.search(told):
            return None, True
    return None, False


def _passing(status: int, shown: str, headers: Mapping[str, str], wait: float | None) -> Trouble:
    told = headers.get("x-should-retry", "")
    again = told == "true" or (told != "false" and (status in _TEMPORARY or status >= 500))
    if again and wait is not None and wait > retry.LONGEST:
        why = f"the server asks to wait {wait:.0f} s ({shown}): run again then"
        return Trouble("server", why, status, stops=status == 429)
    what = "failed" if status >= 500 else "turned the request down"
    what = "is asked too often" if status == 429 else what
    return Trouble("server", f"the server {what} ({shown})", status, again=again, wait=wait)


def _complaint(whole: Any) -> tuple[str, str]:
    """Return an error's message, and its code with the parameter it names."""
    found = whole
    for key in ("error", "detail"):
        if isinstance(found, Mapping) and cast("Mapping[str, Any]", found).get(key):
            found = cast("Mapping[str, Any]", found)[key]
    if isinstance(found, str):
        # A gateway's error page says nothing but its status.
        return ("" if found.lstrip().startswith("<") else found[:2000]), ""
    if not isinstance(found, Mapping):
        return (json.dumps(found)[:2000] if found else ""), ""
    error = cast("Mapping[str, Any]", found)
    said = next((error[key] for key in ("message", "msg") if isinstance(error.get(key), str)), "")
    # OpenRouter hides what its upstream said in here.
    beside = error.get("metadata")
    inner = cast("Mapping[str, Any]", beside).get("raw", "") if isinstance(beside, Mapping) else ""
    code = " ".join(str(error.get(key) or "") for key in ("code", "type", "param")).strip()
    return f"{said or json.dumps(error)[:2000]} {inner if isinstance(inner, str) else ''}", code
