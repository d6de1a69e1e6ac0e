"""Living dossiers as a source of their agency: what analytics says of them is what the rules say of their acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chuan.analytics.findings.actions import read_again
from chuan.analytics.findings.models import ProcedureReading
from chuan.analytics.findings.queries import to_read_again
from chuan.analytics.logs import living_intake
from chuan.analytics.logs.actions import hand_in, insert, set_mapping
from chuan.analytics.logs.by_hand import NotByHand
from chuan.analytics.logs.folder import watch
from chuan.analytics.logs.living_intake import agencies_with_dossiers, take_in_living
from chuan.analytics.logs.models import LoggedDossier, LogSource
from chuan.analytics.logs.tokens import make_token
from chuan.analytics.logs.withdrawing import close_source
from chuan.jobs.models import Run
from chuan.jobs.take_in_living import take_in_all
from chuan.kernel.actor import machine
from chuan.quality.dossiers import actions
from chuan.quality.dossiers.models import Dossier, RoleHolder
from chuan.quality.dossiers.reckoned import acts_of, reckoned
from chuan.quality.dossiers.refusals import NotAdmittedNow
from chuan.quality.dossiers.writing import Draft, write
from chuan.quality.models import Procedure
from chuan.rules.deadlines import classify
from chuan.rules.handling.acts import TURNS, ActKind, DossierState
from chuan.text.vietnamese import fold_words

from ..cast import NOW, Cast
from ..quality.dossier_stage import agency, an, at, dossier, press, received
from ..quality.stage import STEPS
from .world import BY, csv, row, world

pytestmark = pytest.mark.django_db
SOURCE = "Hồ sơ xử lý trên Chuẩn"


def take_in(moment: datetime = NOW) -> LogSource:
    """Take the living dossiers of Thanh Bình in and judge what they belong to."""
    source = take_in_living(agency("thanhbinh"), by=BY, at=moment)
    read_again(Procedure.objects.everywhere(reason="tests").get(key="qtxd03"), by=BY, at=moment)
    return source


def logged(one: Dossier) -> LoggedDossier:
    rows = LoggedDossier.objects.everywhere(reason="tests").select_related("version", "source")
    return rows.get(source__living=True, code=one.code)


def told() -> list[tuple[Any, ...]]:
    """Return everything that is recorded of living dossiers."""
    rows = LoggedDossier.objects.everywhere(reason="tests").filter(source__living=True)
    return list(rows.order_by("code").values_list("code", "service_code", "facts", "events", "told"))


def hold_all_roles(cast: Cast) -> None:
    """Let An's position do what the procedure gives to each role: she does every step in these tests."""
    for role in {step.role for step in STEPS}:
        holder = RoleHolder(agency=cast.an.agency, role=fold_words(role), position=cast.an.position)
        holder.put(by=BY, at=NOW)


def test_a_dossier_that_goes_its_way_is_followed_and_as_timely_as_its_own_page_says(cast: Cast) -> None:
    hold_all_roles(cast)
    one = received("di", at(9, "08:10"))
    for step, day in ((1, 9), (2, 12), (3, 13)):
        actions.do_step(one, step, press=press(one, f"b{step}"), by=an(at(day, "10:00")), at=at(day, "10:00"))
    actions.return_result(one, press=press(one, "tra"), by=an(at(16)), at=at(16))
    take_in()
    one, row = dossier("di"), logged(one)
    assert (row.version and row.version.key, row.cost, row.fitness, row.marks) == ("qtxd03-01", 0, 1.0, "")
    assert (row.received_at, row.due_at, row.legal_due_at) == (one.received_at, one.due_at, one.legal_due_at)
    assert (row.finished_at, row.state) == (one.ready_at, "early")
    assert row.facts["returned_at"] == at(16).isoformat()
    assert [event["activity"] for event in row.events if "kind" not in event] == [step.title for step in STEPS]


def test_nothing_of_persons_is_told_neither_of_the_applicant_nor_of_who_acted(cast: Cast) -> None:
    one = dossier("hosomo")
    actions.note(one, text="Ông Dân gọi 0900 000 001", press=press(one, "ghi"), by=an(NOW), at=NOW)
    take_in()
    said = str([told(), logged(one).verdict])
    assert [words for words in ("Dân", "0900", "Nguyễn Thị An", "Trần Thị") if words in said] == []
    assert cast.an.position.title in said


def test_who_does_a_step_that_is_anothers_is_found_and_not_who_was_given_its_role(cast: Cast) -> None:
    one = received("vi", at(9))
    actions.do_step(one, 1, press=press(one, "b1"), by=an(at(9, "10:00")), at=at(9, "10:00"))
    take_in()
    assert "wrong_position:B2" in logged(one).marks
    hold_all_roles(cast)
    take_in()
    assert "wrong_position" not in logged(one).marks


def test_what_was_taken_back_vanishes_again(cast: Cast) -> None:
    one = dossier("hosomo")
    take_in()
    before = told()
    actions.do_step(one, 1, press=press(one, "b1"), by=an(NOW), at=NOW)
    take_in()
    assert len(logged(one).events) == 3
    actions.take_back(one, press=press(one, "lui"), by=an(NOW), at=NOW)
    take_in()
    assert told() == before


def test_a_dossier_of_several_agencies_counts_once_for_who_leads_it(cast: Cast) -> None:
    assert [one.key for one in agencies_with_dossiers()] == ["thanhbinh"]
    for key in ("thanhbinh", "dongha"):
        take_in_living(agency(key), by=BY, at=NOW)
    rows = LoggedDossier.objects.everywhere(reason="tests").filter(code=dossier("hosohoi").code)
    assert [each.agency.key for each in rows.select_related("agency")] == ["thanhbinh"]


def test_an_apology_moves_what_the_citizen_was_told_and_not_what_is_judged(cast: Cast) -> None:
    one = dossier("hosomo")
    actions.apologise(one, why="Chờ đo đạc", new_due=at(25, "17:00"), press=press(one, "xl"), by=an(NOW), at=NOW)
    take_in()
    one, row = dossier("hosomo"), logged(one)
    assert (row.facts["due_at"], row.facts["earlier_due_at"]) == (
        at(25, "17:00").isoformat(),
        [at(17, "17:00").isoformat()],
    )
    assert row.due_at == one.first_due_at


def test_what_was_settled_at_reception_governs_whatever_is_settled_later(cast: Cast) -> None:
    one = dossier("hosomo")
    actions.set_one_stop(agency("thanhbinh"), counting="rolling", supplement="pause", by=cast.ha.actor, at=NOW)
    actions.ask_supplement(one, ["Bản vẽ"], why="Thiếu", press=press(one, "bs"), by=an(at(10)), at=at(10))
    actions.take_supplement(one, ["Bản vẽ"], press=press(one, "nop"), by=an(at(16)), at=at(16))
    take_in()
    assert logged(one).due_at == dossier("hosomo").due_at == at(25, "17:00")


def test_a_dossier_refused_while_its_citizen_had_it_is_judged_by_the_refusal(cast: Cast) -> None:
    one = dossier("hosomo")
    actions.ask_supplement(one, ["Bản vẽ"], why="Thiếu", press=press(one, "bs"), by=an(at(10)), at=at(10))
    actions.refuse(one, why="Không bổ sung", press=press(one, "tuchoi"), by=an(at(16)), at=at(16))
    take_in(at(16, "10:00"))
    row = logged(one)
    found = reckoned(dossier("hosomo"), acts_of(one), NOW)
    assert found.promised
    assert (row.finished_at, row.due_at, row.state) == (at(16), found.promised.at, "early")


def test_an_open_dossier_becomes_late_by_mere_time(cast: Cast) -> None:
    one = dossier("hosomo")
    take_in()
    assert logged(one).state == "open_in_time"
    source = take_in_living(agency("thanhbinh"), by=BY, at=at(17, "16:00"))
    LogSource.objects.within(source.agency).filter(pk=source.pk).update(to_judge=[])
    assert take_in_living(agency("thanhbinh"), by=BY, at=at(17, "16:30")).to_judge == []
    assert take_in_living(agency("thanhbinh"), by=BY, at=at(17, "17:10")).to_judge == ["1.013225"]
    take_in(at(17, "17:10"))
    assert logged(one).state == "open_late"


def test_a_service_without_a_procedure_waits_for_no_verdict(cast: Cast) -> None:
    one = received("khai", at(16), service="thutuc2")
    take_in()
    assert (logged(one).version, logged(one).state) == (None, "not_judged")
    assert to_read_again() == []


def test_the_same_dossier_told_by_a_file_is_counted_where_it_is_run(cast: Cast) -> None:
    here, one = world(cast), dossier("hosomo")
    here.take_in([row(one.code, "16/11/2026 08:00", STEPS[1].title, service="1.013225.H99")])
    take_in()
    found = LoggedDossier.objects.within(one.agency).filter(code=one.code).order_by("source__living")
    assert [each.counted for each in found] == [False, True]


def test_the_job_takes_all_agencies_in_and_asks_for_their_procedures_once(cast: Cast) -> None:
    take_in_all()
    take_in_all()
    source = LogSource.objects.everywhere(reason="tests").get(living=True)
    assert (source.name, source.agency_id, source.dossier_count, source.to_judge) == (SOURCE, cast.an.agency.pk, 3, [])
    asked = Run.objects.filter(name="dossiers.read")
    assert [run.arguments for run in asked] == [{"procedure": "qtxd03"}]


def test_taken_in_again_nothing_is_written_anew(cast: Cast, django_assert_max_num_queries: Any) -> None:
    take_in()
    before = told()
    with django_assert_max_num_queries(20) as made:
        take_in_living(agency("thanhbinh"), by=BY, at=NOW)
    assert told() == before
    written = [query["sql"] for query in made if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
    assert [sql for sql in written if "analytics_loggeddossier" in sql] == []


def test_cut_off_in_the_middle_the_next_run_goes_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in()
    whole = told()
    LogSource.objects.everywhere(reason="tests").filter(living=True).delete()
    monkeypatch.setattr(living_intake, "CHUNK", 2)
    calls: list[Any] = []

    def cut_off(source: LogSource, rows: list[LoggedDossier]) -> None:
        calls.append(rows)
        if len(calls) == 3:
            raise ConnectionError
        insert(source, rows)

    with monkeypatch.context() as patch:
        patch.setattr(living_intake, "insert", cut_off)
        with pytest.raises(ConnectionError):
            take_in_living(agency("thanhbinh"), by=BY, at=NOW)
    assert 0 < len(told()) < 3
    take_in()
    assert told() == whole


def test_the_readings_of_the_procedure_count_them(cast: Cast) -> None:
    take_in()
    reading = ProcedureReading.objects.within(cast.an.agency).get(version__key="qtxd03-01", period="")
    assert reading.dossiers == 3
    assert reading.content["states"]["early"] == 1


KINDS = st.sampled_from(sorted({kind for turns in TURNS.values() for kind in turns}))
TRIES = st.lists(
    st.tuples(KINDS, st.integers(0, len(STEPS)), st.integers(1, 90), st.sampled_from(("", "", "", "undo", "take in"))),
    min_size=3,
    max_size=22,
)
BEGUN = at(2, "08:20")


@contextmanager
def as_if_it_never_was() -> Iterator[None]:
    """Undo what an example wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def tried(one: Dossier, kind: ActKind, step: int, number: int, moment: datetime) -> None:
    """Write an act where the rules admit it."""
    by = machine("tests", moment)
    details: dict[str, Any] = {}
    if kind in (ActKind.ANSWERED, ActKind.PART_DONE):
        details = {"to": step + 1}
    if kind is ActKind.APOLOGISED:
        details = {"new_due": (moment + timedelta(days=9)).isoformat()}
    draft = Draft(kind, step if kind is ActKind.STEP else None, reason="vì", details=details)
    try:
        write(one, [draft], press(one, f"n{number}"), on_behalf=one.agency, by=by, at=moment)
    except NotAdmittedNow:
        return


def taken_back(one: Dossier, number: int, moment: datetime) -> None:
    try:
        actions.take_back(one, press=press(one, f"l{number}"), by=machine("tests", moment), at=moment)
    except NotAdmittedNow:
        return


@given(TRIES, st.integers(1, 200))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_analytics_says_what_the_rules_say(
    cast: Cast, tries: list[tuple[ActKind, int, int, str]], hours: int
) -> None:
    with as_if_it_never_was():
        one, moment = received("buoc", BEGUN), BEGUN
        for number, (kind, step, gap, beside) in enumerate(tries):
            moment += timedelta(hours=gap, minutes=number)
            if beside == "undo":
                taken_back(one, number, moment)
                continue
            tried(one, kind, step, number, moment)
            if beside == "take in":
                take_in_living(agency("thanhbinh"), by=BY, at=moment)
        as_of = moment + timedelta(hours=hours)
        source = take_in_living(agency("thanhbinh"), by=BY, at=as_of)
        LogSource.objects.within(source.agency).filter(pk=source.pk).update(recorded_until=as_of)
        take_in(as_of)
        step_by_step = told()
        says_the_same(one, as_of)
        LogSource.objects.everywhere(reason="tests").filter(living=True).delete()
        take_in(as_of)
        assert told() == step_by_step


def says_the_same(one: Dossier, as_of: datetime) -> None:
    """Compare due moments, result and punctuality with what the rules reckon from the acts."""
    one, row = dossier(one.key), logged(one)
    found = reckoned(one, acts_of(one), as_of)
    assert found.promised
    assert found.legal
    done = found.ended_at if found.state is DossierState.REFUSED and not found.ready_at else found.ready_at
    broken_off = found.state in (DossierState.STOPPED, DossierState.WITHDRAWN)
    state = "not_judged" if broken_off else str(classify(one.received_at, found.promised.at, done, as_of))
    assert (row.state, row.finished_at) == (state, done)
    assert (row.due_at, row.legal_due_at) == (found.promised.at, found.legal.at)


def test_a_source_of_living_dossiers_takes_no_file_and_is_set_by_nobody(cast: Cast) -> None:
    source = take_in()
    for refused in every_way_by_hand(source):
        with pytest.raises(NotByHand, match="không nhận tệp"):
            refused()


def every_way_by_hand(source: LogSource) -> list[Any]:
    return [
        lambda: hand_in(source, csv([]), "a.csv", by=BY, at=NOW),
        lambda: set_mapping(source, {"columns": {}}, by=BY, at=NOW),
        lambda: watch(source, wanted=True, by=BY, at=NOW),
        lambda: make_token(source, name="Mã", by=BY, at=NOW),
        lambda: close_source(source, by=BY, at=NOW),
    ]
