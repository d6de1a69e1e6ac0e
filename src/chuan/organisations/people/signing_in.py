"""How allauth is bound to this house: accounts are opened by an administrator, never by a visitor."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from chuan.kernel.effects import actor_of
from chuan.organisations.people.models import Account
from chuan.trail.actions import record


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in without sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: nobody signs up."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return the home page: whoever came with a one-time password goes on to his work."""
        return str(settings.LOGIN_REDIRECT_URL)

    def set_password(self, user: Account, password: str) -> None:
        """Keep the password that its owner chose; a one-time password is thereby done with."""
        actor = actor_of(self.request)
        user.set_password(password)
        user.must_change_password = False
        with transaction.atomic():
            user.save(update_fields=["password", "must_change_password"])
            record("account.change_password", by=actor, at=actor.at, subject=user)
