"""Floor 4: the only place where everything meets. One file per thing that is put together."""
