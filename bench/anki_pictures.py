"""Picture every note type as Anki's own backend renders it: front and back, light and night.

    python bench/anki_pictures.py OUT/ [DECK.apkg]

Each picture is a sheet of cards as a phone (360 px) or a desk (900 px) shows them, in Chromium.
Formulas stay as source: MathJax is part of Anki's clients, not of its backend.
"""

from __future__ import annotations

import html
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

CARDS = Path(__file__).parent.parent / "tests" / "cases" / "anki-cards.md"
QUIZGEN = str(Path(sys.executable).parent / "quizgen")
SIZES = {"phone": (360, 640, 4), "desk": (900, 640, 2)}
NIGHT = {"light": "", "night": " nightMode night_mode"}


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


def page(side: str, night: str) -> str:
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
        f"<body class='card card1{night}'><div id=qa>{side}</div>"
    )


def sheet(cards: list[tuple[str, str]], size: str) -> str:
    """Lay cards out: fronts and backs, light and night, side by side."""
    width, height, _ = SIZES[size]
    frames = [
        f"<iframe width={width} height={height} srcdoc='{html.escape(page(side, night))}'></iframe>"
        for card in cards
        for night in NIGHT.values()
        for side in card
    ]
    style = "body{margin:8px;background:#888}iframe{border:0;margin:4px;background:#fff}"
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(frames)}"


def picture(source: str, path: Path, width: int, height: int) -> None:
    """Let Chromium take a picture of a page."""
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "sheet.html"
        document.write_text(source, encoding="utf-8")
        subprocess.run(
            [
                *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
                f"--user-data-dir={folder}/profile",
                f"--window-size={width},{height}",
                f"--screenshot={path}",
                document.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )


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
        for number, card in enumerate(cards, 1):
            for size, (width, height, across) in SIZES.items():
                rows = 4 // across
                path = (out / f"{number:02}-{size}.png").resolve()
                wide = across * (width + 8) + 24
                picture(sheet([card], size), path, wide, rows * (height + 12) + 24)
                print(path)


if __name__ == "__main__":
    main()
