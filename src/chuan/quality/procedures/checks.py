"""What is checked before a write on procedures: is the code free, is a draft open, does the move begin here."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.quality.procedures.lifecycle import BEING_WRITTEN, VERSION
from chuan.quality.procedures.models import Procedure, ProcedureVersion
from chuan.quality.procedures.refusals import NotFromHere


def refuse_taken(procedure: Procedure) -> None:
    """Raise ValidationError, naming the procedure of the agency that has the code already."""
    taken = Procedure.objects.within(procedure.agency).filter(code=procedure.code).first()
    if taken is not None:
        said = _("Ký hiệu %(code)s đã là của quy trình “%(name)s” trong cơ quan này.")
        raise ValidationError({"code": said % {"code": taken.code, "name": taken.name}})


def being_written(procedure: Procedure) -> ProcedureVersion | None:
    """Return the draft, or the version under review, of a procedure that was checked."""
    return procedure.versions.within(procedure.agency).filter(state__in=BEING_WRITTEN).first()


def refuse_from_elsewhere(version: ProcedureVersion, name: str, *, by: Actor) -> None:
    """Raise NotFromHere when `version` does not stand where the move of this name begins."""
    if version.state != VERSION.named(name).source:
        last = version.moves.latest("at", "pk")
        mine = last.by_id is not None and last.by_id == by.account_id
        raise NotFromHere(version.state_label, "" if mine else last.by_name, timezone.localtime(last.at))
