"""Why a due date: the account ends where the verdict does, also while the citizen still has to complete the dossier."""

from chuan.checking import account
from chuan.rules.deadlines import PauseRule
from chuan.rules.eventlog import EventKind
from chuan.rules.procedure.structure import TimeUnit

from .cast import at, days, did, dossier, procedure, run

RECEIVED = did("02 08:00", "Tiếp nhận hồ sơ")
ASKED = did("03 08:00", "Yêu cầu bổ sung hồ sơ", EventKind.SUPPLEMENT)


def test_a_dossier_that_waits_for_its_citizen_has_one_due_date_and_it_is_said_to_be_open() -> None:
    for rule in PauseRule:
        result = run(procedure(), dossier(RECEIVED, ASKED), as_of=at("16 10:00"), supplement=rule)
        (found,) = result.dossiers
        due = account.committed(found, result.counting, result.as_of)
        assert due is not None
        assert due.at == found.due_at
        assert due.ledger.total == 2
        wait = account.open_wait(found, due)
        assert wait is not None
        assert (wait.start, wait.rule) == (ASKED.at, rule)


def test_a_wait_that_is_over_or_began_too_late_leaves_the_due_date_fixed() -> None:
    completed = did("04 08:00", "Đã bổ sung", EventKind.RESUBMITTED)
    asked_late = did("10 08:00", "Yêu cầu bổ sung hồ sơ", EventKind.SUPPLEMENT)
    for events in ((RECEIVED, ASKED, completed), (RECEIVED, asked_late)):
        result = run(procedure(committed=days(2)), dossier(*events), as_of=at("16 10:00"))
        (found,) = result.dossiers
        due = account.committed(found, result.counting, result.as_of)
        assert due is not None
        assert (due.at, due.limit.unit) == (found.due_at, TimeUnit.WORKING_DAY)
        assert account.open_wait(found, due) is None
