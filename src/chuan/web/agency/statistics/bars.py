"""The bar of a step as SVG: waiting, work, and the limit as a tick; attributes and classes only. Words stand beside."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDTH = 100


def step_bar(
    waited: float | None, worked: float | None, together: float, limit: float | None, longest: float
) -> SafeString:
    """Return the bar of a step on the scale of the `longest`; where waiting is not told apart, all is one length."""
    scale = WIDTH / longest if longest else 0
    first = 0.0 if waited is None or worked is None else waited
    second = together if waited is None or worked is None else worked
    tick = format_html('<path class="tick-mark" d="M{} 0V10"/>', round(limit * scale, 2)) if limit else ""
    kind = "over" if limit and together > limit else "share"
    return format_html(
        '<svg class="bar of-step" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="ground" y="3" width="100" height="4"/><rect class="waited" y="2" width="{}" height="6"/>'
        '<rect class="{}" x="{}" y="2" width="{}" height="6"/>{}</svg>',
        round(first * scale, 2),
        kind,
        round(first * scale, 2),
        round(min(second * scale, WIDTH - first * scale), 2),
        tick,
    )
