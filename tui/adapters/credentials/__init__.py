"""Where keys are kept: one file per store."""
