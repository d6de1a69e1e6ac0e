"""All tables of the app, gathered for Django from its rooms."""

from chuan.analytics.findings.models import AgencyReading, Choice, ProcedureReading, StepWeek
from chuan.analytics.logs.models import LoggedDossier, LogSource, LogUpload, PushToken, SetAside

__all__ = [
    "AgencyReading",
    "Choice",
    "LogSource",
    "LogUpload",
    "LoggedDossier",
    "ProcedureReading",
    "PushToken",
    "SetAside",
    "StepWeek",
]
