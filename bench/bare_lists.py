"""The other side of `lists.py`: each list as a plain Django ListView with a plain template, and nothing around it.

The same rows in the same order and the same columns, related rows fetched along as a careful author would; the sign-in
of Django's start project. No frame, navigation, filters, scoping or translation.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.generic import ListView
from lists_living import plain_rows as living_rows

from chuan.analytics.findings.models import AgencyReading, ProcedureReading
from chuan.analytics.logs.models import LoggedDossier, LogSource, LogUpload
from chuan.kernel.effects import SIGNED_IN, reads
from chuan.norms.models import LegalInstrument
from chuan.organisations.models import Agency
from chuan.organisations.people.models import Account, Holding, Person, Position
from chuan.quality.models import Improvement
from chuan.quality.procedures.lifecycle import COMING
from chuan.quality.procedures.models import ABOVE, ImportedFile, Procedure, ProcedureVersion
from chuan.quality.services.models import PublicService, ServiceDuty
from chuan.trail.models import Entry
from chuan.web.kit.paging import PAGE_SIZE

REASON = "the plain list of a benchmark"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
_PROCESSORS = ["request", "auth", "messages"]
_CONTEXT = {
    "request": "django.template.context_processors.request",
    "auth": "django.contrib.auth.context_processors.auth",
    "messages": "django.contrib.messages.context_processors.messages",
}
_PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{name}</title></head><body><h1>{name}</h1>
<table><thead><tr>{heads}</tr></thead><tbody>
{{% for row in object_list %}}<tr>{cells}</tr>{{% endfor %}}
</tbody></table>
<p>{{{{ page_obj.number }}}} / {{{{ paginator.num_pages }}}} ({{{{ paginator.count }}}})
{{% if page_obj.has_next %}}<a href="?page={{{{ page_obj.next_page_number }}}}">next</a>{{% endif %}}</p>
</body></html>"""
_MOMENT = 'date:"H:i d/m/Y"'
_LINK = "<a href=\"{{% url '{view}' row{path}.key %}}\">{{{{ row{path}.{shown} }}}}</a>"

Rows = Callable[[Agency], "QuerySet[Any]"]


def _link(view: str, shown: str, path: str = "") -> str:
    return _LINK.format(view=view, shown=shown, path=path)


def _values(*paths: str) -> tuple[str, ...]:
    return tuple(f"{{{{ row.{path} }}}}" for path in paths)


def _versions() -> "Prefetch[Any]":
    rows = ProcedureVersion.objects.everywhere(reason=REASON).defer("content").order_by("number")
    return Prefetch("versions", rows, to_attr="known_versions")


def _held() -> "Prefetch[Any]":
    return Prefetch("holdings", Holding.objects.everywhere(reason=REASON).select_related("position", "person"), "held")


def _procedures(agency: Agency) -> "QuerySet[Any]":
    return Procedure.objects.within(agency).prefetch_related(_versions()).order_by("agency_id", "code", "pk")


def _of_province(_agency: Agency) -> "QuerySet[Any]":
    rows = Procedure.objects.everywhere(reason=REASON).filter(in_force=True).select_related("agency")
    return rows.prefetch_related(_versions()).order_by("agency_id", "code", "pk")


def _adoptable(agency: Agency) -> "QuerySet[Any]":
    handled = ServiceDuty.objects.within(agency).values("service")
    services = PublicService.objects.everywhere(reason=REASON).filter(Q(pk__in=handled) | Q(level__icontains="xã"))
    rows = _of_province(agency).filter(agency__kind__in=ABOVE)
    return rows.filter(pk__in=rows.filter(Q(services=None) | Q(services__in=services)).values("pk"))


def _coverage(agency: Agency) -> "QuerySet[Any]":
    procedures = Procedure.objects.within(agency)
    coming = ProcedureVersion.objects.within(agency).filter(state__in=COMING).defer("content").order_by("number")
    written = procedures.filter(in_force=False).prefetch_related(Prefetch("versions", coming, "coming"))
    rows = PublicService.objects.everywhere(reason=REASON).filter(duties__agency=agency).order_by("code", "pk")
    serving = Prefetch("procedures", procedures.filter(in_force=True), "serving")
    return rows.prefetch_related(serving, Prefetch("procedures", written, "written"))


def _readings(agency: Agency) -> "QuerySet[Any]":
    rows = ProcedureReading.objects.within(agency).filter(period="").select_related("version__procedure__agency")
    return rows.defer("content", "version__content").order_by("-dossiers", "pk")


def _dossiers(agency: Agency) -> "QuerySet[Any]":
    rows = LoggedDossier.objects.within(agency).select_related("procedure").defer("events", "facts")
    return rows.order_by("-received_at", "-pk")


def _living(agency: Agency) -> "QuerySet[Any]":
    return living_rows(agency, timezone.now())


def _imported(agency: Agency) -> "QuerySet[Any]":
    rows = ImportedFile.objects.within(agency).select_related("procedure").defer("reading")
    return rows.annotate(understood=KeyTransform("procedures", "reading")).order_by("name", "pk")


def _all(model: type[Any], order: tuple[str, ...], *related: str) -> Rows:
    rows = {"reason": REASON} if hasattr(model.objects, "everywhere") else None

    def found(_agency: Agency) -> "QuerySet[Any]":
        start = model.objects.everywhere(**rows) if rows else model.objects.all()
        return (start.select_related(*related) if related else start).order_by(*order)  # type: ignore[no-any-return]  # any model

    return found


def _within(model: type[Any], order: tuple[str, ...], *related: str) -> Rows:
    def found(agency: Agency) -> "QuerySet[Any]":
        rows = model.objects.within(agency)
        return (rows.select_related(*related) if related else rows).order_by(*order)  # type: ignore[no-any-return]  # any model

    return found


def _people(agency: Agency) -> "QuerySet[Any]":
    return _within(Person, ("sort_text", "pk"), "agency")(agency).prefetch_related(_held())


def _all_people(agency: Agency) -> "QuerySet[Any]":
    return _all(Person, ("sort_text", "pk"), "agency")(agency).prefetch_related(_held())


def _all_positions(agency: Agency) -> "QuerySet[Any]":
    rows = _all(Position, ("agency__search_text", "code", "pk"), "agency", "unit")(agency)
    return rows.filter(closed_on=None).prefetch_related(_held())


def _accounts(_agency: Agency) -> "QuerySet[Any]":
    rows = Account.objects.select_related("person__agency").prefetch_related("authenticator_set")
    return rows.order_by("username")


def _entries(_agency: Agency) -> "QuerySet[Any]":
    """Return the trail with the names of who acted and on whom: every entry of the benchmark is on a person."""
    people = Person.objects.everywhere(reason=REASON).order_by()
    who = people.filter(account__username=Substr(OuterRef("by"), len("account:") + 1)).values("full_name")
    what = people.filter(key=Substr(OuterRef("subject"), len("person:") + 1))
    named = {"who": Subquery(who[:1]), "what": Subquery(what.values("full_name")[:1])}
    return Entry.objects.annotate(**named, whose=Subquery(what.values("key")[:1])).order_by("-seq")


_LIMITS = ("step_due_at", "due_at", "legal_due_at")
_STEP_FORM = (
    '<form method="post" action="{% url \'do_dossier_step\' row.key %}">{% csrf_token %}'
    '<input type="hidden" name="seen" value="{{ row.act_count }}">'
    '<input type="hidden" name="step" value="{{ row.step }}">'
    "<button>{{ row.state }}</button></form>"
)
_STATES = "{% for one in row.known_versions %}{{ one.state }} {{ one.number }} {{ one.effective_on }} {% endfor %}"
_STEPS = "{{ row.known_versions.0.step_count }}"
_HELD = "{% for one in row.held %}{{ one.position.title }} {% endfor %}"
_HOLDERS = (
    "{% for one in row.held %}<a href=\"{% url 'person' one.person.key %}\">{{ one.person.full_name }}</a>{% endfor %}"
)
_SERVING = (
    "{% for one in row.serving %}<a href=\"{% url 'procedure' one.key %}\">{{ one.code }}</a> "
    "{{ one.name }}{% empty %}{% for one in row.written %}{% for version in one.coming %}"
    "<a href=\"{% url 'procedure' one.key %}?lan={{ version.number }}\">{{ one.code }}</a> {{ version.number }} "
    "{{ version.state_label }}{% endfor %}{% endfor %}{% endfor %}"
)
_PROCEDURE = (*_values("code"), _link("procedure", "name"), *_values("field"), _STEPS, _STATES)
_OF_AGENCY = (*_PROCEDURE, *_values("agency.name"))
_READ = _values("dossiers", "followed", "judged_steps", "in_time", "judged_time", f"computed_at|{_MOMENT}")
_PERSON = (_link("person", "full_name"), *_values("staff_code", "agency.name"), _HELD)

PLAIN: dict[str, tuple[Rows, tuple[str, ...]]] = {
    "procedures": (_procedures, _PROCEDURE),
    "agencies_procedures": (_of_province, _OF_AGENCY),
    "adoptable_procedures": (_adoptable, _OF_AGENCY[:3] + _OF_AGENCY[5:]),
    "coverage": (_coverage, (*_values("code"), _link("service", "name"), *_values("field"), _SERVING)),
    "services": (
        _all(PublicService, ("code", "pk")),
        (
            *_values("code"),
            _link("service", "name"),
            *_values("field", "legal_amount", "legal_unit", "committed_amount", "committed_unit"),
        ),
    ),
    "dossiers": (
        _dossiers,
        (
            _link("dossier", "code"),
            *_values("procedure.code", "procedure.name|truncatechars:70", "state"),
            *_values(*(f"{name}|{_MOMENT}" for name in ("received_at", "due_at", "finished_at")), "cost"),
        ),
    ),
    "realities": (
        _readings,
        (_link("reality", "name", ".version.procedure"), *_values("version.procedure.agency.name"), *_READ),
    ),
    "reality_agencies": (
        _all(AgencyReading, ("agency__search_text", "agency_id"), "agency"),
        (
            _link("reality_agency", "name", ".agency"),
            *_values("procedures", "dossiers", "followed", "judged_steps", "in_time", "judged_time"),
        ),
    ),
    "agencies_coverage": (
        _all(Agency, ("search_text", "pk"), "coverage_count"),
        (
            _link("coverage", "name"),
            *_values("get_kind_display", "coverage_count.covered", "coverage_count.services"),
        ),
    ),
    "log_sources": (
        _within(LogSource, ("name", "pk"), "agency"),
        (_link("log_source", "name"), *_values("agency.name", f"recorded_until|{_MOMENT}")),
    ),
    "log_source": (
        _within(LogUpload, ("-created_at", "-pk"), "source__agency"),
        (_link("log_upload", "name"), *_values("status", "dossiers", "events", "added", f"finished_at|{_MOMENT}")),
    ),
    "improvements": (
        _within(Improvement, ("-year", "-number", "-pk")),
        (
            _link("improvement", "shown_number"),
            *_values("about", "get_source_display", "clause", "dossier_code"),
            *_values("get_kind_display", "state_label", "due_on"),
        ),
    ),
    "my_dossiers": (
        _living,
        (
            _link("living_dossier", "code"),
            *_values("request|truncatechars:90", "service.code", "step_title|truncatechars:80", "holder.title"),
            *_values("urgency", *(f"{name}|{_MOMENT}" for name in ("step_since_at", *_LIMITS))),
            _STEP_FORM,
        ),
    ),
    "import_batch": (
        _imported,
        (
            _link("imported_file", "name"),
            "{{ row.understood.0.variants.0.steps|length }}",
            *_values("status", "problem"),
        ),
    ),
    "instruments": (
        _all(LegalInstrument, ("-year", "number")),
        _values("number", "title", "kind", "effective_on", "expires_on"),
    ),
    "agencies": (
        _all(Agency, ("search_text", "pk"), "parent"),
        (
            _link("agency", "name"),
            *_values("code", "parent.name", "get_kind_display", "get_obligation_display", "valid_from", "valid_until"),
        ),
    ),
    "people": (_people, _PERSON),
    "all_people": (_all_people, _PERSON),
    "positions": (
        _all_positions,
        (*_values("code"), _link("position", "title"), *_values("agency.name", "unit.name"), _HOLDERS),
    ),
    "accounts": (
        _accounts,
        (
            *_values("username", "person.full_name", "person.agency.name", "is_active", f"last_login|{_MOMENT}"),
            "{% if row.authenticator_set.all %}2{% endif %}",
        ),
    ),
    "trail": (
        _entries,
        (
            *_values("seq", f"at|{_MOMENT}", "who", "by", "action", "facts", "subject"),
            "<a href=\"{% url 'person' row.whose %}\">{{ row.what }}</a>",
        ),
    ),
}


def templates() -> dict[str, Any]:
    """Return the settings of the engine that holds the plain templates."""
    made = {}
    for name, (_rows, cells) in PLAIN.items():
        heads = "".join(f"<th>{number}</th>" for number, _cell in enumerate(cells))
        body = "".join(f"<td>{cell}</td>" for cell in cells)
        made[f"{name}.html"] = _PAGE.format(name=name, heads=heads, cells=body)
    loaders = [("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", made)])]
    return {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "plain",
        "OPTIONS": {"loaders": loaders, "context_processors": [_CONTEXT[name] for name in _PROCESSORS]},
    }


def _view(name: str) -> Any:
    rows, _cells = PLAIN[name]

    class Plain(LoginRequiredMixin, ListView):  # type: ignore[type-arg]  # not generic at run time
        paginate_by = PAGE_SIZE
        template_engine = "plain"
        template_name = f"{name}.html"

        def get_queryset(self) -> "QuerySet[Any]":
            return rows(Agency(pk=self.kwargs["agency"]))

    return Plain.as_view()


@reads(SIGNED_IN)
def nothing(_request: HttpRequest) -> HttpResponse:
    """Answer nothing: what this costs is the sign-in."""
    return HttpResponse("")


urlpatterns = [
    *(path(f"plain/{name}/<int:agency>/", _view(name), name=f"plain_{name}") for name in PLAIN),
    path("nothing/", nothing, name="nothing"),
]
