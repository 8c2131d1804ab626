"""Floor 3: the screen. The only place that knows Textual."""
