"""One living dossier on the web: each act, what refuses it, and what is shown to whom."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from chuan.quality.dossiers.models import Dossier

from ..cast import Cast
from ..quality.dossier_stage import dossier

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def url(name: str, key: str = "hosomo") -> str:
    return reverse(name, args=[key])


def kinds(one: Dossier) -> list[str]:
    return [act.kind for act in one.acts.all()]


def test_a_step_is_done_once_for_each_key_and_goes_back_to_where_it_was_pressed(
    cast: Cast, signed_in: SignedIn
) -> None:
    said = {"step": "1", "key": "k1", "seen": "2", "next": "/xu-ly/"}
    for _press in range(2):
        answer = signed_in("an").post(url("do_dossier_step"), said)
        assert (answer.status_code, answer["Location"]) == (302, "/xu-ly/")
    assert kinds(dossier("hosomo")) == ["received", "step", "step"]
    elsewhere = signed_in("an").post(url("do_dossier_step"), said | {"next": "https://la.example/"})
    assert elsewhere["Location"] == url("living_dossier")


def test_a_step_can_be_undone_from_its_message(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("an")
    page = client.post(url("do_dossier_step"), {"step": "1", "key": "k1", "seen": "2"}, follow=True)
    undo = next(str(one.extra_tags) for one in page.context["messages"])
    client.post(undo)
    client.post(undo)
    one = dossier("hosomo")
    assert (one.act_count, one.step) == (4, 1)
