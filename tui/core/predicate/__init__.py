"""The one expression language: for filters, breakpoints, alert rules and `trtc-tui wait`."""

from tui.core.predicate.mistake import PredicateError
from tui.core.predicate.plain import is_plain
from tui.core.predicate.predicate import Expression, Predicate, compile_expression, compile_predicate, warm_up
from tui.core.predicate.words import GRAMMAR, WORDS, Kind, Value, Word

__all__ = [
    "GRAMMAR",
    "WORDS",
    "Expression",
    "Kind",
    "Predicate",
    "PredicateError",
    "Value",
    "Word",
    "compile_expression",
    "compile_predicate",
    "is_plain",
    "warm_up",
]
