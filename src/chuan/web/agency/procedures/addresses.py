"""Addresses that are made of a version."""

from django.urls import reverse

from chuan.quality.procedures.models import ProcedureVersion


def version_url(version: ProcedureVersion) -> str:
    """Return the address of the page that shows just this version."""
    return f"{reverse('procedure', args=[version.procedure.key])}?lan={version.number}"
