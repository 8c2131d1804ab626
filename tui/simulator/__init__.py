"""Floor 3: the API on loopback: verifies signatures, plays lifecycles, injects faults."""
