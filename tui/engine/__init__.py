"""Floor 2: asyncio loops over ports. Knows no library of the outside world."""
