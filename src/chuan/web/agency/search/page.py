"""The results of a search, grouped by kind of thing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chuan.kernel.effects import SIGNED_IN, actor_of, reads
from chuan.text.vietnamese import clean, fold
from chuan.web.agency.search import SOURCES
from chuan.web.kit.searching import SHOWN_PER_SOURCE

LONGEST_QUERY = 100


@reads(SIGNED_IN)
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found for `q`; letters without diacritics find those with them."""
    query = clean(request.GET.get("q", ""))[:LONGEST_QUERY]
    words, actor = fold(query), actor_of(request)
    results = [(s.heading, s.look(actor, words, SHOWN_PER_SOURCE)) for s in SOURCES] if words else []
    found = [(heading, things) for heading, things in results if things]
    return render(request, "agency/search.html", {"query": query, "results": found})
