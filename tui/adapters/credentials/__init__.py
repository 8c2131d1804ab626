"""Where keys are kept: one file per store, and the order in which they are asked (`finding`)."""
