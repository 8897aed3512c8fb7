"""Answer the requests of the page: a table of addresses, each a function of one request."""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from quizgen import render
from quizgen.errors import QuizgenError
from quizgen.ui.web import guard, overview, reviewing, rewording, starting
from quizgen.ui.web.answers import Answer, Ask, Page, Sent, go
from quizgen.ui.web.guard import Guard, Keys
from quizgen.ui.web.room import Room

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.applications import Starlette
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

PAGES: Final[tuple[Page, ...]] = (
    *starting.PAGES,
    *reviewing.PAGES,
    *rewording.PAGES,
    *overview.PAGES,
)
"""Every address, with what answers it. None has a parameter in its path."""

_TYPES: Final = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_NIGHT: Final = re.compile(r"\.night_?[mM]ode\b")


def build(room: Room, keys: Keys) -> Starlette:
    """Make the application behind its guard."""
    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.middleware import Middleware  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    environment = render.environment()
    routes = [
        Route(page.path, _endpoint(page, room, keys, environment), methods=[page.method])
        for page in PAGES
    ]
    routes += [Route(path, _static(name), methods=["GET"]) for path, name in _FILES]
    routes.append(Route(guard.OPEN, _opening(room, keys), methods=["GET"]))
    return Starlette(routes=routes, middleware=[Middleware(Guard, keys=keys)])


def _endpoint(
    page: Page, room: Room, keys: Keys, environment: Environment
) -> Callable[[Request], Awaitable[Response]]:
    from starlette.concurrency import run_in_threadpool  # noqa: PLC0415
    from starlette.requests import ClientDisconnect  # noqa: PLC0415
    from starlette.responses import PlainTextResponse  # noqa: PLC0415

    async def endpoint(request: Request) -> Response:
        part = "x-part" in request.headers
        if page.method == "GET":
            given = {name: request.query_params.getlist(name) for name in request.query_params}
            return await run_in_threadpool(
                _answered, page, Ask(room, given, part=part), keys, environment
            )
        try:
            async with request.form(
                max_files=50, max_fields=200, max_part_size=guard.LARGEST
            ) as form:
                if not keys.signed(str(form.get("token", ""))):
                    return PlainTextResponse("This form is not quizgen's; nothing was done.", 403)
                given, files = await _read(form)
        except ClientDisconnect:  # the person has closed the page, or sent too much
            return PlainTextResponse("This did not arrive whole, so nothing was done.", 400)
        ask = Ask(room, given, files, part=part)
        return await run_in_threadpool(_answered, page, ask, keys, environment)

    return endpoint


async def _read(form: FormData) -> tuple[dict[str, list[str]], list[tuple[str, bytes]]]:
    from starlette.datastructures import UploadFile  # noqa: PLC0415

    given: dict[str, list[str]] = {}
    files: list[tuple[str, bytes]] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            data = await value.read()
            if value.filename or data:
                files.append((value.filename or "-", data))
        else:
            given.setdefault(name, []).append(value)
    return given, files


def _answered(page: Page, ask: Ask, keys: Keys, environment: Environment) -> Response:
    with ask.room.lock:
        try:
            answer = page.answer(ask)
        except QuizgenError as error:
            answer = page.refused(ask, str(error))
        return _response(answer, ask, keys, environment)


def _response(answer: Answer | Sent, ask: Ask, keys: Keys, environment: Environment) -> Response:
    from starlette.responses import HTMLResponse, RedirectResponse, Response  # noqa: PLC0415

    if isinstance(answer, Sent):
        headers = {"Content-Security-Policy": answer.policy} if answer.policy else {}
        if answer.name:
            plain = re.sub(r"[^\w.-]+", "-", answer.name, flags=re.ASCII)
            headers["Content-Disposition"] = (
                f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(answer.name)}"
            )
        return Response(answer.data, media_type=answer.type, headers=headers)
    if answer.to and not ask.part:
        return RedirectResponse(answer.to, 303)
    if answer.to:
        # A script gets the next page at once, and its address.
        path, _, query = answer.to.partition("?")
        return _followed(path, query, ask, keys, environment)
    template = environment.get_template(f"web/{answer.template}")
    values = {"token": keys.form, "here": answer.here, **answer.values}
    if not ask.part or "main" not in template.blocks:
        return HTMLResponse(template.render(values), answer.status)
    context = template.new_context(values)
    title = html.unescape("".join(template.blocks["title"](context)))
    headers = {"X-Title": quote(title)}
    if answer.here:
        headers["X-Here"] = quote(answer.here, safe="/?&=")
    return HTMLResponse("".join(template.blocks["main"](context)), answer.status, headers)


def _followed(path: str, query: str, ask: Ask, keys: Keys, environment: Environment) -> Response:
    from urllib.parse import parse_qs  # noqa: PLC0415

    page = next(page for page in PAGES if page.path == path and page.method == "GET")
    return _answered(page, Ask(ask.room, parse_qs(query), part=True), keys, environment)


def _opening(room: Room, keys: Keys) -> Callable[[Request], Awaitable[Response]]:
    from starlette.responses import PlainTextResponse, RedirectResponse  # noqa: PLC0415

    async def opening(request: Request) -> Response:
        if not keys.admits(request.query_params.get("secret", "")):
            return PlainTextResponse(
                "This address was used already, or is not whole; copy the one that quizgen "
                "printed into your browser.",
                403,
            )
        deck = request.query_params.get("deck", "")
        known = {room.key(path) for path in room.decks()} if deck else set[str]()
        response = RedirectResponse(go("/review", deck=deck).to if deck in known else "/", 303)
        response.set_cookie(keys.cookie, keys.page, httponly=True, samesite="strict", path="/")
        return response

    return opening


_FILES: Final = (
    ("/page.css", "web/page.css"),
    ("/page.js", "web/page.js"),
    ("/icon.svg", "web/icon.svg"),
    ("/anki.css", "anki/style.css"),
    ("/anki-night.css", "anki/style.css"),
)


def _static(name: str) -> Callable[[Request], Awaitable[Response]]:
    from starlette.responses import Response  # noqa: PLC0415

    async def static(request: Request) -> Response:
        text = _text(name)
        if name.startswith("anki/"):
            text = scoped(text, night="night" in request.url.path)
        # Not stored beyond this run, but not sent with every card either.
        headers = {"Cache-Control": "private, max-age=300"}
        kind = _TYPES[name.rpartition(".")[2]]
        return Response(text, media_type=kind, headers=headers)

    return static


@cache
def _text(name: str) -> str:
    return render.find(name).read_text(encoding="utf-8")


def scoped(style: str, *, night: bool) -> str:
    """Let the style of Anki's cards reach the preview and nothing else.

    Anki marks its night by a class; the page knows it by the browser's wish, so at night the
    rules of that class are everybody's.
    """
    if night:
        style = _NIGHT.sub("", style)
    return f".anki {{\n{style}\n}}\n"
