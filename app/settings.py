"""All settings of one installation, read from the environment once."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Where things are and how the server behaves."""

    var: Path = ROOT / "var"
    database_url: str = ""  # empty: SQLite in var
    storage_url: str = ""  # empty: a folder in var; else s3://bucket/prefix
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = ""  # what customers' links begin with; never taken from a request
    is_https: bool = False
    is_development: bool = False
    secret: str = ""
    pdf_workers: int = 1
    smtp_url: str = ""
    webhook_url: str = ""
    webhook_secret: str = ""
    trusted_proxies: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The database's address, SQLite in the data folder unless told otherwise."""
        return self.database_url or f"sqlite:///{self.var / 'mingdan.db'}"

    @property
    def links_begin_with(self) -> str:
        """Scheme, host and port of every link that leaves the shop (S-24)."""
        return self.base_url or f"http{'s' if self.is_https else ''}://{self.host}:{self.port}"


def read_settings(environ: dict[str, str] | None = None) -> Settings:
    """Settings from MINGDAN_… variables."""
    env = {key.removeprefix("MINGDAN_"): value for key, value in (environ or dict(os.environ)).items()
           if key.startswith("MINGDAN_")}
    var = Path(env.get("VAR", str(ROOT / "var")))
    return Settings(
        var=var,
        database_url=env.get("DATABASE_URL", ""),
        storage_url=env.get("STORAGE_URL", ""),
        host=env.get("HOST", "127.0.0.1"),
        port=int(env.get("PORT", "8000")),
        base_url=env.get("BASE_URL", "").rstrip("/"),
        is_https=env.get("HTTPS", "") == "1",
        is_development=env.get("DEVELOPMENT", "") == "1",
        secret=env.get("SECRET") or kept_secret(var),
        pdf_workers=int(env.get("PDF_WORKERS", "1")),
        smtp_url=env.get("SMTP_URL", ""),
        webhook_url=env.get("WEBHOOK_URL", ""),
        webhook_secret=env.get("WEBHOOK_SECRET", ""),
        trusted_proxies=tuple(filter(None, env.get("TRUSTED_PROXIES", "").split(","))),
    )


def kept_secret(var: Path) -> str:
    """The installation's secret, made on first use and readable by its owner only."""
    path = var / "secret"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()
