"""Floor 5: arguments in, exit codes out. One file per command."""
