"""Floor 3: the screen. The only place that knows Textual."""

import os

# Textual draws at its next tick, 60 a second: a key waits 8 ms for nothing, on average. It reads this once, at import.
os.environ.setdefault("TEXTUAL_FPS", "240")
