"""Files by the hash of their bytes, in a folder or an S3 bucket (decision 4)."""

import os
from pathlib import Path

import obstore
from obstore.store import ObjectStore, S3Store

from app.security import sha256
from app.settings import Settings


class FileStore:
    """Put bytes once, get them by name; a folder write is on disk before it is told of."""

    def __init__(self, settings: Settings) -> None:
        self.folder: Path | None = None
        self.bucket: ObjectStore | None = None
        if settings.storage_url:
            self.bucket = S3Store.from_url(settings.storage_url)
        else:
            self.folder = settings.var / "files"
            self.folder.mkdir(parents=True, exist_ok=True)

    def put(self, content: bytes) -> str:
        """Keep bytes, return their SHA-256; the same bytes twice are one file."""
        digest = sha256(content)
        if self.folder is not None:
            self._put_on_disk(digest, content)
        elif self.bucket is not None:
            obstore.put(self.bucket, place(digest), content)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes of that name; raises FileNotFoundError."""
        if self.folder is not None:
            return (self.folder / place(digest)).read_bytes()
        assert self.bucket is not None
        return bytes(obstore.get(self.bucket, place(digest)).bytes())

    def has(self, digest: str) -> bool:
        """Whether the bytes are here."""
        if self.folder is not None:
            return (self.folder / place(digest)).exists()
        assert self.bucket is not None
        try:
            obstore.head(self.bucket, place(digest))
        except FileNotFoundError:
            return False
        return True

    def _put_on_disk(self, digest: str, content: bytes) -> None:
        assert self.folder is not None
        target = self.folder / place(digest)
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.{os.getpid()}.{os.urandom(4).hex()}.part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def place(digest: str) -> str:
    """Where a digest lies: spread over 256 folders."""
    return f"{digest[:2]}/{digest}"
