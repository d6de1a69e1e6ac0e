"""Addresses of the editor."""

from django.urls import path

from chuan.web.agency.editor import page, saves

urlpatterns = [
    path("ban-thao/<slug:key>/", page.edit_draft, name="edit_draft"),
    path("ban-thao/<slug:key>/cac-lan-luu/", saves.saves, name="draft_saves"),
    path("ban-thao/<slug:key>/cac-lan-luu/<int:saved>/", saves.saved_text, name="draft_saved_text"),
    path("ban-thao/<slug:key>/cac-lan-luu/<int:saved>/lay-lai/", saves.restore, name="restore_save"),
]
