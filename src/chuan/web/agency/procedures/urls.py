"""Addresses of the procedure pages. `quy-trinh/<key>/` takes any word, so longer words stand before it."""

from django.urls import path

from chuan.web.agency.procedures import (
    adopting,
    approving,
    comparing,
    coverage,
    downloads,
    lists,
    mending,
    moves,
    page,
    starting,
)

urlpatterns = [
    path("quy-trinh/", lists.procedures, name="procedures"),
    path("quy-trinh/cac-co-quan/", lists.agencies_procedures, name="agencies_procedures"),
    path("quy-trinh/cua-tinh/", adopting.adoptable, name="adoptable_procedures"),
    path("quy-trinh/soan-moi/", starting.start, name="start_procedure"),
    path("quy-trinh/tach-soan-va-duyet/<slug:key>/", approving.four_eyes, name="four_eyes"),
    path("quy-trinh/tach-soan-va-duyet/<slug:key>/bat-lai/", approving.ask_again, name="end_self_approval"),
    path("quy-trinh/<slug:key>/", page.procedure, name="procedure"),
    path("quy-trinh/<slug:key>/ho-so-bieu-mau/", page.papers, name="procedure_papers"),
    path("quy-trinh/<slug:key>/ho-so-luu/", page.records, name="procedure_records"),
    path("quy-trinh/<slug:key>/lich-su/", page.history, name="procedure_history"),
    path("quy-trinh/<slug:key>/so-sanh/", comparing.compare_versions, name="compare_versions"),
    path("quy-trinh/<slug:key>/so-voi-goc/", comparing.compare_original, name="compare_original"),
    path("quy-trinh/<slug:key>/ban-moi/", moves.draft_again, name="draft_again"),
    path("quy-trinh/<slug:key>/noi-ap-dung/", adopting.adoptions, name="adoptions"),
    path("quy-trinh/<slug:key>/ap-dung/", adopting.adopt, name="adopt_procedure"),
    path("quy-trinh/<slug:key>/lay-ban-moi/", adopting.take_over, name="take_over_original"),
    path("phien-ban/<slug:key>/trinh/", moves.submit, name="submit_version"),
    path("phien-ban/<slug:key>/tra-lai/", moves.send_back, name="send_back_version"),
    path("phien-ban/<slug:key>/xem-xet/", moves.review, name="review_version"),
    path("phien-ban/<slug:key>/phe-duyet/", moves.approve, name="approve_version"),
    path("phien-ban/<slug:key>/mo-lai/", moves.reopen, name="reopen_version"),
    path("phien-ban/<slug:key>/dua-vao-ap-dung/", moves.bring_into_force, name="bring_version_into_force"),
    path("phien-ban/<slug:key>/bo/", moves.drop, name="drop_version"),
    path("phien-ban/<slug:key>/lay-lai/", moves.take_up_again, name="take_up_version"),
    path("phien-ban/<slug:key>/sua-nhanh/", mending.mend, name="mend_version"),
    path("phien-ban/<slug:key>/da-doc/", moves.acknowledge, name="acknowledge_version"),
    path("phien-ban/<slug:key>/ban-goc/", downloads.original_file, name="original_file"),
    path("phien-ban/<slug:key>/tai/<slug:kind>/", downloads.version_file, name="version_file"),
    path("do-phu/<slug:key>/", coverage.agency_coverage, name="coverage"),
    path("do-phu/<slug:key>/excel/", coverage.coverage_workbook, name="coverage_workbook"),
]
