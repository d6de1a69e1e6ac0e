"""The length of passwords: 14 signs, or 8 for an account with a second factor (TCVN 14423, level 2; facts 8.5)."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ALONE, WITH_SECOND_FACTOR = 14, 8


class LengthBySecondFactor:
    """A validator of AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when `password` is too short for `user`."""
        least = WITH_SECOND_FACTOR if _has_second_factor(user) else ALONE
        if len(password) < least:
            raise ValidationError(
                _("Mật khẩu quá ngắn: cần ít nhất %(least)d ký tự."), code="password_too_short", params={"least": least}
            )

    def get_help_text(self) -> str:
        """Return the rule for the form."""
        return _("Mật khẩu dài ít nhất 14 ký tự; ít nhất 8 ký tự nếu tài khoản đã bật xác thực hai bước.")


def _has_second_factor(user: Any) -> bool:
    return user is not None and user.pk is not None and Authenticator.objects.filter(user=user).exists()
