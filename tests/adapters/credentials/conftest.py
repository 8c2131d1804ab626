from tests.secret_service import secret_service, session_bus

__all__ = ["secret_service", "session_bus"]
