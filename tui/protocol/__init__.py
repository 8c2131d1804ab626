"""Floor 1: Tencent API 3.0 without I/O: signing, messages, error classes, task kinds."""
