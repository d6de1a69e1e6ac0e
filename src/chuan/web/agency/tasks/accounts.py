"""Work of administrators: accounts that are protected by a password alone."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from chuan.kernel.actor import Actor
from chuan.organisations.people.models import Account
from chuan.rules.authority import Permission
from chuan.web.kit.tasks import Task, Urgency


def accounts_without_second_factor(actor: Actor) -> Iterable[Task]:
    """Yield one task when the administrator's own account has no second factor."""
    if actor.account_id is None or not actor.may_somewhere(Permission.MANAGE_ACCOUNTS):
        return
    if not Account.objects.filter(pk=actor.account_id, authenticator__isnull=False).exists():
        yield Task(
            due_on=None,
            urgency=Urgency.LATER,
            title=_("Tài khoản quản trị của bạn chỉ có mật khẩu"),
            why=_("Ai biết mật khẩu là mở được tài khoản của mọi người. Thêm mã trên điện thoại hoặc khóa truy cập."),
            verb=_("Bật lớp thứ hai"),
            url=reverse("mfa_index"),
            article=_("TCVN 14423, cấp độ 2"),
        )
