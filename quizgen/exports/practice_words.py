"""Give the words of the practice page in the language of its deck: a row here is a language more.

`{n}` and its like are filled in by the page's script.
"""

from __future__ import annotations

from quizgen.quiz import labels

ENGLISH = {
    "note": "Practise here: answer, then check. Nothing you write leaves this page. "
    "The answers are inside this file, so it is for learning and not for marking.",
    "no_script": "This browser runs no scripts: open “{answer}” below a question to compare.",
    "answer": "Answer",
    "check": "Check",
    "show": "Show the answer",
    "again": "Try again",
    "mine": "Mine was right",
    "missing": "Choose or write something first.",
    "right": "Right.",
    "almost": "Right, but mind the spelling.",
    "partly": "{n} of {of} are right.",
    "wrong": "Not quite.",
    "shown": "Here is the answer.",
    "compare": "Compare your answer with this one. Did you have it?",
    "yes": "Yes",
    "half": "In part",
    "no": "No",
    "is_right": "right",
    "is_wrong": "wrong",
    "blank": "Blank {n} of {of}",
    "own": "Your answer",
    "choose": "choose",
    "place": "Place in the order",
    "progress": "{done} of {count} checked · {points} of {total} points",
    "finished": "All done: {points} of {total} points.",
    "missed": "Practise what you missed",
    "restart": "Start again",
    "why": "Why",
    "source": "Where it is said",
    "by_hand": "This card was written by hand and names no source.",
}

GERMAN = {
    "note": "Hier übst du: erst antworten, dann prüfen. Was du schreibst, verlässt diese Seite "
    "nicht. Die Lösungen stehen in dieser Datei; sie ist zum Lernen da, nicht zum Benoten.",
    "no_script": "Dieser Browser führt keine Skripte aus: "
    "Öffne „{answer}“ unter einer Frage und vergleiche.",
    "answer": "Lösung",
    "check": "Prüfen",
    "show": "Lösung zeigen",
    "again": "Noch einmal",
    "mine": "Meine war richtig",
    "missing": "Wähle oder schreib zuerst etwas.",
    "right": "Richtig.",
    "almost": "Richtig, aber achte auf die Schreibweise.",
    "partly": "{n} von {of} sind richtig.",
    "wrong": "Nicht ganz.",
    "shown": "Das ist die Lösung.",
    "compare": "Vergleiche deine Antwort mit dieser. Hattest du sie?",
    "yes": "Ja",
    "half": "Zum Teil",
    "no": "Nein",
    "is_right": "richtig",
    "is_wrong": "falsch",
    "blank": "Lücke {n} von {of}",
    "own": "Deine Antwort",
    "choose": "wählen",
    "place": "Platz in der Reihenfolge",
    "progress": "{done} von {count} geprüft · {points} von {total} Punkten",
    "finished": "Fertig: {points} von {total} Punkten.",
    "missed": "Üben, was gefehlt hat",
    "restart": "Von vorn",
    "why": "Warum",
    "source": "Wo es steht",
    "by_hand": "Diese Karte ist von Hand geschrieben und nennt keine Quelle.",
}

SPANISH = {
    "note": "Practica aquí: contesta y comprueba. Nada de lo que escribas sale de esta página. "
    "Las soluciones están en este archivo: sirve para aprender, no para calificar.",
    "no_script": "Este navegador no ejecuta guiones: "
    "abre «{answer}» debajo de una pregunta para comparar.",
    "answer": "Solución",
    "check": "Comprobar",
    "show": "Ver la solución",
    "again": "Otra vez",
    "mine": "La mía era correcta",
    "missing": "Primero elige o escribe algo.",
    "right": "Correcto.",
    "almost": "Correcto, pero cuida la ortografía.",
    "partly": "{n} de {of} correctas.",
    "wrong": "No del todo.",
    "shown": "Esta es la solución.",
    "compare": "Compara tu respuesta con esta. ¿La tenías?",
    "yes": "Sí",
    "half": "En parte",
    "no": "No",
    "is_right": "correcto",
    "is_wrong": "incorrecto",
    "blank": "Espacio {n} de {of}",
    "own": "Tu respuesta",
    "choose": "elige",
    "place": "Lugar en el orden",
    "progress": "{done} de {count} comprobadas · {points} de {total} puntos",
    "finished": "Terminado: {points} de {total} puntos.",
    "missed": "Practicar lo que falló",
    "restart": "Empezar de nuevo",
    "why": "Por qué",
    "source": "Dónde se dice",
    "by_hand": "Esta tarjeta se escribió a mano y no nombra ninguna fuente.",
}

CHINESE = {
    "note": "在这里练习：先作答，再核对。你写的内容不会离开本页。"
    "答案就在此文件中，它用于学习，不用于评分。",
    "no_script": "此浏览器不运行脚本：请打开题目下方的“{answer}”进行对照。",
    "answer": "答案",
    "check": "核对",
    "show": "显示答案",
    "again": "再试一次",
    "mine": "我的答案是对的",
    "missing": "请先选择或填写答案。",
    "right": "正确。",
    "almost": "正确，但请注意写法。",
    "partly": "{of} 处中有 {n} 处正确。",
    "wrong": "不完全正确。",
    "shown": "答案如下。",
    "compare": "请与此答案对照。你答对了吗？",
    "yes": "答对了",
    "half": "部分答对",
    "no": "没有",
    "is_right": "正确",
    "is_wrong": "错误",
    "blank": "第 {n} 空（共 {of} 空）",
    "own": "你的答案",
    "choose": "请选择",
    "place": "顺序",
    "progress": "已核对 {done} / {count} 题 · {points} / {total} 分",
    "finished": "全部完成：{points} / {total} 分。",
    "missed": "练习答错的题",
    "restart": "重新开始",
    "why": "原因",
    "source": "出处",
    "by_hand": "此卡片为手写，未注明出处。",
}

LANGUAGES = {"en": ENGLISH, "de": GERMAN, "es": SPANISH, "zh": CHINESE}


def of(language: str) -> dict[str, str]:
    """Return the words of a language such as `de-AT`; English where there is no row."""
    return LANGUAGES.get(labels.primary(language), ENGLISH)


def spoken(language: str) -> str:
    """Return the code of the language that the words are in."""
    code = labels.primary(language)
    return language if code in LANGUAGES else "en"
