"""The people of the demo's agencies do their own work: nothing of theirs is done by the machine that fills the demo."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chuan.organisations.models import Account, QualitySystem
from chuan.organisations.people.queries import actor_for
from chuan.quality.models import ImportBatch, ProcedureVersion
from chuan.web.agency.procedures.downloads import cover_of

_WHY = "the test compares what was filled"
STATES = {
    "SNV": "declared",
    "SNNMT": "redeclaration_due",
    "BX": "declared",
    "DM": "applying",
    "SL": "declared",
    "HN": "building",
}
SIGNED = ["Lê Thu Hà", "Đoàn Văn Sơn", "Hoàng Thị Giang"]
WAITING = {
    "giang": "Phê duyệt QT.BT.02",
    "vinh": "Chưa công bố hệ thống quản lý chất lượng",
    "phuong": "Cần công bố lại hệ thống",
    "dat": "Tỉnh đã có bản mới của",
    "an": "quy trình đang hiệu lực",
}


def test_the_people_of_the_demo_do_their_own_work(fill: Callable[[], None]) -> None:
    fill()  # once for all that is asked: it takes its time
    each_system_was_led_to_where_it_stands_by_people_of_its_own_agency()
    a_version_is_written_reviewed_and_approved_by_three_people_of_its_agency()
    work_waits_for_heads_and_secretaries_and_doubts_for_who_handed_files_in()


def _signed_in(username: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=username))
    return client


def each_system_was_led_to_where_it_stands_by_people_of_its_own_agency() -> None:
    systems = QualitySystem.objects.everywhere(reason=_WHY).filter(owner__province__code="00").select_related("owner")
    assert {one.owner.code: one.state for one in systems} == STATES
    for one in systems:
        assert set(one.moves.values_list("by__person__agency", flat=True)) == {one.owner_id}
    members = systems.get(owner__code="SNV").memberships.everywhere(reason=_WHY)
    assert [member.agency.code for member in members.select_related("agency")] == ["CCBTXH"]


def a_version_is_written_reviewed_and_approved_by_three_people_of_its_agency() -> None:
    versions = ProcedureVersion.objects.everywhere(reason=_WHY).filter(procedure__agency__province__code="00")
    assert not versions.filter(created_by__isnull=True).exists()
    version = versions.get(procedure__agency__code="BX", procedure__code="QT.XD.03", number=1)
    cover = cover_of(version, actor_for(Account.objects.get(username="ha"), timezone.now()))
    assert [one.name for one in (cover.drafted, cover.reviewed, cover.approved)] == SIGNED


def work_waits_for_heads_and_secretaries_and_doubts_for_who_handed_files_in() -> None:
    homes = {name: _signed_in(name).get("/").content.decode() for name in WAITING}
    assert {name: words for name, words in WAITING.items() if words not in homes[name]} == {}
    batch = ImportBatch.objects.everywhere(reason=_WHY).get(agency__code="BX")
    worklist = _signed_in("ha").get(reverse("import_batch", args=[batch.key])).context["lines"]
    assert {line.row.status: line.row.doubts for line in worklist} == {"doubtful": 2, "read": 0, "refused": 0}
