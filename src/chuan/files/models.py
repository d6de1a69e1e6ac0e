"""The table of stored files: what a file is, never where it is used."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """A file as it was handed in. Its bytes lie in FILES_DIR under their checksum; equal bytes lie there once."""

    personal_data: ClassVar[str | None] = "the file may hold anything; its original name; the account that uploaded it"
    unscoped: ClassVar[str] = "reached only through the scoped row that refers to it, never by an address of its own"

    id = models.BigAutoField(primary_key=True)
    sha256 = models.CharField(_("mã kiểm tra"), max_length=64, db_index=True)
    size = models.BigIntegerField(_("dung lượng"))
    kind = models.CharField(_("loại tệp"), max_length=20)  # sniffed from the content: see `kinds`
    name = models.CharField(_("tên gốc"), max_length=200)
    uploaded_at = models.DateTimeField(_("tải lên lúc"))
    uploaded_by = models.CharField(_("người tải lên"), max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="file_never_empty",
                violation_error_message=_("Tệp trống, không có nội dung."),
            )
        ]

    def __str__(self) -> str:
        return self.name
