"""The validator (facts D9): every remark with its place, its reason and, where possible, the mend.

A rule is a small function (procedure, surroundings) → remarks; this module holds the list of them.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from chuan.rules.instruments import LawLibrary
from chuan.rules.one_stop_forms import FormCatalogue
from chuan.rules.procedure.checks import agencies, content, law, numbering, times, ways
from chuan.rules.procedure.remarks import LegalState, LegalStatus, Remark, RenumberedForm, Severity, Surroundings
from chuan.rules.procedure.structure import Procedure
from chuan.rules.procedure.words import recognised
from chuan.text.references import find_references, first_reference

Rule = Callable[[Procedure, Surroundings], Iterator[Remark]]

RULES: tuple[Rule, ...] = (
    content.no_steps,
    times.sum_over_limit,
    times.sum_below_limit,
    times.declared_over_committed,
    times.committed_over_legal,
    times.sum_over_legal,
    times.no_committed_time,
    times.committed_in_the_table_only,
    times.limits_without_an_amount,
    times.whole_time_in_one_step,
    times.zero_time,
    times.missing_time,
    times.uncounted_with_time,
    times.mixed_clocks,
    numbering.duplicate_numbers,
    numbering.missing_numbers,
    numbering.numbering_gaps,
    numbering.phase_gaps,
    ways.unknown_links,
    ways.unreachable_steps,
    ways.steps_without_end,
    ways.broken_parallels,
    ways.loops_without_condition,
    content.missing_title,
    content.missing_position,
    content.unknown_position,
    content.missing_output,
    content.general_title,
    content.too_many_steps,
    content.service_code,
    content.unknown_service,
    content.missing_parts,
    content.unlisted_forms,
    agencies.other_agency,
    content.open_doubts,
    law.dead_legal_basis,
    law.future_legal_basis,
    law.old_form_numbers,
)


def renumbered_forms(catalogue: FormCatalogue) -> tuple[RenumberedForm, ...]:
    """Return the one-stop forms of `catalogue` that have another number now than before."""
    one_stop = recognised()["one_stop"]
    found = []
    for form in catalogue.forms:
        old, new = form.number_in(one_stop["before"]), form.number_in(one_stop["now"])
        if old and new and old != new:
            words = one_stop["words"].get(form.form, {"keeps": (), "needs": ()})
            name = form.name[:1].lower() + form.name[1:]
            found.append(RenumberedForm(old, new, name, tuple(words["keeps"]), tuple(words["needs"])))
    return tuple(found)


def legal_states(library: LawLibrary) -> Callable[[str, date], LegalState]:
    """Return the look-up that `validate` takes: what a cited text is worth on a day, by the known instruments.

    A text that names all that amended its instrument by that day was looked through: it is in force.
    """

    def state_of(cited: str, day: date) -> LegalState:
        reference = first_reference(cited)
        instrument = library.find(reference.normal) if reference else None
        if instrument is None:
            return LegalState(LegalStatus.UNKNOWN)
        status = LegalStatus(library.state(instrument.number, day).value)
        find_others = library.amended_by if status is LegalStatus.AMENDED else library.replaced_by
        others = find_others(instrument.number, day)
        if status is LegalStatus.AMENDED and _named(library, cited).issuperset(other.number for other in others):
            return LegalState(LegalStatus.IN_FORCE, instrument.number)
        since = {LegalStatus.EXPIRED: instrument.expires_on, LegalStatus.NOT_YET: instrument.effective_on}.get(status)
        return LegalState(status, instrument.number, since, ", ".join(other.number for other in others))

    return state_of


def _named(library: LawLibrary, cited: str) -> set[str]:
    found = (library.find(reference.normal) for reference in find_references(cited))
    return {instrument.number for instrument in found if instrument}


def validate(
    procedure: Procedure,
    *,
    day: date,
    known_positions: Iterable[str] | None = None,
    legal_state: Callable[[str, date], LegalState] | None = None,
    forms: Iterable[RenumberedForm] = (),
    known_service: Callable[[str], bool] | None = None,
    other_agencies: Iterable[str] = (),
    own_agencies: Iterable[str] = (),
    previous: Procedure | None = None,
) -> tuple[Remark, ...]:
    """Return all remarks in the order of the document: variants and their steps first, then the other parts.

    What is None or empty is not known and not judged (see `Surroundings`): `legal_state` as from `legal_states`,
    `forms` as from `renumbered_forms`.
    """
    one_stop = recognised()["one_stop"]
    around = Surroundings(
        day=day,
        known_positions=None if known_positions is None else frozenset(known_positions),
        legal_state=legal_state,
        forms=tuple(forms),
        forms_basis=one_stop["now"],
        forms_basis_text=one_stop["now_text"],
        known_service=known_service,
        other_agencies=tuple(other_agencies),
        own_agencies=tuple(own_agencies) or ((procedure.agency,) if procedure.agency else ()),
        previous=previous,
    )
    remarks = [remark for rule in RULES for remark in rule(procedure, around)]
    return tuple(sorted(remarks, key=_place))


def _place(remark: Remark) -> tuple[float, float, bool]:
    """Order: steps of variant 0, then what concerns the variant, … then parts; the wrong before the doubtful."""
    last = float("inf")
    variant = last if remark.variant is None else remark.variant
    step = last if remark.step is None else remark.step
    return variant, step, remark.severity is Severity.LOOK
