"""Floor 2: snapshots become lines of text with roles; plain values, no screen."""
