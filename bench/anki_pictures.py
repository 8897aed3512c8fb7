"""Picture every note type as Anki's own backend renders it: front and back, light and night.

    PYTHONPATH=tests python bench/anki_pictures.py OUT/ [DECK.apkg]

Each picture is a sheet of one card's sides, as long as they are, as a phone (360 px) or a desk
(900 px) shows them in Chromium, whose driver stands with the tests. Formulas stay as source:
MathJax is part of Anki's clients, not of its backend.
"""

from __future__ import annotations

import html
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from browser import opened

CARDS = Path(__file__).parent.parent / "tests" / "cases" / "anki-cards.md"
QUIZGEN = str(Path(sys.executable).parent / "quizgen")
SIZES = {"phone": (360, 640, 4), "desk": (900, 640, 2)}
NIGHT = {"light": "", "night": " nightMode night_mode"}
GROW = """
for (const frame of document.querySelectorAll("iframe"))
  frame.height = Math.max(frame.height, frame.contentDocument.documentElement.scrollHeight);
"""


def sides(package: Path, folder: Path) -> list[tuple[str, str]]:
    """Import a package and return the HTML of every card's front and back."""
    collection = Collection(str(folder / "collection.anki2"))
    try:
        request = ImportAnkiPackageRequest(
            package_path=str(package), options=ImportAnkiPackageOptions()
        )
        collection.import_anki_package(request)
        cards = [collection.get_card(card) for card in collection.find_cards("", order="c.due")]
        return [(card.question(), card.answer()) for card in cards]
    finally:
        collection.close()


def page(side: str, night: str, media: str) -> str:
    """Wrap a side as Anki's reviewer does, a typed answer included."""
    front = "<input type=text id=typeans>"
    back = (
        "<code id=typeans><span class=typeGood>adeno</span><span class=typeBad>z</span>"
        "<span class=typeGood>ine</span><br><span id=typearrow>&darr;</span><br>"
        "<span class=typeGood>adeno</span><span class=typeMissed>s</span>"
        "<span class=typeGood>ine</span></code>"
    )
    side = re.sub(r"\[\[type:\w+\]\]", back if 'id="answer"' in side else front, side)
    return (
        "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<base href='{media}/'><body class='card card1{night}'><div id=qa>{side}</div>"
    )


def sheet(card: tuple[str, str], size: str, media: str) -> str:
    """Lay a card out: front and back, light and night, side by side."""
    width, height, _ = SIZES[size]
    frames = [
        f"<iframe width={width} height={height} "
        f"srcdoc='{html.escape(page(side, night, media))}'></iframe>"
        for night in NIGHT.values()
        for side in card
    ]
    style = (
        "body{margin:8px;background:#888;display:flex;flex-wrap:wrap;align-items:start}"
        "iframe{border:0;margin:4px;background:#fff}"
    )
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(frames)}"


def main() -> None:
    """Write the pictures and name them."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if len(sys.argv) > 2:
            package = Path(sys.argv[2]).resolve()
        else:
            deck = folder / "cards.md"
            deck.write_bytes(CARDS.read_bytes())
            package = folder / "cards.apkg"
            command = [QUIZGEN, "export", str(deck), "--to", "anki", "-o", str(package)]
            subprocess.run([*command, "--type-in", "--reverse", "--drafts"], check=True)
        cards = sides(package, folder)
        media = (folder / "collection.media").as_uri()
        # The frames are files too, and must be measured.
        with opened(folder / "profile", "--allow-file-access-from-files") as browser:
            shown = browser.page()
            for number, card in enumerate(cards, 1):
                for size, (width, height, across) in SIZES.items():
                    document = folder / "sheet.html"
                    document.write_text(sheet(card, size, media), encoding="utf-8")
                    shown.size(max(across * (width + 8) + 16, 600), height)
                    shown.open(document.as_uri())
                    shown.run(GROW)
                    path = out / f"{number:02}-{size}.png"
                    shown.picture(path)
                    print(path)


if __name__ == "__main__":
    main()
