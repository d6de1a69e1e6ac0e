"""What one-stop systems push: events as JSON, whole files, and asking what became of a file."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from chuan.analytics.logs import queries
from chuan.analytics.logs.actions import hand_in
from chuan.analytics.logs.models import LogUpload
from chuan.analytics.logs.pushing import read_for, receive
from chuan.files.actions import LIMIT, safe_name
from chuan.jobs.take_in_log import ask_for
from chuan.text.messages import message
from chuan.web.api.doors import MEGABYTE, Answer, answer, asked, body_of, code_of, posted, speaker

LARGEST_PUSH = 5 * MEGABYTE
OF_EVENTS = ("application/json", "application/x-ndjson", "application/jsonl", "text/plain")
OF_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
SHOWN_BAD_ROWS = 1_000


@posted
def events(request: HttpRequest) -> HttpResponse:
    """Take events in; answer what was taken, what changed nothing, and each refused event with its place and reason."""
    token, by = speaker(request)
    if request.content_type not in (*OF_EVENTS, ""):
        raise Answer(415, message("push.unknown_type", given=request.content_type, wanted=", ".join(OF_EVENTS[:2])))
    push = read_for(token.source, body_of(request, limit=LARGEST_PUSH), now=by.at)
    receipt = receive(token.source, push, by=by, at=by.at)
    refused = [
        {"place": one.place, "dossier": one.dossier, "field": one.field, "value": one.value}
        | {"code": code_of(one.reason), "reason": one.reason.text()}
        for one in receipt.refused
    ]
    told: dict[str, Any] = {"taken": receipt.taken, "unchanged": receipt.unchanged, "dossiers": receipt.dossiers}
    nothing_good = bool(refused) and not receipt.taken and not receipt.unchanged
    return answer(told | {"refused": refused, "ignored": list(receipt.ignored)}, 422 if nothing_good else 200)


@posted
def file(request: HttpRequest) -> HttpResponse:
    """Hand a file in as on the page of the source: the bytes are the body, `?ten=` is its name."""
    token, by = speaker(request)
    if request.content_type in OF_FORMS:
        wanted = "application/octet-stream, text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        raise Answer(415, message("push.unknown_type", given=request.content_type, wanted=wanted))
    body = body_of(request, limit=LIMIT)
    name = safe_name(request.GET.get("ten", "")) if request.GET.get("ten") else _named(body)
    with transaction.atomic():
        upload = hand_in(token.source, body, name, channel=LogUpload.Channel.HTTP_FILE, by=by, at=by.at)
        ask_for(upload)
    return answer(_told(upload), 202)


def _named(body: bytes) -> str:
    """Return a name for a file that came without one."""
    return "tep.xlsx" if body.startswith(b"PK") else "tep.csv"


@asked
def file_result(request: HttpRequest, key: str) -> HttpResponse:
    """Tell what became of a file that was pushed into the source of the token."""
    token, _by = speaker(request)
    upload = queries.upload_of(token.source, key)
    if upload is None:
        raise Answer(404, message("push.not_found"))
    return answer(_told(upload) | {"refused": upload.bad_rows[:SHOWN_BAD_ROWS]})


def _told(upload: LogUpload) -> dict[str, Any]:
    counts = {"dossiers": upload.dossiers, "events": upload.events, "changed": upload.added}
    told = {"file": upload.key, "name": upload.name, "status": upload.status, "problem": upload.problem}
    return told | counts | {"result": reverse("push_file_result", args=[upload.key])}
