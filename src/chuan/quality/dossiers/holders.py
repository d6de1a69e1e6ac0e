"""Who does what procedures give to a role: the agency's own table, and the roles that match no position.

A role is compared as folded words. What the agency said goes first; then the one open position of that name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from chuan.checking.positions import accepted, normal_position
from chuan.kernel.actor import Actor
from chuan.kernel.scoping import require
from chuan.organisations.models import Agency
from chuan.organisations.people.models import Position
from chuan.quality.dossiers.models import Dossier, RoleHolder
from chuan.quality.dossiers.queries import handled_by, open_ones
from chuan.quality.dossiers.reckoned import hold_again, variant_of
from chuan.quality.procedures.models import ProcedureVersion
from chuan.rules.authority import Permission
from chuan.rules.procedure.structure import Variant
from chuan.text.vietnamese import clean, fold_words
from chuan.trail.actions import record

LONGEST_ROLE = 300


@dataclass(frozen=True, slots=True)
class RoleUse:
    """A role as procedures in force write it: in how many of them, and the positions that fit it.

    `said` is the row of the agency's table, None where it said nothing. `fitting` are the open positions of that name:
    one is clear, none or several leave the dossier with nobody.
    """

    role: str
    procedures: int
    said: RoleHolder | None
    fitting: Sequence[Position]

    @property
    def position(self) -> Position | None:
        """Return who has the dossiers of this role; None where it is not clear."""
        if self.said is not None:
            return self.said.position
        return self.fitting[0] if len(self.fitting) == 1 else None


def role_uses(agency: Agency) -> list[RoleUse]:
    """Return the roles of the procedures in force of `agency`, in Vietnamese order. Three queries."""
    said = {one.role: one for one in RoleHolder.objects.within(agency).select_related("position")}
    positions = list(Position.objects.within(agency).filter(closed_on__isnull=True).order_by("code"))
    by_name = [(normal_position(one.title), one) for one in positions]
    found = []
    for key, (role, count) in sorted(_roles_in_force(agency).items()):
        names = accepted(role)
        fitting = [one for name, one in by_name if name in names]
        found.append(RoleUse(role, count, said.get(key), fitting))
    return found


def unused(holders: Iterable[RoleHolder], uses: Iterable[RoleUse]) -> list[RoleHolder]:
    """Return the rows of the agency's table whose role stands in no procedure in force any more."""
    used = {folded(one.role) for one in uses}
    return [one for one in holders if one.role not in used]


def holders_of(agency: Agency) -> list[RoleHolder]:
    """Return the table of the agency, in the order of the roles."""
    return list(RoleHolder.objects.within(agency).select_related("position").order_by("role"))


def folded(role: str) -> str:
    """Return a role as the table keeps it."""
    return fold_words(clean(role))[:LONGEST_ROLE]


def _roles_in_force(agency: Agency) -> dict[str, tuple[str, int]]:
    """Return folded role -> (as written first, in how many procedures). Read as stored: hundreds of texts."""
    contents = ProcedureVersion.objects.within(agency).filter(state="in_force").values_list("content", flat=True)
    found: dict[str, tuple[str, int]] = {}
    for content in contents:
        written: Mapping[str, str] = {
            folded(step["role"]): step["role"]
            for variant in content.get("variants", ())
            for step in variant.get("steps", ())
            if step.get("role")
        }
        for key, role in written.items():
            known, count = found.get(key, (role, 0))
            found[key] = (known, count + 1)
    return found


def set_role_holder(agency: Agency, role: str, position: Position, *, by: Actor, at: datetime) -> RoleHolder:
    """Say that `position` does what procedures give to `role`; open dossiers at such a step go to it at once."""
    require(by, Permission.MANAGE_ONE_STOP, agency)
    key = folded(role)
    with transaction.atomic():
        known = RoleHolder.objects.within(agency).filter(role=key).first()
        holder = (
            known.change(position=position)
            if known
            else RoleHolder(agency=agency, role=key, position=position).put(by=by, at=at)
        )
        record("role_holder.set", by=by, at=at, subject=holder, facts={"role": key, "position": position.key})
        _hold_again(agency, key)
    return holder


def remove_role_holder(holder: RoleHolder, *, by: Actor, at: datetime) -> None:
    """Take a role out of the table; its dossiers go by the names of positions again."""
    require(by, Permission.MANAGE_ONE_STOP, holder.agency)
    with transaction.atomic():
        record("role_holder.remove", by=by, at=at, subject=holder, facts={"role": holder.role})
        agency, key = holder.agency, holder.role
        holder.delete()
        _hold_again(agency, key)


def _hold_again(agency: Agency, key: str) -> None:
    """Bring the open dossiers of `agency` whose step at hand is of the role `key` to who has it now."""
    rows = open_ones(handled_by([agency.pk])).filter(step__isnull=False, version__isnull=False)
    variants: dict[tuple[int | None, int], Variant | None] = {}
    for dossier in rows.select_related("version", "agency").select_for_update(of=("self",)):
        named = (dossier.version_id, dossier.variant)
        if named not in variants:
            variants[named] = variant_of(dossier)
        role = _role_of(dossier, variants[named])
        if role and folded(role) == key:
            hold_again(dossier, role)


def _role_of(dossier: Dossier, variant: Variant | None) -> str:
    step = dossier.step
    return variant.steps[step].role if variant and step is not None and step < len(variant.steps) else ""
