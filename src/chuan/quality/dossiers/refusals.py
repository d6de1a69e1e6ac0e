"""Why a write on a living dossier is refused, in words for people."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chuan.kernel.errors import Refusal
from chuan.rules.handling.acts import Meanwhile
from chuan.text.messages import BadInput


class NotAdmittedNow(Refusal):
    """The rules do not admit this act (`chuan.rules.handling.acts`), or what was given is impossible."""

    def __init__(self, problem: BadInput) -> None:
        self.problem = problem
        super().__init__(problem.message.code)

    def __str__(self) -> str:
        return self.problem.message.text("en" if (get_language() or "").startswith("en") else "vi")


class ActedMeanwhile(NotAdmittedNow):
    """Others acted since the page was opened; nothing was written. `count` is how many acts there are more."""

    def __init__(self, problem: Meanwhile) -> None:
        super().__init__(problem)
        self.count = len(problem.acts)


class NotItsStep(Refusal):
    """The step is another position's, and no reason was given for doing it in its place."""

    def __init__(self, position: str) -> None:
        self.position = position
        super().__init__(position)

    def __str__(self) -> str:
        return _("Bước này đang ở vị trí “%(position)s”. Nếu làm thay, hãy ghi lý do rồi làm lại.") % {
            "position": self.position
        }


class NoIdentifier(Refusal):
    """Codes need the identifier of the agency."""

    def __str__(self) -> str:
        return _(
            "Cơ quan chưa ghi mã định danh nên chưa cấp được mã hồ sơ. "
            "Hãy mở “Cách làm của một cửa” và ghi mã định danh."
        )


class IdentifierTaken(Refusal):
    """Another agency has this identifier: two would give the same codes."""

    def __init__(self, identifier: str, agency: str) -> None:
        self.identifier, self.agency = identifier, agency
        super().__init__(identifier, agency)

    def __str__(self) -> str:
        return _("Mã định danh %(identifier)s là của %(agency)s. Hãy xem lại mã của cơ quan mình.") % {
            "identifier": self.identifier,
            "agency": self.agency,
        }


class NotHandled(Refusal):
    """The agency does not handle this public service on that day."""

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(day)

    def __str__(self) -> str:
        return _(
            "Vào ngày %(day)s cơ quan này không được giao thủ tục đó. Hãy xem lại ngày tiếp nhận, hoặc chọn cơ quan "
            "giải quyết khác."
        ) % {"day": f"{self.day:%d/%m/%Y}"}


class SlipEntered(Refusal):
    """A dossier with this slip of the year was entered already."""

    def __init__(self, slip: str, code: str) -> None:
        self.slip, self.code = slip, code
        super().__init__(slip, code)

    def __str__(self) -> str:
        return _("Phiếu giấy số %(slip)s đã được nhập: hồ sơ %(code)s. Hãy xem lại số phiếu.") % {
            "slip": self.slip,
            "code": self.code,
        }


class KeyOfAnother(Refusal):
    """The key of the act was used on another dossier: a copied address."""

    def __str__(self) -> str:
        return _("Trang này đã được dùng cho hồ sơ khác. Hãy mở lại trang từ danh sách hồ sơ rồi làm lại.")


class NotWithinProvince(Refusal):
    """Dossiers are received for agencies of the same province."""

    def __str__(self) -> str:
        return _("Chỉ tiếp nhận hồ sơ cho cơ quan trong cùng tỉnh.")
