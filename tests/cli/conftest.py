from tests.pty.conftest import home, stage

__all__ = ["home", "stage"]
