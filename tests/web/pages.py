"""Every page with what it answers to each of the cast and to a visitor: behind the matrix and the browser tests.

A new page is one line here. 200: shown; 302: sign in first, or go elsewhere; 403: yours, not allowed; 404: not yours.
`looked_at_by` is the member as whom the browser tests look at the page.
"""

from dataclasses import dataclass

from django.urls import reverse

MEMBERS = ("an", "binh", "giang", "ha", "chi", "dung", "khanh", "visitor")


@dataclass(frozen=True)
class WebPage:
    """A named page, the parts of its address, and the expected status for MEMBERS in their order.

    Without `looked_at_by` it is a download and not looked at.
    """

    name: str
    expected: str
    looked_at_by: str
    keys: tuple[str, ...] = ()
    query: str = ""
    queries: int = 10  # beside those of signing in

    @property
    def url(self) -> str:
        """Return the address."""
        return reverse(self.name, args=self.keys) + self.query

    def status_for(self, member: str) -> int:
        """Return what the page answers to a GET."""
        return int(self.expected.split()[MEMBERS.index(member)])

    def __str__(self) -> str:
        return "-".join((self.name, *self.keys)) + self.query


OF_DONG_HA = "404 404 404 404 200 403 403 302"
IMPORTS_IN_DONG_HA = "404 403 404 403 200 403 403 302"
DECIDES_IN_DONG_HA = "403 403 404 404 200 403 403 302"
SEES_AN_AGENCY = "200 200 200 200 200 403 403 302"
KEEPS_THE_CALENDAR = "403 403 200 403 404 403 200 302"
ALL_SIGNED_IN = "200 200 200 200 200 200 200 302"
KEEPERS_OF_PEOPLE = "403 403 200 403 404 403 200 302"  # the ISO secretary of the agency, and the administrator
ADMINISTRATORS = "403 403 403 403 403 403 200 302"
KEEPS_THE_SYSTEM = "403 403 200 200 404 403 403 302"  # the ISO secretary and the head of the agency
INSIDE = "200 200 200 200 404 200 404 302"  # the agency itself, and the province for what is in force
RECORDERS = "200 403 200 200 200 403 403 302"  # of the improvement register
RECORDS_IN_DONG_HA = "404 403 404 404 200 403 403 302"
RECEIVES = "200 403 200 403 200 403 403 302"  # the clerk at the desk, and the ISO secretaries who do it too
BOOK_OF_THANH_BINH = "200 200 200 200 404 403 403 302"
RUNS_THE_ONE_STOP = "403 403 200 200 200 403 403 302"  # the ISO secretaries and the head
RECORDS_OUTAGES = "200 403 200 200 404 403 403 302"  # who receives or runs the one-stop shop of Thanh Bình
WRITERS = "403 403 200 403 200 403 403 302"  # the ISO secretaries
HANDLED_IN_THANH_BINH = "200 200 200 200 404 403 403 302"
HANDLES_IN_THANH_BINH = "200 403 200 200 404 403 403 302"  # who handles dossiers there

PAGES = (
    #       page            an  binh giang ha  chi dung khanh visitor
    WebPage("home", ALL_SIGNED_IN, "giang", queries=34),  # one or two for each provider of tasks
    WebPage("home", ALL_SIGNED_IN, "khanh", queries=24),  # who keeps the province
    WebPage("notices", ALL_SIGNED_IN, "an"),
    WebPage("notices", ALL_SIGNED_IN, "giang", query="?xem=chua-doc"),
    WebPage("search", ALL_SIGNED_IN, "an", query="?q=binh"),
    WebPage("search", ALL_SIGNED_IN, "an", query="?q=khong+co+gi+nhu+vay"),
    WebPage("account", ALL_SIGNED_IN, "an"),
    WebPage("account_change_password", ALL_SIGNED_IN, "an"),
    WebPage("mfa_index", ALL_SIGNED_IN, "an"),
    WebPage("usersessions_list", ALL_SIGNED_IN, "an"),
    WebPage("account_login", "302 302 302 302 302 302 302 200", "visitor"),
    WebPage("account_logout", "200 200 200 200 200 200 200 302", "an"),
    WebPage("agencies", ALL_SIGNED_IN, "khanh"),
    WebPage("agencies", ALL_SIGNED_IN, "khanh", query="?loai=public_unit"),
    WebPage("agency_tree", ALL_SIGNED_IN, "khanh"),
    WebPage("agency", "200 200 200 200 404 200 200 302", "giang", ("thanhbinh",)),
    WebPage("agency", "404 404 404 404 200 200 200 302", "dung", ("dongha",)),
    WebPage("choose_province", ADMINISTRATORS, "khanh"),
    WebPage("add_agency", ADMINISTRATORS, "khanh"),
    WebPage("import_agencies", ADMINISTRATORS, "khanh"),
    WebPage("agencies_sample", ADMINISTRATORS, ""),
    WebPage("change_agency", ADMINISTRATORS, "khanh", ("thanhbinh",)),
    WebPage("close_agency", ADMINISTRATORS, "khanh", ("thanhbinh",)),
    WebPage("merge_agencies", ADMINISTRATORS, "khanh", ("thanhbinh",)),
    WebPage("split_agency", ADMINISTRATORS, "khanh", ("thanhbinh",)),
    WebPage("add_unit", KEEPERS_OF_PEOPLE, "giang", ("thanhbinh",)),
    WebPage("change_unit", KEEPERS_OF_PEOPLE, "giang", ("motcua",)),
    WebPage("close_unit", KEEPERS_OF_PEOPLE, "giang", ("motcua",)),
    WebPage("quality_systems", ALL_SIGNED_IN, "dung"),
    WebPage("quality_systems", ALL_SIGNED_IN, "khanh", query="?xem=da-cong-bo&loai=commune"),
    WebPage("quality_systems_workbook", ALL_SIGNED_IN, ""),
    WebPage("quality_system", "200 200 200 200 404 200 200 302", "giang", ("thanhbinh",)),
    WebPage("quality_system", "404 404 404 404 404 200 200 302", "dung", ("khcn",)),  # applies that of another
    WebPage("quality_system", "404 404 404 404 200 200 200 302", "chi", ("dongha",)),  # has none
    WebPage("found_quality_system", KEEPS_THE_SYSTEM, "giang", ("thanhbinh",)),
    WebPage("change_quality_system", KEEPS_THE_SYSTEM, "giang", ("hethong",)),
    WebPage("move_quality_system", KEEPS_THE_SYSTEM, "giang", ("hethong", "outgrow")),
    WebPage("move_quality_system", "403 403 403 200 404 403 403 302", "ha", ("hethong", "suspend")),
    WebPage("join_quality_system", KEEPS_THE_SYSTEM, "giang", ("hethong",)),
    WebPage("leave_quality_system", "403 403 200 200 403 403 403 302", "giang", ("thanhvien",)),
    WebPage("people", "200 200 200 200 200 403 200 302", "khanh"),
    WebPage("person", "200 200 200 200 404 403 200 302", "khanh", ("an",)),
    WebPage("positions", ALL_SIGNED_IN, "giang"),
    WebPage("position", "200 200 200 200 404 200 200 302", "giang", ("vitri-an",)),
    WebPage("add_person", KEEPERS_OF_PEOPLE, "giang", ("thanhbinh",)),
    WebPage("add_position", KEEPERS_OF_PEOPLE, "giang", ("thanhbinh",)),
    WebPage("import_people", KEEPERS_OF_PEOPLE, "giang", ("thanhbinh",)),
    WebPage("people_sample", KEEPERS_OF_PEOPLE, "", ("thanhbinh",)),
    WebPage("hold", KEEPERS_OF_PEOPLE, "giang", ("vitri-an",)),
    WebPage("assign_role", KEEPERS_OF_PEOPLE, "giang", ("vitri-an",)),
    WebPage("procedures", "200 200 200 200 200 403 403 302", "giang"),
    WebPage("procedures", "200 200 200 200 200 403 403 302", "chi"),
    WebPage("procedures", "200 200 200 200 200 403 403 302", "binh", query="?xem=chua-doc&q=cap"),
    WebPage("procedures_workbook", "200 200 200 200 200 403 403 302", ""),
    WebPage("agencies_procedures", "403 403 403 403 403 200 403 302", "dung"),
    WebPage("procedure", INSIDE, "giang", ("qtxd03",)),
    WebPage("procedure", "200 200 200 200 404 200 404 302", "binh", ("qtxd03",), "?lan=1"),
    WebPage("procedure", "200 200 200 200 404 404 404 302", "ha", ("qttrinh",)),
    WebPage("procedure", "200 200 200 200 404 200 404 302", "giang", ("qtnd01",)),
    WebPage("procedure", ALL_SIGNED_IN, "dung", ("qtkhcn01",)),
    WebPage("procedure_papers", INSIDE, "an", ("qtxd03",)),
    WebPage("procedure_records", INSIDE, "an", ("qtxd03",)),
    WebPage("procedure_history", INSIDE, "giang", ("qtxd03",)),
    WebPage("compare_versions", INSIDE, "giang", ("qtxd03",)),
    WebPage("compare_original", INSIDE, "giang", ("qtnd01",)),
    WebPage("compare_original", INSIDE, "dung", ("qtnd01",), "?xem=minh"),
    WebPage("adoptions", "403 403 403 403 403 200 403 302", "dung", ("qtkhcn01",)),
    WebPage("adoptions", "403 403 403 403 403 200 403 302", "dung", ("qtkhcn02",), "?xem=giu-nguyen"),
    WebPage("adoptable_procedures", WRITERS, "giang"),
    WebPage("adoptable_procedures", WRITERS, "giang", query="?xem=tat-ca"),
    WebPage("adopt_procedure", WRITERS, "giang", ("qtkhcn02",)),
    WebPage("start_procedure", WRITERS, "giang"),
    WebPage("edit_draft", "403 403 200 403 404 403 403 302", "giang", ("qtxd03-02",)),
    WebPage("edit_draft", "403 403 200 403 404 403 403 302", "giang", ("qtxd03-02",), "?phan=thong-tin"),
    WebPage("edit_draft", "403 403 200 403 404 403 403 302", "giang", ("qtxd03-02",), "?phan=ho-so"),
    WebPage("draft_saves", "403 403 200 403 404 403 403 302", "giang", ("qtxd03-02",)),
    WebPage("draft_saved_text", "403 403 200 403 404 403 403 302", "giang", ("qtxd03-02", "0")),
    WebPage("import_procedures", WRITERS, "giang"),
    WebPage("import_batch", "403 403 200 403 404 403 403 302", "giang", ("lo-nhap",)),
    WebPage("import_progress", "403 403 200 403 404 403 403 302", "", ("lo-nhap",)),
    WebPage("imported_file", "403 403 200 403 404 403 403 302", "giang", ("tep-a",)),
    WebPage("imported_file", "403 403 200 403 404 403 403 302", "giang", ("tep-c",)),
    WebPage("imported_original", "403 403 200 403 404 403 403 302", "", ("tep-a",)),
    WebPage("draft_again", "403 403 200 403 404 403 403 302", "giang", ("qtnd01",)),
    WebPage("submit_version", "403 403 200 403 404 403 403 302", "giang", ("qtxd03-02",)),
    WebPage("send_back_version", "403 403 200 200 404 403 403 302", "ha", ("qttrinh-01",)),
    WebPage("review_version", "403 403 200 200 404 403 403 302", "ha", ("qttrinh-01",)),
    WebPage("four_eyes", "403 403 200 200 404 403 200 302", "ha", ("thanhbinh",)),
    WebPage("approve_version", "403 403 403 200 403 403 403 302", "ha", ("qttrinh-01",)),
    WebPage("reopen_version", "403 403 403 200 403 403 403 302", "ha", ("qtcho-01",)),
    WebPage("withdraw_version", "403 403 403 200 403 403 403 302", "ha", ("qtxd03-01",)),
    WebPage("version_file", "200 200 200 200 404 200 404 302", "", ("qtxd03-01", "word")),
    WebPage("version_file", "200 200 200 200 404 404 404 302", "", ("qtxd03-02", "pdf")),
    WebPage("version_file", ALL_SIGNED_IN, "", ("qtkhcn01-02", "bpmn")),
    WebPage("agencies_coverage", "403 403 403 403 403 200 403 302", "dung"),
    WebPage("agencies_coverage", "403 403 403 403 403 200 403 302", "dung", query="?xem=con-thieu&loai=commune"),
    WebPage("coverage", "200 200 200 200 404 200 404 302", "giang", ("thanhbinh",)),
    WebPage("coverage", "404 404 404 404 200 200 404 302", "chi", ("dongha",)),
    WebPage("coverage_workbook", "200 200 200 200 404 200 404 302", "", ("thanhbinh",)),
    WebPage("services", ALL_SIGNED_IN, "khanh"),
    WebPage("service", ALL_SIGNED_IN, "khanh", ("thutuc1",)),
    WebPage("services_sample", "403 403 403 403 403 403 200 302", ""),
    WebPage("import_services", "403 403 403 403 403 403 200 302", "khanh"),
    WebPage("add_service", ADMINISTRATORS, "khanh"),
    WebPage("change_service", ADMINISTRATORS, "khanh", ("thutuc1",)),
    WebPage("repeal_service", ADMINISTRATORS, "khanh", ("thutuc1",)),
    WebPage("give_service", "403 403 200 403 200 403 200 302", "giang", ("thutuc1",)),
    WebPage("accounts", ADMINISTRATORS, "khanh"),
    WebPage("open_account", ADMINISTRATORS, "khanh", ("an",)),
    WebPage("authority", ALL_SIGNED_IN, "an"),
    WebPage("trail", "403 403 200 200 200 403 200 302", "khanh", query="?kiem=1"),
    WebPage("due", ALL_SIGNED_IN, "an"),
    WebPage("due", ALL_SIGNED_IN, "an", query="?nhan=20/11/2026+09:30&han=3+ngày+làm+việc&tam_tu=23/11/2026+08:00"),
    WebPage("calendars", ALL_SIGNED_IN, "giang"),
    WebPage("calendar", "200 200 200 200 404 200 200 302", "dung", ("thanhbinh",), "?nam=2027"),
    WebPage("edit_hours", KEEPS_THE_CALENDAR, "giang", ("thanhbinh",)),
    WebPage("close_days", KEEPS_THE_CALENDAR, "giang", ("thanhbinh",)),
    WebPage("open_again", KEEPS_THE_CALENDAR, "giang", ("thanhbinh", "2026-03-02", "2026-03-02")),
    WebPage("instruments", ALL_SIGNED_IN, "an"),
    WebPage("instruments", ALL_SIGNED_IN, "an", query="?q=khong+co&xem=expired"),
    WebPage("instrument", ALL_SIGNED_IN, "an", ("61/2018/NĐ-CP",)),
    WebPage("recognise", ALL_SIGNED_IN, "an"),
    WebPage("add_instrument", ADMINISTRATORS, "khanh"),
    WebPage("standards", ALL_SIGNED_IN, "an"),
    WebPage("standards", ALL_SIGNED_IN, "an", query="?ban=2008"),
    WebPage("dossiers", SEES_AN_AGENCY, "chi"),
    WebPage("dossiers", SEES_AN_AGENCY, "chi", query="?tinh-trang=khong-co"),
    WebPage("dossiers_export", SEES_AN_AGENCY, ""),
    WebPage("indices", SEES_AN_AGENCY, "chi"),
    WebPage("indices", SEES_AN_AGENCY, "an", query="?ky=2026-Q3"),
    WebPage("indices", SEES_AN_AGENCY, "chi", query="?tu=05/11/2026&den=01/11/2026"),
    WebPage("indices", OF_DONG_HA, "chi", query="?qt=thucte"),
    WebPage("indices_export", SEES_AN_AGENCY, ""),
    WebPage("indices_agencies", "403 403 403 403 403 200 403 302", "dung", query="?ky=2026"),
    WebPage("indices_agencies", "403 403 403 403 403 200 403 302", "dung", query="?q=khong+co"),
    WebPage("heat_map", SEES_AN_AGENCY, "chi"),
    WebPage("heat_map", SEES_AN_AGENCY, "an"),
    WebPage("heat_map_export", SEES_AN_AGENCY, ""),
    WebPage("where_time_goes", SEES_AN_AGENCY, "chi"),
    WebPage("where_time_goes", SEES_AN_AGENCY, "chi", query="?ky=2024"),
    WebPage("where_time_goes_export", SEES_AN_AGENCY, ""),
    WebPage("dossier", OF_DONG_HA, "chi", ("hoso2",)),
    WebPage("realities", SEES_AN_AGENCY, "chi"),
    WebPage("reality", OF_DONG_HA, "chi", ("thucte",)),
    WebPage("reality_download", OF_DONG_HA, "", ("thucte", "ket-qua")),
    WebPage("choose", DECIDES_IN_DONG_HA, "chi", ("thucte",), "?diem=skipped:B2"),
    WebPage("log_sources", SEES_AN_AGENCY, "chi"),
    WebPage("add_log_source", IMPORTS_IN_DONG_HA, "chi", ("dongha",)),
    WebPage("log_source", IMPORTS_IN_DONG_HA, "chi", ("nguon",)),
    WebPage("log_source_terms", IMPORTS_IN_DONG_HA, "chi", ("nguon",)),
    WebPage("make_push_token", IMPORTS_IN_DONG_HA, "chi", ("nguon",)),
    WebPage("push_events", "405 405 405 405 405 405 405 405", ""),  # who is signed in is not asked: a token is
    WebPage("push_file", "405 405 405 405 405 405 405 405", ""),
    WebPage("push_file_result", "401 401 401 401 401 401 401 401", "", ("tep",)),
    WebPage("log_upload", IMPORTS_IN_DONG_HA, "chi", ("tep",)),
    WebPage("withdraw_upload", IMPORTS_IN_DONG_HA, "chi", ("tep",)),
    WebPage("log_step_names", IMPORTS_IN_DONG_HA, "chi", ("tep",)),
    WebPage("log_columns", IMPORTS_IN_DONG_HA, "", ("tepmoi",)),
    WebPage("bad_rows", IMPORTS_IN_DONG_HA, "", ("tep",)),
    WebPage("improvements", SEES_AN_AGENCY, "giang"),
    WebPage("improvements", SEES_AN_AGENCY, "chi", query="?trang-thai=da-dong&q=khong+co"),
    WebPage("improvements_workbook", SEES_AN_AGENCY, ""),
    WebPage("enter_improvement", RECORDERS, "an"),
    WebPage("improvement", "200 200 200 200 404 403 403 302", "giang", ("phieudong",)),
    WebPage("improvement", OF_DONG_HA, "chi", ("phieumo",)),
    WebPage("change_improvement", RECORDS_IN_DONG_HA, "chi", ("phieumo",)),
    WebPage("correct_improvement", RECORDS_IN_DONG_HA, "chi", ("phieumo",)),
    WebPage("close_improvement", DECIDES_IN_DONG_HA, "chi", ("phieumo",)),
    WebPage("reopen_improvement", KEEPS_THE_SYSTEM, "giang", ("phieudong",)),
    WebPage("my_dossiers", SEES_AN_AGENCY, "an"),
    WebPage("my_dossiers", SEES_AN_AGENCY, "ha", query="?xem=co-quan&nhom=buoc-qua-han"),
    WebPage("my_dossiers", SEES_AN_AGENCY, "chi", query="?xem=hoi"),
    WebPage("my_dossiers", SEES_AN_AGENCY, "an", query="?xem=ket-thuc&q=khong+co"),
    WebPage("my_dossiers_workbook", SEES_AN_AGENCY, ""),
    WebPage("dossier_board", RUNS_THE_ONE_STOP, "ha"),
    WebPage("my_timeliness", SEES_AN_AGENCY, "an"),
    WebPage("my_timeliness", "404 404 404 200 404 403 403 302", "ha", query="?nguoi=an"),
    WebPage("one_stop", RUNS_THE_ONE_STOP, "giang"),
    WebPage("change_one_stop", RUNS_THE_ONE_STOP, "giang"),
    WebPage("set_role_holder", RUNS_THE_ONE_STOP, "giang", query="?vai-tro=Lãnh+đạo+UBND+xã"),
    WebPage("outages", SEES_AN_AGENCY, "an"),
    WebPage("outages", SEES_AN_AGENCY, "chi"),  # none yet
    WebPage("outages", SEES_AN_AGENCY, "binh", query="?xem=da-bo"),
    WebPage("outage", "200 200 200 200 404 403 403 302", "an", ("matmang",)),
    WebPage("begin_outage", "200 403 200 200 200 403 403 302", "an"),
    WebPage("end_outage", RECORDS_OUTAGES, "an", ("matmang",)),
    WebPage("correct_outage", RECORDS_OUTAGES, "ha", ("matmang",)),
    WebPage("receive_dossiers", RECEIVES, "an"),
    WebPage("receive_dossiers", RECEIVES, "an", query="?q=khong+co+gi"),
    WebPage("receive_dossier", RECEIVES, "an", ("thutuc1",)),
    WebPage("receive_dossier", RECEIVES, "an", ("thutuc2",)),
    WebPage("reception_promise", RECEIVES, "", ("thutuc1",)),
    WebPage("turn_away", RECEIVES, "an", ("thutuc1",)),
    WebPage("received_dossier", "200 403 200 403 404 403 403 302", "an", ("hosomo",), query="?in=1"),
    WebPage("paper_slip_pad", RECEIVES, "", query="?thu-tuc=thutuc1&so=1"),
    WebPage("dossier_paper", "200 403 200 200 404 403 403 302", "", ("hosomo", "tiep-nhan", "pdf")),
    WebPage("dossier_books", SEES_AN_AGENCY, "an"),
    WebPage("dossier_book", BOOK_OF_THANH_BINH, "ha", ("so2026",)),
    WebPage("dossier_book", BOOK_OF_THANH_BINH, "binh", ("so2026",), query="?q=khong+co+gi"),
    WebPage("dossier_book_file", "200 403 200 200 404 403 403 302", "", ("so2026", "xlsx")),
    WebPage("begin_book_volume", KEEPS_THE_SYSTEM, "ha", ("so2026",)),
    WebPage("close_book", KEEPS_THE_SYSTEM, "ha", ("so2026",)),
    WebPage("living_dossier", HANDLED_IN_THANH_BINH, "an", ("hosomo",), queries=26),
    WebPage("living_dossier", HANDLED_IN_THANH_BINH, "binh", ("hosoxong",), queries=26),
    WebPage("living_dossier", SEES_AN_AGENCY, "giang", ("hosohoi",), queries=30),
    WebPage("living_dossier", SEES_AN_AGENCY, "chi", ("hosohoi",), queries=16),  # the agency that was asked
    WebPage("act_on_dossier", HANDLES_IN_THANH_BINH, "an", ("hosomo", "bo-sung")),
    WebPage("act_on_dossier", HANDLES_IN_THANH_BINH, "ha", ("hosomo", "xin-loi")),
    WebPage("act_on_dossier", HANDLES_IN_THANH_BINH, "an", ("hosomo", "lien-thong")),
    WebPage("act_on_dossier", HANDLES_IN_THANH_BINH, "an", ("hosomo", "chuyen-nguoi")),
    WebPage("answer_dossier", "200 403 200 200 200 403 403 302", "chi", ("hosohoi", "3"), queries=14),
    WebPage("reality_agencies", "403 403 403 403 403 200 403 302", "dung"),
    WebPage("reality_agency", "403 403 403 403 403 200 403 302", "dung", ("dongha",)),
)

LOOKED_AT = tuple(page for page in PAGES if page.looked_at_by)
