"""The one thing the door to Tencent raises, apart from it: who only catches it need not load httpx."""


class ApiSetupError(Exception):
    """The environment asks for what cannot be; one line for the user: what, and what to type next."""
