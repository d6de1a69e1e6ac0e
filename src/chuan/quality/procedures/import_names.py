"""A file that names another agency than the one it is handed in for: asked once for each name, mended by one answer."""

from dataclasses import replace

from chuan.organisations.models import Agency
from chuan.rules.procedure.checks.agencies import named_agencies, renamed
from chuan.rules.procedure.structure import Doubt, Procedure
from chuan.text.messages import message


def with_names_asked(procedure: Procedure, agency: Agency) -> Procedure:
    """Return the procedure with a doubt for each other agency that it names; the proposal is the own name."""
    names = Agency.objects.everywhere(reason="names of agencies are public; a copied procedure carries another's")
    others = names.filter(province=agency.province_id, kind=agency.kind).exclude(pk=agency.pk)
    found = named_agencies(procedure, (agency.name,), tuple(others.values_list("name", flat=True)))
    doubts = [
        Doubt(message("validator.other_agency", agency=words), proposal=agency.name)
        for words in dict.fromkeys(one.words for one in found)
    ]
    return replace(procedure, doubts=(*procedure.doubts, *doubts))


def with_name(procedure: Procedure, doubt: Doubt) -> Procedure:
    """Return the procedure with the proposed name wherever the doubted one stands."""
    words = str(doubt.message.values["agency"])
    variants = tuple(
        replace(variant, steps=tuple(renamed(step, words, doubt.proposal) for step in variant.steps))
        for variant in procedure.variants
    )
    return replace(renamed(procedure, words, doubt.proposal), variants=variants)
