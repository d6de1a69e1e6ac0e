"""Taking over a newer version of an adopted procedure without losing the steps that the agency added."""

from dataclasses import replace

from chuan.rules.procedure.comparison import StepKind, compare
from chuan.rules.procedure.structure import Procedure, Step, Variant


def taken_over(base: Procedure, own: Procedure, newer: Procedure) -> Procedure:
    """Return `newer` with the steps that `own` added to `base`, each after the step it followed.

    Code, agency and issue stay the agency's own. A step that the newer version has itself is not added twice; one whose
    predecessor is gone goes to the front of its variant.
    """
    variants = list(newer.variants)
    after_of = _followers(own, newer)
    for variant_index, step_index in _added(base, own):
        place = after_of.get((variant_index, step_index))
        if place is None:
            continue
        at, after = place
        variants[at] = _with(variants[at], own.variants[variant_index].steps[step_index], after)
    return replace(
        newer, variants=tuple(variants), agency=own.agency, procedure_code=own.procedure_code, issue="", issued_on=""
    )


def _added(base: Procedure, own: Procedure) -> list[tuple[int, int]]:
    """Return the (variant, step) of the own controls, the last one first: inserting moves what comes after."""
    found = [
        (variant.after, step.after)
        for variant in compare(base, own).variants
        for step in variant.steps
        if variant.after is not None and step.kind is StepKind.ADDED and step.after is not None
    ]
    return sorted(found, reverse=True)


def _followers(own: Procedure, newer: Procedure) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each step of `own` that `newer` lacks: the variant there, and the index of the step it follows."""
    found = {}
    for variant in compare(own, newer).variants:
        if variant.before is None or variant.after is None:
            continue
        kept = {s.before: s.after for s in variant.steps if s.before is not None and s.after is not None}
        for step in variant.steps:
            if step.before is not None and step.after is None:
                earlier = [kept[index] for index in range(step.before) if index in kept]
                found[variant.before, step.before] = (variant.after, earlier[-1] if earlier else -1)
    return found


def _with(variant: Variant, step: Step, after: int) -> Variant:
    steps = (*variant.steps[: after + 1], step, *variant.steps[after + 1 :])
    return replace(variant, steps=steps)
