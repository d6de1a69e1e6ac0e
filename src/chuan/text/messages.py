"""Messages of the pure floors: a code and values, worded in the reader's language from the catalogues.

The catalogues are `chuan/data/messages/<language>/<room>.toml`: flat `code = "sentence with {value}"`. A code starts
with its room (`docx.not_a_word_file` stands in `docx.toml`). Vietnamese is complete by test; English too, and there
`{count:dossier|dossiers}` is the first word when `count` is 1, otherwise the second.
"""

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("vi", "en")


@cache
def _catalogue(language: str, room: str) -> Mapping[str, str]:
    text = (files("chuan.data") / "messages" / language / f"{room}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class _Sentence(string.Formatter):
    """Fills braces as `str.format` does, and chooses between singular and plural."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        singular, choice, plural = format_spec.partition("|")
        if not choice:
            return super().format_field(value, format_spec)
        return singular if str(value) == "1" else plural


_SENTENCE = _Sentence()


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to come: `code` is "room.name"; `values` fill the braces (numbers, words of the source, messages)."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def text(self, language: str = "vi") -> str:
        """Return the sentence. A missing code or value is a defect of ours and raises KeyError."""
        room, _, name = self.code.partition(".")
        values = {key: one.text(language) if isinstance(one, Message) else one for key, one in self.values.items()}
        return _SENTENCE.vformat(_catalogue(language, room)[name], (), values)


def message(code: str, /, **values: object) -> Message:
    """Return `Message(code, values)`: the short way to write one."""
    return Message(code, values)


class BadInput(Exception):
    """Input that cannot be used at all. The message says what, where and how to mend it."""

    def __init__(self, code: str, /, **values: object) -> None:
        self.message = Message(code, values)
        super().__init__(code)

    def __str__(self) -> str:
        return self.message.text("vi")
