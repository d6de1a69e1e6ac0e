"""What the validator says of a procedure of the application, and its repairs by their lasting names."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from hashlib import sha256

from chuan.kernel.actor import Actor
from chuan.organisations.models import Agency
from chuan.quality.procedures.content import structure
from chuan.quality.procedures.models import ProcedureVersion
from chuan.quality.procedures.queries import versions_of
from chuan.quality.services.models import PublicService
from chuan.reading.law import load_forms, load_law
from chuan.rules.procedure.coverage import national_code
from chuan.rules.procedure.remarks import Remark, RenumberedForm, Repair
from chuan.rules.procedure.structure import Procedure
from chuan.rules.procedure.validator import legal_states, renumbered_forms, validate


def remarks_on(written: Procedure, agency: Agency, day: date, previous: Procedure | None) -> tuple[Remark, ...]:
    """Return what the validator says of a procedure of `agency`; `previous` is its version in force."""
    names = Agency.objects.everywhere(reason="names of agencies are public; a copied procedure carries another's")
    others = names.filter(province=agency.province_id, kind=agency.kind).exclude(pk=agency.pk)
    return validate(
        written,
        day=day,
        legal_state=legal_states(load_law()),
        forms=_forms(),
        known_service=_known_service(agency),
        other_agencies=others.values_list("name", flat=True),
        own_agencies=(agency.name,),
        previous=previous,
    )


def _known_service(agency: Agency) -> Callable[[str], bool]:
    """Return whether the catalogue of the province has a code; while it is empty it says nothing against any."""
    every = PublicService.objects.everywhere(reason="the catalogue of the province is its agencies' too")
    catalogue = every.filter(agency__province_id=agency.province_id)
    return lambda code: catalogue.filter(code__startswith=national_code(code)).exists() or not catalogue.exists()


@cache
def _forms() -> tuple[RenumberedForm, ...]:
    return renumbered_forms(load_forms())


def remarks_of(version: ProcedureVersion, written: Procedure, actor: Actor, day: date) -> tuple[Remark, ...]:
    """Return what the validator says of `written`, the text of the draft `version` or what it is about to become."""
    earlier = versions_of(actor, version.procedure).filter(state="in_force").exclude(pk=version.pk).first()
    return remarks_on(written, version.procedure.agency, day, structure(earlier) if earlier else None)


def mend_name(remark: Remark, repair: Repair) -> str:
    """Return the lasting name of a way to mend: it fits only as long as the remark says the same."""
    words = f"{remark.rule}|{remark.variant}|{remark.step}|{remark.part}|{remark.index}|{repair.message.text()}"
    return sha256(words.encode()).hexdigest()[:12]


def repair_named(name: str, remarks: Iterable[Remark]) -> Repair | None:
    """Return the repair with this name; None when what it mends is no longer said."""
    for remark in remarks:
        for repair in remark.repairs:
            if mend_name(remark, repair) == name:
                return repair
    return None
