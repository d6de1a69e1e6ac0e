"""All tables of the app, gathered for Django from its rooms."""

from chuan.norms.holidays.models import AgencyCalendar, CalendarEdition
from chuan.norms.law.models import LegalInstrument

__all__ = ["AgencyCalendar", "CalendarEdition", "LegalInstrument"]
