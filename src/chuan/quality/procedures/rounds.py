"""A round: what people did with a version since it was last a draft. Sent back or reopened, it begins anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from chuan.kernel.actor import Actor
from chuan.quality.procedures.models import ProcedureVersion, VersionMove


@dataclass(frozen=True, slots=True)
class Round:
    """Who handed the version over, looked it through and approved it; `outdated` are reviews of an earlier text."""

    submitted: VersionMove | None
    reviews: tuple[VersionMove, ...]
    approved: VersionMove | None
    outdated: tuple[VersionMove, ...]

    def reviewed_by(self, actor: Actor) -> bool:
        """Return whether `actor` looked the version through."""
        return actor.account_id is not None and any(move.by_id == actor.account_id for move in self.reviews)


def round_of(version: ProcedureVersion, actor: Actor) -> Round:
    """Return the round that `version` is in, by the moves that `actor` sees."""
    moves = list(VersionMove.objects.visible_to(actor).filter(of=version).order_by("at", "pk"))
    begin = max((at for at, move in enumerate(moves) if move.target == "draft"), default=0)
    now = moves[begin:]
    return Round(
        submitted=_last(now, "draft", "review"),
        reviews=_reviews(now),
        approved=_last(now, "review", "approved"),
        outdated=_reviews(moves[:begin]),
    )


def _last(moves: Sequence[VersionMove], source: str, target: str) -> VersionMove | None:
    return next((move for move in reversed(moves) if (move.source, move.target) == (source, target)), None)


def _reviews(moves: Sequence[VersionMove]) -> tuple[VersionMove, ...]:
    return tuple(move for move in moves if move.source == move.target == "review")
