"""The line on top of a pane: number, name, and at its right end how the pane is set."""

from tui.render.line import Line, Role, fit, line, width


def title_line(left: str, right: str, cells: int, *, focused: bool) -> Line:
    """`── 1 Tasks 38 ───────── by attention ──` in exactly `cells`; `right` is given up first where there is no room.

    The pane with the focus is told by `═` too, not by colour alone.
    """
    rule = "═" if focused else "─"
    role = Role.TITLE if focused else Role.HEADING
    head = line((rule * 2, Role.DIM), (f" {left} ", role))
    tail = line((f" {right} ", Role.HEADING), (rule * 2, Role.DIM)) if right else ()
    gap = cells - width(head) - width(tail)
    if gap < 1:
        tail, gap = (), max(0, cells - width(head))
    return fit((*head, (rule * gap, Role.DIM), *tail), cells)
