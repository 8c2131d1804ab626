"""Benchmarks print tables at the end of a run; no time decides whether a test passes."""

from collections.abc import Callable

import pytest

_TABLES: list[str] = []

Table = Callable[[str, list[tuple[str, ...]]], None]


@pytest.fixture
def table() -> Table:
    """Keep a table, a title over rows of texts, for the end of the run."""

    def keep(title: str, rows: list[tuple[str, ...]]) -> None:
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
        _TABLES.append("\n".join([title, *(f"  {line.rstrip()}" for line in lines)]))

    return keep


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """After the results, so that `-q` and CI show them too."""
    for text in _TABLES:
        terminalreporter.write_line("")
        terminalreporter.write_line(text)
