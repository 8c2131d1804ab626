from tui.render.line import Line, line
from tui.ui.line_cache import MOST, LineCache


def test_a_line_is_made_again_only_for_other_facts() -> None:
    made: list[str] = []

    def make(text: str) -> Line:
        made.append(text)
        return line(text)

    lines = LineCache()
    assert lines.line("a", (1, "x"), lambda: make("first")) == line("first")
    assert lines.line("a", (1, "x"), lambda: make("never")) == line("first")
    assert lines.line("a", (2, "x"), lambda: make("second")) == line("second")
    assert lines.line("a", (1, "x"), lambda: make("third")) == line("third")
    assert made == ["first", "second", "third"]


def test_it_does_not_grow_without_end() -> None:
    lines = LineCache()
    for number in range(3 * MOST):
        lines.line(number, (), lambda: line("x"))
    assert len(lines._lines) <= MOST
