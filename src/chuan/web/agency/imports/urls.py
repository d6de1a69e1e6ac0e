"""Addresses of the import pages."""

from django.urls import path

from chuan.web.agency.imports import batch, deciding, file, upload

urlpatterns = [
    path("nhap-quy-trinh/", upload.import_procedures, name="import_procedures"),
    path("nhap-quy-trinh/<slug:key>/", batch.import_batch, name="import_batch"),
    path("nhap-quy-trinh/<slug:key>/tien-do/", batch.progress, name="import_progress"),
    path("nhap-quy-trinh/<slug:key>/nhan-tep-ro/", deciding.accept_clear, name="accept_clear_imports"),
    path("nhap-quy-trinh/<slug:key>/doc-lai/", batch.read_again, name="read_import_again"),
    path("tep-nhap/<slug:key>/", file.imported_file, name="imported_file"),
    path("tep-nhap/<slug:key>/ban-goc/", file.original, name="imported_original"),
    path("tep-nhap/<slug:key>/nhan/", deciding.accept, name="accept_import"),
    path("tep-nhap/<slug:key>/hoan-tac/", deciding.take_back, name="take_back_import"),
    path("tep-nhap/<slug:key>/bo/", deciding.set_aside, name="set_import_aside"),
]
