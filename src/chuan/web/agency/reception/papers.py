"""The papers of a dossier as PDF and Word; the pads of slips for when the network is down."""

from collections.abc import Mapping
from typing import Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads
from chuan.kernel.errors import NotAllowed
from chuan.kernel.scoping import find
from chuan.quality.dossiers.models import Dossier
from chuan.quality.dossiers.papers import NoOccasion, numbering_of, paper, shop_of, slip
from chuan.quality.dossiers.queries import dossier_by_key
from chuan.quality.dossiers.receiving import offer
from chuan.quality.models import PublicService
from chuan.rules.authority import Permission
from chuan.rules.procedure.structure import Component
from chuan.web.agency.procedures.words import limit_words
from chuan.web.agency.reception.desk import desk_of
from chuan.web.agency.reception.promising import chosen_agency
from chuan.writing.one_stop import PAD, Form, Numbering, PaperName, paper_slips, write_form_pdf, write_form_word

WORDS: Mapping[str, str] = {
    "tiep-nhan": "receipt",
    "bo-sung": "supplement_request",
    "tu-choi": "refusal",
    "xin-loi": "apology",
    "dung": "stop_notice",
    "kiem-soat": "control_sheet",
}
"""The forms by their words in addresses."""
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CONFLICT = 409
MOST_SLIPS = 200


def form_word(form: str) -> str:
    """Return the word of a form in addresses."""
    return next(word for word, name in WORDS.items() if name == form)


@reads(Permission.SEE_AGENCY)
def dossier_paper(request: HttpRequest, key: str, form: str, ext: str) -> HttpResponse:
    """Download a form of the dossier; `viec` in the address is the number of its act, `giay=a4` another paper."""
    actor = actor_of(request)
    one = dossier_by_key(actor, key)
    if form not in WORDS or ext not in ("pdf", "docx"):
        raise Http404
    _require_desk(actor, one)
    said = request.GET.get("viec", "")
    act = int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else 0
    try:
        content = paper(WORDS[form], one, actor.at, act=act)
    except NoOccasion as refusal:
        return render(request, "agency/reception/no_paper.html", {"one": one, "why": refusal}, status=CONFLICT)
    numbering = numbering_of(shop_of(WORDS[form], one))
    return written(content, numbering, ext, f"{form}-{slugify(one.code)}", size_of(request))


def _require_desk(actor: Actor, one: Dossier) -> None:
    """Papers carry the name of the applicant: for who receives and handles the dossier, not for who is only asked."""
    wanted = (Permission.RECEIVE_DOSSIER, Permission.HANDLE_DOSSIER)
    if not any(actor.may(permission, agency) for permission in wanted for agency in (one.reception, one.agency)):
        raise NotAllowed


def size_of(request: HttpRequest) -> PaperName:
    """Return the paper that the address asks for (`giay=a4`), usually A5."""
    size: Literal["a4", "a5"] = "a4" if request.GET.get("giay") == "a4" else "a5"
    return size


def written(content: Form, numbering: Numbering, ext: str, name: str, size: PaperName = "a5") -> HttpResponse:
    """Return the form as a file: PDF is shown by the browser, to be printed from there; Word is downloaded."""
    if ext == "pdf":
        return file_of(write_form_pdf(content, numbering, size), PDF, f"{name}.pdf", shown=True)
    return file_of(write_form_word(content, numbering, size), WORD, f"{name}.docx", shown=False)


def file_of(body: bytes, content_type: str, name: str, *, shown: bool) -> HttpResponse:
    """Return a file that no cache keeps: it may carry names."""
    headers = {
        "Content-Disposition": f'{"inline" if shown else "attachment"}; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(body, content_type=content_type, headers=headers)


@reads(Permission.RECEIVE_DOSSIER)
def paper_slip_pad(request: HttpRequest) -> HttpResponse:
    """Download a pad of slips to be written by hand: for the service `thu-tuc`, `so` slips, numbered on from `tu`."""
    actor = actor_of(request)
    desk = desk_of(request, actor)
    key = request.GET.get("thu-tuc", "")
    service = find(PublicService.objects.visible_to(actor), key=key) if key else None
    components: tuple[Component, ...] = ()
    limit = ""
    agency = chosen_agency(request, service, desk.agency)[0] if service else None
    if service and agency:
        found = offer(agency, service, timezone.localdate(actor.at), desk.shop)
        components = found.written.components if found.written else ()
        limit = limit_words(found.committed or found.legal)
    first = _count(request, "tu", 1, 1_000_000)
    content = slip(desk.agency, desk.shop, service, components, limit, number=first)
    count = _count(request, "so", PAD, MOST_SLIPS)
    body = paper_slips(content, numbering_of(desk.shop), count=count, paper=size_of(request))
    return file_of(body, PDF, "phieu-giay.pdf", shown=True)


def _count(request: HttpRequest, name: str, usual: int, most: int) -> int:
    said = request.GET.get(name, "")
    return min(max(int(said), 1), most) if said.isascii() and said.isdecimal() and len(said) < 9 else usual
