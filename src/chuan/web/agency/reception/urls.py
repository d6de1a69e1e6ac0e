"""Addresses of reception, of the papers of a dossier and of the book."""

from django.urls import path

from chuan.web.agency.reception import books, choosing, papers, promising, receiving, turning_away

urlpatterns = [
    path("tiep-nhan/", choosing.receive_dossiers, name="receive_dossiers"),
    path("tiep-nhan/phieu-giay.pdf", papers.paper_slip_pad, name="paper_slip_pad"),
    path("tiep-nhan/xong/<slug:key>/", receiving.received_dossier, name="received_dossier"),
    path("tiep-nhan/<slug:service>/", receiving.receive_dossier, name="receive_dossier"),
    path("tiep-nhan/<slug:service>/hen-tra/", promising.reception_promise, name="reception_promise"),
    path("tiep-nhan/<slug:service>/khong-nhan/", turning_away.turn_away, name="turn_away"),
    path("giay-to/<slug:key>/<slug:form>.<slug:ext>", papers.dossier_paper, name="dossier_paper"),
    path("so-theo-doi/", books.books, name="dossier_books"),
    path("so-theo-doi/<slug:key>/", books.book, name="dossier_book"),
    path("so-theo-doi/<slug:key>/so.<slug:ext>", books.book_file, name="dossier_book_file"),
    path("so-theo-doi/<slug:key>/quyen-moi/", books.begin_book_volume, name="begin_book_volume"),
    path("so-theo-doi/<slug:key>/khoa/", books.close_book, name="close_book"),
]
