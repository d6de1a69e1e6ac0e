"""Vietnamese text: one normal form, one way to fold for search, one alphabetical order.

All text that enters Chuẩn passes through `clean` once, at the door; all comparison of words goes through `fold`.
"""

import re
import unicodedata

_SPACES = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_FOLDED_LETTERS = str.maketrans({"đ": "d", "Đ": "d"})
_ALPHABET = "aăâbcdđeêghijklmnoôơpqrstuưvxyfwz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries
_LETTER_RANK = {letter: rank for rank, letter in enumerate("0123456789" + _ALPHABET, start=1)}


def clean(text: str) -> str:
    """Return `text` in NFC with runs of white space (also line breaks, no-break and zero-width) as one space."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """Return `text` without diacritics or case, `đ` as `d`: equal for hoà/hòa and for NFC/NFD."""
    marks_apart = unicodedata.normalize("NFD", text.translate(_FOLDED_LETTERS))
    bare = "".join(sign for sign in marks_apart if not unicodedata.combining(sign))
    return _SPACES.sub(" ", bare).strip().casefold()


def fold_words(text: str) -> str:
    """Return `fold(text)` with punctuation as spaces: what two headings or titles have in common."""
    return " ".join(re.findall(r"[0-9a-z]+", fold(text)))


def sort_key(text: str) -> tuple[tuple[int, int], ...]:
    """Return the key of the Vietnamese dictionary order: letter first (a < ă < â …), then tone."""
    key: list[tuple[int, int]] = []
    for sign in unicodedata.normalize("NFC", text.casefold()):
        parts = unicodedata.normalize("NFD", sign)
        tone = next((_TONES.index(mark) + 1 for mark in parts if mark in _TONES), 0)
        letter = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
        key.append((_LETTER_RANK.get(letter, 0 if letter.isspace() else 100 + ord(letter[0])), tone))
    return tuple(key)


def person_sort_key(full_name: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return the key by given name (the last word) first, then the whole name, as name lists are kept."""
    words = clean(full_name).split(" ")
    return (sort_key(words[-1]), *(sort_key(word) for word in words))


def person_sort_text(full_name: str) -> str:
    """Return `person_sort_key` as digits, four a letter: any database sorts them the same, whatever its language."""
    words = person_sort_key(full_name)
    return "0000".join("".join(f"{min(letter, 999):03}{tone}" for letter, tone in word) for word in words)
