"""All tables of the app, gathered for Django from its rooms."""

from chuan.quality.dossiers.models import (
    Applicant,
    Book,
    CodeCounter,
    Dossier,
    DossierAct,
    DossierPart,
    OneStop,
    RoleHolder,
)
from chuan.quality.dossiers.outages.models import Outage
from chuan.quality.improvement.models import Improvement, ImprovementMove
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
    "Applicant",
    "Book",
    "Citation",
    "CodeCounter",
    "CoverageCount",
    "Dossier",
    "DossierAct",
    "DossierPart",
    "DraftSaved",
    "ImportBatch",
    "ImportedFile",
    "Improvement",
    "ImprovementMove",
    "OneStop",
    "Outage",
    "Procedure",
    "ProcedureService",
    "ProcedureVersion",
    "PublicService",
    "RoleHolder",
    "SelfApproval",
    "ServiceDuty",
    "VersionMove",
]
