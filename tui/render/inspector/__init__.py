"""What `i` shows: one file a tab, made of lines of exact width."""
