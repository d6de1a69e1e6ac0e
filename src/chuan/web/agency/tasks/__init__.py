"""What gives people work: one file, one provider, one line in this list."""

from chuan.web.agency.tasks.accounts import accounts_without_second_factor
from chuan.web.agency.tasks.delegations import delegations_ending
from chuan.web.agency.tasks.notices import unread_notices
from chuan.web.agency.tasks.positions import positions_nobody_holds
from chuan.web.kit.tasks import Provider

PROVIDERS: tuple[Provider, ...] = (
    unread_notices,
    delegations_ending,
    positions_nobody_holds,
    accounts_without_second_factor,
)
