"""Deciding: the days of a decision, the way back from what was brought into force, what fits to be adopted."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from chuan.kernel.actor import machine
from chuan.kernel.errors import NotAllowed
from chuan.organisations.agencies.models import AgencyKind
from chuan.organisations.models import Agency
from chuan.quality.models import Procedure, ProcedureVersion, PublicService
from chuan.quality.procedures import actions, queries, refusals
from chuan.quality.procedures.models import ProcedureService
from chuan.quality.services.actions import add_service, give_service
from chuan.trail.models import Entry

from ..cast import NOW, Cast
from .stage import content, version
from .test_procedures import approved, procedure, states

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
LONG_AGO = date(1900, 1, 1)


def decide(cast: Cast, effective_on: date, decided_on: date, *, signed_before: bool = False) -> ProcedureVersion:
    """Hà approves the draft that Giang hands over today."""
    draft = version("qtxd03-02")
    actions.submit(draft, by=cast.giang.actor, at=NOW)
    actions.approve(
        draft,
        effective_on=effective_on,
        decision="20/QĐ-UBND",
        decided_on=decided_on,
        signed_by="Phạm Thu Hà",
        signed_before=signed_before,
        by=cast.ha.actor,
        at=NOW,
    )
    return version("qtxd03-02")


def test_a_version_does_not_apply_before_it_was_decided_on(cast: Cast) -> None:
    with pytest.raises(refusals.EffectBeforeDecision):
        decide(cast, LONG_AGO, TODAY)


def test_a_decision_is_not_of_a_day_to_come(cast: Cast) -> None:
    with pytest.raises(refusals.DecidedLater):
        decide(cast, TODAY + timedelta(days=9), TODAY + timedelta(days=1))


def test_a_decision_older_than_the_handing_over_is_asked_about(cast: Cast) -> None:
    with pytest.raises(refusals.DecidedBeforeHandingOver, match=r"trước ngày trình \(16/11/2026\)"):
        decide(cast, TODAY, TODAY - timedelta(days=1))


def test_a_decision_that_was_signed_before_is_written_down_with_its_own_days(cast: Cast) -> None:
    one = decide(cast, date(2026, 4, 1), date(2026, 3, 20), signed_before=True)
    assert (one.state, one.decided_on, one.effective_on) == ("approved", date(2026, 3, 20), date(2026, 4, 1))
    assert one.signed_by == "Phạm Thu Hà"


def test_the_database_refuses_an_effect_before_its_decision(cast: Cast) -> None:
    rows = ProcedureVersion.objects.everywhere(reason="tests").filter(key="qtxd03-01")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(decided_on=TODAY, effective_on=LONG_AGO)


def test_a_version_brought_into_force_by_mistake_gives_way_to_the_one_before_it(cast: Cast) -> None:
    actions.bring_into_force(approved(cast, TODAY), by=cast.ha.actor, at=NOW)
    actions.withdraw(version("qtxd03-02"), note="Ghi nhầm ngày hiệu lực", by=cast.ha.actor, at=NOW)
    assert states(procedure("qtxd03")) == {1: "in_force", 2: "withdrawn"}
    assert version("qtxd03-01").ended_on is None
    assert version("qtxd03-02").ended_on == TODAY
    assert procedure("qtxd03").in_force
    made = set(Entry.objects.filter(at=NOW).values_list("action", flat=True))
    assert {"procedureversion.withdraw", "procedureversion.come_back"} <= made


def test_without_a_version_before_it_nothing_applies_any_more(cast: Cast) -> None:
    actions.withdraw(version("qtxd03-01"), note="Thủ tục bị bãi bỏ", by=cast.ha.actor, at=NOW)
    assert states(procedure("qtxd03")) == {1: "withdrawn", 2: "draft"}
    assert not procedure("qtxd03").in_force


def test_the_version_before_stays_away_where_it_is_not_wanted(cast: Cast) -> None:
    actions.bring_into_force(approved(cast, TODAY), by=cast.ha.actor, at=NOW)
    actions.withdraw(version("qtxd03-02"), note="Bãi bỏ", former_returns=False, by=cast.ha.actor, at=NOW)
    assert states(procedure("qtxd03")) == {1: "replaced", 2: "withdrawn"}
    assert not procedure("qtxd03").in_force


def served(key: str) -> list[str]:
    return sorted(procedure(key).service_links.values_list("service__code", flat=True))


def test_a_procedure_serves_the_service_whose_code_its_version_in_force_bears(cast: Cast) -> None:
    draft = version("qtxd03-02")
    actions.save_draft(
        draft, content=content(service_code="1.001193.H61"), started_from=draft.saved, by=cast.giang.actor, at=NOW
    )
    assert served("qtxd03") == ["1.013225"], "a draft changes nothing"
    actions.bring_into_force(approved(cast, TODAY), by=cast.ha.actor, at=NOW)
    assert served("qtxd03") == ["1.001193"]
    actions.withdraw(version("qtxd03-02"), note="Ghi nhầm mã", by=cast.ha.actor, at=NOW)
    assert served("qtxd03") == ["1.013225"]


def test_only_who_approves_ends_what_is_in_force_and_says_why(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.withdraw(version("qtxd03-01"), note="Nhầm", by=cast.giang.actor, at=NOW)
    with pytest.raises(refusals.NoReason):
        actions.withdraw(version("qtxd03-01"), note=" ", by=cast.ha.actor, at=NOW)
    assert states(procedure("qtxd03"))[1] == "in_force"


def of_a_service(key: str, level: str) -> Procedure:
    """The procedure of the Sở with this key, serving a new public service of a level; nobody handles it."""
    catalogue = Agency.objects.everywhere(reason="tests").get(kind=AgencyKind.PROVINCE)
    service = PublicService(
        agency=catalogue, code="1.000111", name="Cấp phép", level=level, valid_from=date(2025, 7, 1)
    )
    add_service(service, by=machine("tests", NOW), at=NOW)
    ProcedureService.objects.create(procedure=procedure(key), service=service)
    return procedure(key)


@pytest.mark.parametrize(
    ("level", "fits"), [("Cấp Tỉnh", False), ("Cấp Xã", True), ("Cấp xã hoặc văn phòng công chứng", True)]
)
def test_what_fits_an_agency_is_of_its_level_or_its_duties(level: str, fits: bool, cast: Cast) -> None:
    one, home = of_a_service("qtkhcn02", level), cast.giang.agency
    assert queries.fits(one, home, TODAY) is fits
    service = PublicService.objects.everywhere(reason="tests").get(code="1.000111")
    give_service(service, home, from_on=TODAY, by=machine("tests", NOW), at=NOW)
    assert queries.fits(one, home, TODAY)


def test_what_an_agency_does_not_handle_is_adopted_only_on_its_word(cast: Cast) -> None:
    original, home, by = of_a_service("qtkhcn02", "Cấp Tỉnh"), cast.giang.agency, cast.giang.actor
    with pytest.raises(refusals.NotItsOwn):
        actions.adopt(original, agency=home, code="QT.SK.01", by=by, at=NOW)
    assert actions.adopt(original, agency=home, code="QT.SK.01", beyond=True, by=by, at=NOW).state == "draft"
