"""The paper mill: documents wanted in a transaction are rendered afterwards by a pool of processes (decision 8)."""

from app.models.database import Database
from app.settings import Settings


class PaperMill:
    """Renders wanted documents, one at a time a process."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self.database = database

    def open(self) -> None:
        """Start the processes before the first request."""

    def close(self) -> None:
        """Stop them."""
