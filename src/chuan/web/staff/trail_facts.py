"""What an entry of the trail says beside who and what: its facts in words. Those without a word are left out here."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chuan.organisations.agencies.lifecycle import STATES as SYSTEM_STATES
from chuan.quality.improvement.lifecycle import STATES as IMPROVEMENT_STATES
from chuan.quality.procedures.lifecycle import STATES as VERSION_STATES
from chuan.rules.authority import Role
from chuan.text import numbers
from chuan.web.kit.words import role_name

KEYS: Mapping[tuple[str, str], str] = {
    ("", "agency"): "agency",
    ("", "predecessor"): "agency",
    ("", "person"): "person",
    ("", "procedure"): "procedure",
    ("position", "to"): "person",
}
"""Facts that are keys: (kind of the subject, or "" for any, name of the fact) -> kind of what the key is of."""

WORDS: Mapping[str, Promise] = {
    "agency": _("cơ quan"),
    "predecessor": _("cơ quan cũ"),
    "person": _("người"),
    "procedure": _("quy trình"),
    "role": _("vai trò"),
    "from": _("từ"),
    "to": _("sang"),
    "from_on": _("từ ngày"),
    "until_on": _("đến hết ngày"),
    "until": _("đến hết ngày"),
    "last_day": _("ngày cuối cùng"),
    "closed_on": _("bỏ từ ngày"),
    "effective_on": _("hiệu lực từ ngày"),
    "decision": _("quyết định"),
    "reason": _("lý do"),
    "code": _("mã"),
    "number": _("số"),
    "title": _("tên"),
    "files": _("số tệp"),
    "dossiers": _("số hồ sơ"),
    "words": _("số tên việc"),
    "removed": _("số lớp đã gỡ"),
    "version": _("bản"),
    "question": _("câu hỏi"),
    "note": _("ghi chú"),
}
_STATES: Mapping[str, Mapping[str, Promise]] = {
    "improvement": IMPROVEMENT_STATES,
    "procedureversion": VERSION_STATES,
    "qualitysystem": SYSTEM_STATES,
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def facts_in_words(kind: str, facts: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (word, value) of the facts of an entry on a thing of `kind`; `names` by "kind:key"."""
    said = ((name, _value(kind, name, value, names)) for name, value in facts.items() if name in WORDS)
    return [(str(WORDS[name]), value) for name, value in said if value]


def _value(kind: str, name: str, value: Any, names: Mapping[str, str]) -> str:
    if pointed := KEYS.get((kind, name)) or KEYS.get(("", name)):
        return names.get(f"{pointed}:{value}", "")
    if name in ("from", "to") and value in _STATES.get(kind, {}):
        return str(_STATES[kind][value])
    if name == "role" and value in set(Role):
        return role_name(value)
    return numbers.day(date.fromisoformat(value)) if _DAY.fullmatch(str(value)) else str(value)
