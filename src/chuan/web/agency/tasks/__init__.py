"""What gives people work: one file, one provider, one line in this list."""

from chuan.web.agency.tasks.accounts import accounts_without_second_factor
from chuan.web.agency.tasks.background import background_work_given_up
from chuan.web.agency.tasks.delegations import delegations_ending
from chuan.web.agency.tasks.dossiers import apologies_due, dossiers_to_handle, parts_asked
from chuan.web.agency.tasks.imports import imports_not_finished
from chuan.web.agency.tasks.improvement import improvements_to_do
from chuan.web.agency.tasks.law import law_not_carried_over
from chuan.web.agency.tasks.notices import unread_notices
from chuan.web.agency.tasks.outages import outages_unfinished
from chuan.web.agency.tasks.positions import positions_nobody_holds
from chuan.web.agency.tasks.procedures import (
    drafts_being_written,
    originals_moved_on,
    unread_procedures,
    versions_sent_back,
    versions_waiting,
)
from chuan.web.agency.tasks.quality_systems import systems_to_declare
from chuan.web.agency.tasks.reality import open_choices, questions_to_decide, uploads_refused
from chuan.web.agency.tasks.services import uncovered_services
from chuan.web.agency.tasks.sources import agencies_without_source
from chuan.web.kit.tasks import Provider

PROVIDERS: tuple[Provider, ...] = (
    unread_notices,
    dossiers_to_handle,
    parts_asked,
    apologies_due,
    outages_unfinished,
    versions_waiting,
    versions_sent_back,
    imports_not_finished,
    drafts_being_written,
    unread_procedures,
    originals_moved_on,
    law_not_carried_over,
    uncovered_services,
    systems_to_declare,
    open_choices,
    questions_to_decide,
    improvements_to_do,
    uploads_refused,
    agencies_without_source,
    delegations_ending,
    positions_nobody_holds,
    background_work_given_up,
    accounts_without_second_factor,
)
