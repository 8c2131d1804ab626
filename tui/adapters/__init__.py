"""Floor 2: one door per outside thing; its types and exceptions stop here."""
