"""All tables of the app, gathered for Django from its rooms."""

from chuan.quality.procedures.models import (
    Acknowledgement,
    Citation,
    DraftSaved,
    ImportBatch,
    ImportedFile,
    Procedure,
    ProcedureService,
    ProcedureVersion,
    SelfApproval,
    VersionMove,
)
from chuan.quality.services.models import CoverageCount, PublicService, ServiceDuty

__all__ = [
    "Acknowledgement",
    "Citation",
    "CoverageCount",
    "DraftSaved",
    "ImportBatch",
    "ImportedFile",
    "Procedure",
    "ProcedureService",
    "ProcedureVersion",
    "PublicService",
    "SelfApproval",
    "ServiceDuty",
    "VersionMove",
]
