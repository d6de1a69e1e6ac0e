"""The sentences of the pure floors: singular and plural, and the same in both languages."""

import string
import tomllib
from importlib.resources import files

import pytest

from chuan.text.messages import message

ROOMS = sorted(file.name for file in (files("chuan.data") / "messages" / "vi").iterdir() if file.name.endswith(".toml"))


def sentences(language: str, room: str) -> dict[str, str]:
    text = (files("chuan.data") / "messages" / language / room).read_text(encoding="utf-8")
    return tomllib.loads(text)


def values(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_stands_in_both_languages_with_the_same_values(room: str) -> None:
    vietnamese, english = sentences("vi", room), sentences("en", room)
    assert vietnamese.keys() == english.keys()
    differing = [code for code, sentence in vietnamese.items() if values(sentence) != values(english[code])]
    assert differing == []


@pytest.mark.parametrize(
    ("amount", "words"),
    [("1", "1 working day"), (1, "1 working day"), ("0.5", "0.5 working days"), ("0", "0 working days")],
)
def test_one_is_singular_in_english(amount: object, words: str) -> None:
    assert message("amounts.working_day", amount=amount).text("en") == words
