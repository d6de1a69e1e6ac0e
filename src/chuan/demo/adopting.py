"""A commune that follows a procedure of its Sở, which has a newer version since."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.db import transaction

from chuan.demo.agencies import agencies
from chuan.demo.procedures import begun, issue
from chuan.demo.staff import staff_of
from chuan.quality.models import Procedure
from chuan.quality.procedures import actions


def follow(entry: Mapping[str, Any]) -> None:
    """Let an agency adopt a procedure and the original move on, as `entry` says, unless it was done before."""
    known = agencies()
    agency, code = known[entry["agency"]], entry["code"]
    if Procedure.objects.within(agency).filter(code=code).exists():
        return
    original = Procedure.objects.within(known[entry["from"]]).select_related("agency").get(code=code)
    at = begun(entry["in_force"])
    staff = staff_of(agency, at)
    with transaction.atomic():
        version = actions.adopt(original, agency=agency, code=code, beyond=True, by=staff.secretary, at=at)
        issue(version, staff, decision=entry["decision"], in_force=entry["in_force"])
        _move_on(original, entry["newer"])


def _move_on(original: Procedure, newer: Mapping[str, Any]) -> None:
    at = begun(newer["in_force"])
    staff = staff_of(original.agency, at)
    draft = actions.draft_again(original, reason=newer["reason"], by=staff.secretary, at=at)
    content = deepcopy(draft.content)
    for variant in content["variants"]:
        for step in variant["steps"]:
            step["time"] = newer["time"] if step["no"] == newer["step"] else step["time"]
    draft = actions.save_draft(draft, content=content, started_from=draft.saved, by=staff.secretary, at=at)
    issue(draft, staff, decision=newer["decision"], in_force=newer["in_force"])
