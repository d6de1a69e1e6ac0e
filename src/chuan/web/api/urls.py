"""Addresses for machines; `v1` changes only when what stands in docs/push.md would no longer hold."""

from django.urls import path

from chuan.web.api.pushes import events, file, file_result

urlpatterns = [
    path("su-kien", events, name="push_events"),
    path("tep", file, name="push_file"),
    path("tep/<slug:key>", file_result, name="push_file_result"),
]
