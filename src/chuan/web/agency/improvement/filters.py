"""Which entries a list shows: the same words in the address of the page and of its workbook."""

from django.http import HttpRequest

from chuan.quality.improvement.queries import OVERDUE, Asked

STATES = {"dang-mo": "open", "cho-dong": "corrected", "qua-han": OVERDUE, "da-dong": "closed", "da-bo": "dropped"}
"""The words of the address for what stands how."""


def asked(request: HttpRequest) -> Asked:
    """Return what the address asks for; what it cannot mean counts as nothing."""
    given = request.GET
    return Asked(
        state=STATES.get(given.get("trang-thai", ""), ""),
        kind=given.get("loai", ""),
        source=given.get("nguon", ""),
        year=given.get("nam", ""),
        procedure=given.get("qt", ""),
        words=given.get("q", ""),
    )
