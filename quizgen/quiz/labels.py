"""Give the words that a sheet itself says, in the language of its deck."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language; a number stands where `{n}` does.

    `parts` are heading and instruction by kind of question; `tasks` are the prompts that no
    card brings. `true_false` are the letters of the two bubbles.
    `draft_mark` stands where there is room for one word.
    """

    name: str
    group: str
    date: str
    score: str
    version: str
    form: str
    page: str
    instructions: str
    read_on: str
    minutes: str
    point: tuple[str, str]
    pt: tuple[str, str]
    notes: str
    draft: str
    draft_mark: str
    draft_questions: tuple[str, str]
    speaker: str
    word_bank: str
    one_spare: str
    answer_key: str
    quick_marking: str
    columns: tuple[str, str, str, str, str]
    by_hand: str
    true_false: tuple[str, str]
    parts: dict[str, tuple[str, str]]
    tasks: dict[str, str]
    spoken: dict[str, str]
    quotes: tuple[str, str] = ("“", "”")


ENGLISH = Labels(
    name="Name",
    group="Class",
    date="Date",
    score="Score",
    version="Version {n}",
    form="Form {n}",
    page="Page {page} of {pages}",
    instructions="Instructions.",
    read_on="Read each question carefully and answer every one. "
    "Write clearly, inside the spaces provided.",
    minutes="about {n} minutes",
    point=("{n} point", "{n} points"),
    pt=("{n} pt", "{n} pts"),
    notes="Notes",
    draft="Draft: not reviewed",
    draft_mark="draft",
    draft_questions=(
        "{n} question of {of} has not been checked by a person yet.",
        "{n} questions of {of} have not been checked by a person yet.",
    ),
    speaker="Speaker",
    word_bank="Word bank",
    one_spare="One answer is not used.",
    answer_key="Answer key",
    quick_marking="Quick marking",
    columns=("No.", "Answer", "Pts", "Source and place", "Card"),
    by_hand="written by hand",
    true_false=("T", "F"),
    parts={
        "choice": ("Multiple choice", "Fill in ONE circle for each question."),
        "several": ("Choose all that apply", "Fill in EVERY box that is correct."),
        "truefalse": ("True or false", "Fill in T if the statement is true, F if it is false."),
        "blank": (
            "Fill in the blank",
            "Write what is missing on each line. All lines have the same length.",
        ),
        "completion": ("Complete the quotation", "Write the missing words of each quotation."),
        "attribution": ("Who said it?", "Write the name of the speaker on the line."),
        "matching": ("Matching", "Write the right letter on each line."),
        "ordering": ("In order of time", "Write a number into each box."),
        "short": ("Short answer", "Answer in your own words."),
    },
    tasks={
        "term": "Match each term with its definition.",
        "quote": "Match each quotation with its speaker.",
        "idea": "Match each question with its explanation.",
        "attribution": "Who said this?",
        "events": "Number these events from 1 (first) to {n} (last).",
        "dates": "Number these by their dates, from 1 (earliest) to {n} (latest).",
    },
    spoken={
        "blank": "blank",
        "name": "blank for your name",
        "group": "blank for your class",
        "date": "blank for the date",
        "speaker": "blank for the speaker",
        "letter": "blank for a letter",
        "place": "box for a number",
        "line": "1 line for your answer",
        "lines": "{n} lines for your answer",
        "notes": "ruled lines for notes",
    },
)

GERMAN = Labels(
    name="Name",
    group="Klasse",
    date="Datum",
    score="Punkte",
    version="Fassung {n}",
    form="Bogen {n}",
    page="Seite {page} von {pages}",
    instructions="Hinweise.",
    read_on="Lies jede Frage genau und beantworte alle. "
    "Schreib deutlich und nur in die vorgesehenen Felder.",
    minutes="etwa {n} Minuten",
    point=("{n} Punkt", "{n} Punkte"),
    pt=("{n} P.", "{n} P."),
    notes="Notizen",
    draft="Entwurf: nicht geprüft",
    draft_mark="Entwurf",
    draft_questions=(
        "{n} von {of} Fragen hat noch niemand geprüft.",
        "{n} von {of} Fragen hat noch niemand geprüft.",
    ),
    speaker="Person",
    word_bank="Wortspeicher",
    one_spare="Eine Antwort bleibt übrig.",
    answer_key="Lösungen",
    quick_marking="Schnellkorrektur",
    columns=("Nr.", "Antwort", "Pkt.", "Quelle und Stelle", "Karte"),
    by_hand="von Hand geschrieben",
    true_false=("W", "F"),
    parts={
        "choice": ("Eine Antwort ist richtig", "Fülle bei jeder Frage EINEN Kreis aus."),
        "several": ("Mehrere Antworten sind richtig", "Fülle JEDES richtige Kästchen aus."),
        "truefalse": ("Wahr oder falsch", "Fülle W aus, wenn die Aussage wahr ist, sonst F."),
        "blank": (
            "Lückentext",
            "Schreib auf jede Linie, was fehlt. Alle Linien sind gleich lang.",
        ),
        "completion": ("Zitate ergänzen", "Schreib die fehlenden Wörter auf die Linien."),
        "attribution": ("Wer hat es gesagt?", "Schreib den Namen auf die Linie."),
        "matching": ("Zuordnen", "Schreib auf jede Linie den passenden Buchstaben."),
        "ordering": ("Zeitliche Reihenfolge", "Schreib in jedes Kästchen eine Zahl."),
        "short": ("Kurze Antworten", "Antworte in eigenen Worten."),
    },
    tasks={
        "term": "Ordne jedem Begriff seine Erklärung zu.",
        "quote": "Ordne jedem Zitat zu, wer es gesagt hat.",
        "idea": "Ordne jeder Frage ihre Begründung zu.",
        "attribution": "Wer hat das gesagt?",
        "events": "Nummeriere die Ereignisse von 1 (zuerst) bis {n} (zuletzt).",
        "dates": "Nummeriere nach dem Datum von 1 (am frühesten) bis {n} (am spätesten).",
    },
    spoken={
        "blank": "Lücke",
        "name": "Linie für deinen Namen",
        "group": "Linie für die Klasse",
        "date": "Linie für das Datum",
        "speaker": "Linie für die Person",
        "letter": "Linie für einen Buchstaben",
        "place": "Kästchen für eine Zahl",
        "line": "1 Linie für die Antwort",
        "lines": "{n} Linien für die Antwort",
        "notes": "Linien für Notizen",
    },
    quotes=("„", "“"),
)

SPANISH = Labels(
    name="Nombre",
    group="Grupo",
    date="Fecha",
    score="Nota",
    version="Versión {n}",
    form="Hoja {n}",
    page="Página {page} de {pages}",
    instructions="Instrucciones.",
    read_on="Lee cada pregunta con atención y contesta todas. "
    "Escribe con claridad en los espacios previstos.",
    minutes="unos {n} minutos",
    point=("{n} punto", "{n} puntos"),
    pt=("{n} pt.", "{n} pts."),
    notes="Notas",
    draft="Borrador: sin revisar",
    draft_mark="borrador",
    draft_questions=(
        "{n} pregunta de {of} aún no ha sido revisada por una persona.",
        "{n} preguntas de {of} aún no han sido revisadas por una persona.",
    ),
    speaker="Persona",
    word_bank="Banco de palabras",
    one_spare="Sobra una respuesta.",
    answer_key="Soluciones",
    quick_marking="Corrección rápida",
    columns=("N.º", "Respuesta", "Pts.", "Fuente y lugar", "Tarjeta"),
    by_hand="escrito a mano",
    true_false=("V", "F"),
    parts={
        "choice": ("Opción única", "Rellena UN círculo en cada pregunta."),
        "several": ("Opción múltiple", "Rellena TODAS las casillas correctas."),
        "truefalse": (
            "Verdadero o falso",
            "Rellena V si la afirmación es verdadera y F si es falsa.",
        ),
        "blank": (
            "Completa los espacios",
            "Escribe en cada línea lo que falta. Todas las líneas tienen la misma longitud.",
        ),
        "completion": ("Completa la cita", "Escribe las palabras que faltan en cada cita."),
        "attribution": ("¿Quién lo dijo?", "Escribe en la línea el nombre de la persona."),
        "matching": ("Relaciona", "Escribe en cada línea la letra correcta."),
        "ordering": ("Orden cronológico", "Escribe un número en cada casilla."),
        "short": ("Respuesta breve", "Responde con tus propias palabras."),
    },
    tasks={
        "term": "Relaciona cada término con su definición.",
        "quote": "Relaciona cada cita con quien la dijo.",
        "idea": "Relaciona cada pregunta con su explicación.",
        "attribution": "¿Quién dijo esto?",
        "events": "Numera estos hechos del 1 (primero) al {n} (último).",
        "dates": "Numera según la fecha, del 1 (la más antigua) al {n} (la más reciente).",
    },
    spoken={
        "blank": "espacio en blanco",
        "name": "línea para tu nombre",
        "group": "línea para el grupo",
        "date": "línea para la fecha",
        "speaker": "línea para la persona",
        "letter": "línea para una letra",
        "place": "casilla para un número",
        "line": "1 línea para la respuesta",
        "lines": "{n} líneas para la respuesta",
        "notes": "líneas para notas",
    },
    quotes=("«", "»"),
)

CHINESE = Labels(
    name="姓名",
    group="班级",
    date="日期",
    score="得分",
    version="试卷 {n}",
    form="编号 {n}",
    page="第 {page} / {pages} 页",
    instructions="说明：",
    read_on="请仔细阅读每道题并全部作答，答案写在指定位置，字迹清楚。",
    minutes="约 {n} 分钟",
    point=("{n} 分", "{n} 分"),
    pt=("{n} 分", "{n} 分"),
    notes="笔记",
    draft="草稿：未经审核",
    draft_mark="草稿",
    draft_questions=("{of} 题中有 {n} 题尚未经人审核。", "{of} 题中有 {n} 题尚未经人审核。"),
    speaker="说话人",
    word_bank="词库",
    one_spare="有一个答案用不到。",
    answer_key="参考答案",
    quick_marking="快速阅卷",
    columns=("题号", "答案", "分值", "来源与位置", "卡片"),
    by_hand="手写",
    true_false=("对", "错"),
    parts={
        "choice": ("单项选择题", "每题只涂一个圆圈。"),
        "several": ("多项选择题", "涂满每一个正确的方框。"),
        "truefalse": ("判断题", "正确的涂“对”，错误的涂“错”。"),
        "blank": ("填空题", "在横线上填写缺少的内容。所有横线长度相同。"),
        "completion": ("补全引文", "写出引文中缺少的词语。"),
        "attribution": ("这是谁说的？", "在横线上写出说话人的姓名。"),
        "matching": ("配对题", "在横线上填写对应的字母。"),
        "ordering": ("排序题", "在方框中填写序号。"),
        "short": ("简答题", "用自己的话回答。"),
    },
    tasks={
        "term": "将每个术语与其定义配对。",
        "quote": "将每句话与说话人配对。",
        "idea": "将每个问题与其解释配对。",
        "attribution": "这句话是谁说的？",
        "events": "按时间先后为下列事件编号，从 1（最早）到 {n}（最晚）。",
        "dates": "按日期先后编号，从 1（最早）到 {n}（最晚）。",
    },
    spoken={
        "blank": "空格",
        "name": "姓名栏",
        "group": "班级栏",
        "date": "日期栏",
        "speaker": "说话人栏",
        "letter": "填写字母的横线",
        "place": "填写数字的方框",
        "line": "1 行答题线",
        "lines": "{n} 行答题线",
        "notes": "笔记横线",
    },
)

LANGUAGES = {"en": ENGLISH, "de": GERMAN, "es": SPANISH, "zh": CHINESE}

_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw ks nqo ps sd syr ug ur yi".split())  # noqa: SIM905 - a list of codes reads better


def of(language: str) -> Labels:
    """Return the words of a language such as `de` or `de-AT`; English where there is no row."""
    return LANGUAGES.get(primary(language), ENGLISH)


def primary(language: str) -> str:
    """Return the first part of a language code, in small letters."""
    return language.replace("_", "-").partition("-")[0].strip().casefold()


def is_rtl(language: str, texts: Iterable[str]) -> bool:
    """Claim that a sheet runs from right to left, by its language or by most of its letters."""
    if primary(language) in _RIGHT_TO_LEFT:
        return True
    sides = [unicodedata.bidirectional(letter) for text in texts for letter in text]
    right = sum(side in ("R", "AL") for side in sides)
    return right > sides.count("L")


_LEFT_TO_RIGHT = "\u200e"


def framed(words: Labels) -> Labels:
    """Keep words that run from left to right in their order on a sheet that does not."""

    def frame(value: Any) -> Any:
        match value:
            case str():
                return f"{_LEFT_TO_RIGHT}{value}{_LEFT_TO_RIGHT}"
            case dict():
                return {name: frame(each) for name, each in value.items()}  # pyright: ignore[reportUnknownVariableType]
            case _:
                return tuple(map(frame, value))

    kept = ("true_false", "quotes")
    told: dict[str, Any] = {
        each.name: frame(getattr(words, each.name))
        for each in fields(words)
        if each.name not in kept
    }
    return replace(words, **told)


def counted(forms: tuple[str, str], n: int, **more: int) -> str:
    """Write a number with its word."""
    form = forms[0] if n == 1 else forms[1]
    for name, value in {"n": n, **more}.items():
        form = form.replace("{" + name + "}", str(value))
    return form
