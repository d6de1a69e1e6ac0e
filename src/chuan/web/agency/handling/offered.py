"""What can be done with a dossier now: only what its state admits and its actor may. There are no dead buttons."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chuan.kernel.actor import Actor
from chuan.quality.dossiers.models import Dossier
from chuan.rules.authority import Permission
from chuan.rules.handling.acts import TURNS, ActKind, DossierState
from chuan.rules.handling.reckoning import Reckoning

P = Permission
S = DossierState
_RUNNING = (S.HANDLING, S.SUPPLEMENT, S.PAYMENT, S.PAUSED)


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that can be done on a page of its own: its word in the address, its act, the words of its link.

    `within`: the states in which it makes sense, None for all that admit the act; `wanted`: who may.
    """

    slug: str
    kind: ActKind
    words: Promise
    within: Collection[DossierState] | None = None
    wanted: Permission = P.HANDLE_DOSSIER


VERBS = (
    Verb("nhan-bo-sung", ActKind.RESUBMITTED, gettext_lazy("Nhận bổ sung"), wanted=P.RECEIVE_DOSSIER),
    Verb("da-nop-tien", ActKind.PAID, gettext_lazy("Ghi đã nộp tiền")),
    Verb("tiep-tuc", ActKind.RESUMED, gettext_lazy("Cho chạy tiếp")),
    Verb("bo-sung", ActKind.SUPPLEMENT, gettext_lazy("Yêu cầu bổ sung")),
    Verb("xin-y-kien", ActKind.CONSULTED, gettext_lazy("Xin ý kiến"), _RUNNING),
    Verb("lien-thong", ActKind.FORWARDED, gettext_lazy("Chuyển liên thông"), _RUNNING),
    Verb("xin-loi", ActKind.APOLOGISED, gettext_lazy("Xin lỗi, hẹn lại"), _RUNNING),
    Verb("cho-nop-tien", ActKind.PAYMENT, gettext_lazy("Chờ nộp tiền")),
    Verb("tam-dung", ActKind.PAUSED, gettext_lazy("Tạm dừng")),
    Verb("buoc-khac", ActKind.STEP, gettext_lazy("Làm bước khác thứ tự"), (S.HANDLING,)),
    Verb("co-ket-qua", ActKind.RESULT_READY, gettext_lazy("Ghi đã có kết quả")),
    Verb("chuyen-nguoi", ActKind.HANDED, gettext_lazy("Chuyển người khác")),
    Verb("ghi-chu", ActKind.NOTED, gettext_lazy("Ghi chú")),
    Verb("tu-choi", ActKind.REFUSED, gettext_lazy("Từ chối")),
    Verb("dung", ActKind.STOPPED, gettext_lazy("Dừng giải quyết")),
    Verb("rut", ActKind.WITHDRAWN, gettext_lazy("Công dân rút hồ sơ")),
)
"""In the order of the menu."""
MAIN = {
    S.SUPPLEMENT: "nhan-bo-sung",
    S.PAYMENT: "da-nop-tien",
    S.PAUSED: "tiep-tuc",
}
"""What comes next while the clock stands."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A link to what can be done."""

    slug: str
    words: str
    url: str


def verb_named(slug: str) -> Verb | None:
    """Return the verb with this word, None for a word that is none."""
    return next((verb for verb in VERBS if verb.slug == slug), None)


def may(actor: Actor, wanted: Permission, dossier: Dossier) -> bool:
    """Return whether `actor` acts on `dossier` by this permission: where it is handled or was received."""
    return actor.may(wanted, dossier.agency) or actor.may(wanted, dossier.reception)


def admits(verb: Verb, state: DossierState, found: Reckoning, *, has_steps: bool) -> bool:
    """Return whether `verb` makes sense now."""
    if verb.kind not in TURNS.get(state, {}) or (verb.within is not None and state not in verb.within):
        return False
    if verb.kind is ActKind.STEP:
        return has_steps
    return verb.kind is not ActKind.APOLOGISED or found.promised is not None


def offers(dossier: Dossier, found: Reckoning, actor: Actor, *, has_steps: bool) -> list[Offer]:
    """Return what `actor` can do, in the order of the menu."""
    return [
        Offer(verb.slug, str(verb.words), reverse("act_on_dossier", args=[dossier.key, verb.slug]))
        for verb in VERBS
        if admits(verb, found.state, found, has_steps=has_steps) and may(actor, verb.wanted, dossier)
    ]


def main_of(open_ones: Sequence[Offer], found: Reckoning) -> Offer | None:
    """Return what usually comes next where it is not a step, None where it is or nothing is left."""
    slug = MAIN.get(found.state, "")
    if found.state is S.HANDLING and found.usual is None and found.may_end:
        slug = "co-ket-qua"
    return next((one for one in open_ones if one.slug == slug), None)


def why_nothing(dossier: Dossier, found: Reckoning, actor: Actor) -> str:
    """Return why the actor can do nothing, "" where he can."""
    if not found.state.is_open:
        return _("Hồ sơ đã kết thúc, không còn việc phải làm.")
    if may(actor, P.HANDLE_DOSSIER, dossier):
        return ""
    return _("Bạn được xem hồ sơ. Xử lý hồ sơ là việc của công chức và người đứng đầu của %(agency)s.") % {
        "agency": dossier.agency.name
    }
