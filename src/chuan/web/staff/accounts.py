"""Accounts: the list for administrators; opening, resetting, closing one. The new password is shown once."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from chuan.kernel.actor import Actor
from chuan.kernel.effects import actor_of, reads, writes
from chuan.kernel.errors import NotYours
from chuan.kernel.scoping import find, require
from chuan.organisations.people import accounts as actions
from chuan.organisations.people.models import Account, Person
from chuan.rules.authority import Permission
from chuan.text.vietnamese import fold
from chuan.web.kit.acting import ask, say
from chuan.web.kit.forms import done
from chuan.web.kit.paging import page_of
from chuan.web.staff.forms import AccountForm

SHOWN = (
    "key",
    "full_name",
    "agency__name",
    *(f"account__{name}" for name in ("username", "is_active", "last_login")),
)


@reads(Permission.MANAGE_ACCOUNTS)
def accounts(request: HttpRequest) -> HttpResponse:
    """Show the accounts of the people the actor may see, with their protection."""
    actor = actor_of(request)
    rows = Person.objects.visible_to(actor).filter(account__isnull=False)
    for word in fold(request.GET.get("q", "")).split():
        rows = rows.filter(search_text__contains=word)
    second = Exists(Authenticator.objects.filter(user=OuterRef("account")))
    shown = rows.select_related("account", "agency").only(*SHOWN).annotate(has_second_factor=second)
    page = page_of(shown, ("account__username",), request.GET.get("sau", ""))
    return render(request, "staff/accounts.html", {"page": page})


@writes(Permission.MANAGE_ACCOUNTS)
@never_cache
def open_account(request: HttpRequest, key: str) -> HttpResponse:
    """Open the account of the person `key` and show its one-time password."""
    actor = actor_of(request)
    person = find(Person.objects.visible_to(actor).select_related("agency"), key=key)
    require(actor, Permission.MANAGE_ACCOUNTS, person.agency)
    form, password = AccountForm(request.POST or None), actions.one_time_password()

    def act() -> object:
        return actions.open_account(
            person, username=form.cleaned_data["username"], password=password, by=actor, at=actor.at
        )

    if done(form, act):
        return _told(request, Account.objects.get(person=person), password)
    return ask(request, form, "staff/open_account.html", person=person)


@writes(Permission.MANAGE_ACCOUNTS)
@require_POST
@never_cache
def reset_password(request: HttpRequest, key: str) -> HttpResponse:
    """Give the person `key` a new one-time password and show it once."""
    actor = actor_of(request)
    account = _managed(actor, key)
    return _told(request, account, actions.reset_password(account, by=actor, at=actor.at))


@writes(Permission.MANAGE_ACCOUNTS)
@require_POST
def reset_second_factor(request: HttpRequest, key: str) -> HttpResponse:
    """Take the second factors from the person `key` (lost telephone)."""
    return _changed(
        request, key, actions.reset_second_factor, _("Đã gỡ lớp bảo vệ thứ hai và thoát mọi nơi đăng nhập.")
    )


@writes(Permission.MANAGE_ACCOUNTS)
@require_POST
def close_account(request: HttpRequest, key: str) -> HttpResponse:
    """Let the person `key` sign in no more."""
    return _changed(request, key, actions.close_account, _("Đã khóa tài khoản."))


@writes(Permission.MANAGE_ACCOUNTS)
@require_POST
def reopen_account(request: HttpRequest, key: str) -> HttpResponse:
    """Let the person `key` sign in again."""
    return _changed(request, key, actions.reopen_account, _("Đã mở lại tài khoản."))


def _changed(request: HttpRequest, key: str, action: Callable[..., object], said: str) -> HttpResponse:
    actor = actor_of(request)
    action(_managed(actor, key), by=actor, at=actor.at)
    say(request, said)
    return redirect("person", key=key)


def _told(request: HttpRequest, account: Account, password: str) -> HttpResponse:
    return render(request, "staff/password_once.html", {"account": account, "password": password})


def _managed(actor: Actor, key: str) -> Account:
    person = find(Person.objects.visible_to(actor), key=key)
    account = Account.objects.select_related("person__agency").filter(person=person).first()
    if account is None:
        raise NotYours
    require(actor, Permission.MANAGE_ACCOUNTS, account.person.agency)
    return account
