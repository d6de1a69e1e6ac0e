"""The patterns of time phrases over folded text, built from the words of data/reading/time_words.toml once."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from chuan.text.spoken_numbers import with_figures
from chuan.text.vietnamese import fold

UNITS = ("WORKING_DAY", "CALENDAR_DAY", "CONTINUOUS_HOUR", "WORKING_HOUR", "DAY", "HOUR", "MINUTE")
_NUMBER = r"(?:\d+\s+)?\d+\s*/\s*\d+|\d+(?:[.,]\d+)?"
_SIGNS = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3", "⅛": " 1/8", "⁄": "/"}
_SIGNS |= dict.fromkeys("’′´`‘", "'")
_AND_A_PART = re.compile(r"(?<=\d) va (?=\d+\s*/)")  # 1 và 1/2
_PARTED_COMMA = re.compile(r"(?<![\d.,])0\s*,\s*(?=\d)")  # 0, 5
_AT_ONCE = re.compile(r"(?<!\w)ngay(?= (?:sau|khi|lập tức|từ|lúc|trong|tại)(?!\w))")
_ABOUT = re.compile(r"(?<!\w)(?:chừng|tầm|cỡ)(?= \d)")


@cache
def words() -> dict[str, str]:
    """Return every list of the data file as one group of alternatives, the longest first."""
    text = (files("chuan.data") / "reading" / "time_words.toml").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = tomllib.loads(text)
    return {name: "|".join(sorted(entries, key=len, reverse=True)) for name, entries in lists.items()}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return one of the patterns over folded text."""
    said = words()
    hour = said["HOUR"]
    unit = rf"(?P<unit>{'|'.join(f'(?:{said[key]})' for key in UNITS)})(?![a-z])"
    clock = rf"(?:[01]?\d|2[0-3])\s*(?:{hour})\s*(?:\d{{2}})?(?!\s*(?:\d|{said['duration']}))(?![a-z])"
    to_the_minute = (
        rf"(?:[01]?\d|2[0-3])\s*(?:{hour})\s*\d{{2}}(?!\s*(?:\d|{said['duration']}|{said['MINUTE']}))(?![a-z])"
    )
    off = rf"(?:cac\s+)?(?:ngay\s+)?(?:{said['days_off']})\b"
    sources = {
        "amount": rf"(?<![\w.,])(?<!\d/)(?<!\d:)(?<!thu )(?:(?P<low>{_NUMBER})\s*(?:{said['range']})\s*)?"
        rf"(?P<value>{_NUMBER})\s*(?:\(\s*(?P<again>{_NUMBER})\s*\)\s*)?\(?\s*{unit}(?P<half>\s*ruoi\b)?",
        "bare": rf"(?:(?:{said['at_most']})\s*)*(?P<value>{_NUMBER})(?:\s*\(\s*(?P<again>\d+)\s*\))?",
        "unit": rf"(?<![a-z]){unit}",
        "per_day": rf"(?:x|×|\*)\s*\d+\s*(?:{hour})\b(?:\s*/\s*(?:0?1\s*)?ngay)?"
        rf"|\(?\b\d+\s*(?:{hour})\s*/\s*(?:0?1\s*)?ngay(?: lam viec)?\)?",
        "per_dossier": rf"/\s*(?:0?1\s*)?(?:{said['dossier']})\b",
        "hours_and_minutes": rf"(?<![\d.,])(\d+)\s*(?:{hour})\s?(\d{{1,2}})\s*(?:{said['MINUTE']})(?![a-z])",
        "minutes_behind": rf"(?<![\d.,])(\d+)\s*(?:{hour})\s?(\d{{2}})(?!\d|[.,/]\d|\s*[a-z])",
        "received": rf"\b(?:sau|(?:nhan|nop)(?: ho so)? truoc)\s*(?P<clock>{clock})",
        "due": rf"\b(?:truoc|luc|hoi|vao)\s*{clock}|\b(?:cham nhat|den)\s+(?:la\s+)?{to_the_minute}"
        rf"|(?<![\d.,]){clock}(?=\s*(?:{said['of_a_day']})\b)",
        "time_ahead": rf"\W*(?:(?:{said['at_most']}|{said['vague']}|{said['time_words']}|la|tu)\W*)*",
        "uncounted": rf"^\W*(?:{said['uncounted']})\b",
        "same_day": rf"\b(?:{said['same_day']})\b",
        "otherwise": r"\b(?:truong hop|neu|doi voi|rieng)\b",
        "next_day": r"\b(?:hoac|tiep theo|hom sau|ke tiep)\b",
        "vague": rf"(?:{said['vague']})|[~≈±≥]|(?<![-=])>",
        "vague_behind": r"^\s*(?:tro len|hoac hon)\b",
        "or": r"\b(?:hoac|hay)\b|;",
        "range": rf"^\s*(?:{said['range']})\s*$",
        "number_before": r"\d\s*(?:[.,/x×*&])?\s*$|\d\s*\)?\s*(?:[+–—-]|va|hoac|hay|den|toi)\s*$",
        "number_behind": r"^\s*(?:[.,+/x×*-]|va)?\s*\d+(?![\d.,]*\s*%)|^\s*/\s*[a-z]",
        "other_units": rf"\d\s*(?:{said['other_units']})\b(?!\s*\d{{4}}\b)(?!\s*\d{{1,2}}\s*nam\b)",
        "without_days_off": rf"\(?\s*\b(?:khong (?:ke|tinh|bao gom|gom)|(?:ngoai )?tru)\s+{off}[^;.)]*\)?",
        "with_days_off": rf"\(?\s*\b(?:ke ca|tinh ca|(?:bao )?gom ca)\s+{off}[^;.)]*\)?",
        "held": rf"\b(?:{said['held']})\s*(?:la\s*)?[:(]?\s*(?:khong qua\s*)?$",
        "legal": rf"\b(?:{said['legal']})\s*(?:la\s*)?[:(]?\s*(?:khong qua\s*)?$",
        "legal_behind": r"^\s*\(?\s*theo (?:quy dinh|luat)(?: cua phap luat)?\s*(?:[);,.]|$)",
        "reduction": rf"\b(?:{said['reduction']})\b",
        "less_by": rf"\b(?:{said['reduction']})(?:\s+(?:duoc|la|them))*\s*[:(]?\s*$",
    }
    return re.compile(sources[name])


def folded(text: str) -> str:
    """Return the text folded, with its spoken numbers, its signs for parts and a parted decimal comma as figures."""
    for sign, figures in _SIGNS.items():
        text = text.replace(sign, figures)
    text = _ABOUT.sub("~", _AT_ONCE.sub("lien", with_figures(text)))
    return _PARTED_COMMA.sub("0,", _AND_A_PART.sub(" ", fold(text)))
