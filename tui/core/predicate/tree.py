"""The shape of a predicate, as the grammar found it."""

from msgspec import Struct

LEAF = "leaf"
IN = "in"
LIST = "list"


class Tree(Struct, frozen=True):
    """An operator, by rule-engine's name or one of those above, over its operands."""

    op: str
    operands: tuple["Tree", ...] = ()
    leaf: int = -1
    """Which of `Translation.leaves`, for `LEAF`."""
