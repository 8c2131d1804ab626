"""Floor 3: Tencent's API played on loopback: it verifies signatures, plays lives of tasks, and fails on demand."""
