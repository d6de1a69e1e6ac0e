"""The sentences of the source, and the catalogues that translate them.

A sentence with a context is named as gettext names it: context, END, sentence.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

import chuan

PACKAGE = Path(chuan.__file__).parent
LOCALE = PACKAGE / "locale"
END = "\x04"
_MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext"}
_STRING = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_MARKED = re.compile(rf"(?:\bpgettext\(\s*{_STRING},|(?:gettext|_)\()\s*{_STRING}")
_FIELD = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr)(?:\[\d\])? (".*(?:\n".*)*)', re.MULTILINE)


def sentences() -> dict[str, str]:
    """Return every sentence marked for translation, with the file it stands in."""
    found: dict[str, str] = {}
    for path in PACKAGE.rglob("*.py"):
        found |= dict.fromkeys(_in_code(path.read_text(encoding="utf-8")), path.name)
    for path in PACKAGE.rglob("web/**/*.html"):
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        found |= {_named(*map(ast.literal_eval, filter(None, match))): path.name for match in _MARKED.findall(code)}
    return found


def catalogue(language: str) -> dict[str, list[str]]:
    """Return the entries of `django.po`: sentence -> its translations (one, or one for each plural form)."""
    entries = {}
    for block in (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8").split("\n\n")[1:]:
        fields = [(name, "".join(map(ast.literal_eval, text.splitlines()))) for name, text in _FIELD.findall(block)]
        if fields:
            key = _named(*(text for name, text in fields if name in ("msgctxt", "msgid")))
            entries[key] = [text for name, text in fields if name == "msgstr"]
    return entries


def _named(*parts: str) -> str:
    return END.join(parts)


def _in_code(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MARKERS and node.args:
            argument = node.args[0]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value
