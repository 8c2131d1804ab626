"""An entry at its barest, for whoever goes through millions of them."""

Row = tuple[int, int, int | None, int | None, int, int | None, int]
"""Frame, at_us (of a poll: when it was sent), task, answer, latency_us, skew_us, skew_error_us.

Task and answer are numbers: equal ones are the same task, and the same answer but for its RequestId. Without an answer
it is no poll."""
