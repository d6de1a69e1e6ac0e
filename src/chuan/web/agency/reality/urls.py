"""Addresses of logs, dossiers, and procedure and reality."""

from django.urls import path

from chuan.web.agency.reality.choosing import choose, open_draft, reopen, settle, withdraw
from chuan.web.agency.reality.columns import log_columns
from chuan.web.agency.reality.dossiers import dossier, dossiers, dossiers_export
from chuan.web.agency.reality.downloads import reality_download
from chuan.web.agency.reality.naming import log_step_names
from chuan.web.agency.reality.procedure import realities, reality
from chuan.web.agency.reality.province import reality_agencies, reality_agency
from chuan.web.agency.reality.sources import add_log_source, bad_rows, log_source, log_sources, log_upload
from chuan.web.agency.reality.standing import make_push_token, revoke_push_token, watch_log_source
from chuan.web.agency.reality.terms import log_source_terms
from chuan.web.agency.reality.withdrawing import (
    close_log_source,
    give_back_upload,
    reopen_log_source,
    withdraw_upload,
)

urlpatterns = [
    path("ho-so/", dossiers, name="dossiers"),
    path("ho-so/danh-sach.xlsx", dossiers_export, name="dossiers_export"),
    path("ho-so/<slug:key>/", dossier, name="dossier"),
    path("thuc-te/", realities, name="realities"),
    path("thuc-te/<slug:key>/", reality, name="reality"),
    path("thuc-te/<slug:key>/chon/", choose, name="choose"),
    path("thuc-te/<slug:key>/tai/<slug:what>/", reality_download, name="reality_download"),
    path("lua-chon/<slug:key>/du-thao/", open_draft, name="open_choice_draft"),
    path("lua-chon/<slug:key>/bo/", withdraw, name="withdraw_choice"),
    path("lua-chon/<slug:key>/xong/", settle, name="settle_choice"),
    path("lua-chon/<slug:key>/mo-lai/", reopen, name="reopen_choice"),
    path("nguon-ho-so/", log_sources, name="log_sources"),
    path("nguon-ho-so/them/<slug:key>/", add_log_source, name="add_log_source"),
    path("nguon-ho-so/<slug:key>/", log_source, name="log_source"),
    path("nguon-ho-so/<slug:key>/cach-doc/", log_source_terms, name="log_source_terms"),
    path("nguon-ho-so/<slug:key>/dong/", close_log_source, name="close_log_source"),
    path("nguon-ho-so/<slug:key>/mo-lai/", reopen_log_source, name="reopen_log_source"),
    path("nguon-ho-so/<slug:key>/ma-gui/", make_push_token, name="make_push_token"),
    path("nguon-ho-so/<slug:key>/thu-muc/", watch_log_source, name="watch_log_source"),
    path("ma-gui/<slug:key>/thu-hoi/", revoke_push_token, name="revoke_push_token"),
    path("tep-ho-so/<slug:key>/", log_upload, name="log_upload"),
    path("tep-ho-so/<slug:key>/rut/", withdraw_upload, name="withdraw_upload"),
    path("tep-ho-so/<slug:key>/dung-lai/", give_back_upload, name="give_back_upload"),
    path("tep-ho-so/<slug:key>/ten-viec/", log_step_names, name="log_step_names"),
    path("tep-ho-so/<slug:key>/cot/", log_columns, name="log_columns"),
    path("tep-ho-so/<slug:key>/dong-khong-dung-duoc.xlsx", bad_rows, name="bad_rows"),
    path("thuc-te-co-quan/", reality_agencies, name="reality_agencies"),
    path("thuc-te-co-quan/<slug:key>/", reality_agency, name="reality_agency"),
]
