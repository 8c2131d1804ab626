"""Floor 0: values and rules. Standard library only; no clock, no randomness, no I/O."""
