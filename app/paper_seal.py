"""The shop's seal on a paper: proves that the file was not changed since it was made; it is nobody's signature."""

import hashlib
import hmac
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from app.settings import Settings

KEY_BITS = 3072  # RSA, not ECDSA: that would raise the version of a PDF/A-3 file (approval.md §3.7)
LIFE = timedelta(days=3653)


def passphrase(settings: Settings) -> bytes:
    """What opens the seal's key file: derived from the installation's secret, kept nowhere."""
    return hmac.new(settings.secret.encode(), b"seal", hashlib.sha256).hexdigest().encode()


def seal_path(settings: Settings) -> Path:
    """The key file, outside the database and its backups (S-33)."""
    return settings.var / "seal.p12"


def ensure_seal(settings: Settings) -> Path:
    """The key file, made at first use and readable by its owner only."""
    path = seal_path(settings)
    if not path.exists():
        keep(path, new_seal(passphrase(settings), datetime.now(UTC)))
    return path


def keep(path: Path, content: bytes) -> None:
    """Put the file there whole, or leave the one a second process put first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()


def new_seal(secret: bytes, now: datetime) -> bytes:
    """A self-signed certificate of ten years with its key, as PKCS#12."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Mingdan 明单 document seal")])
    usage = x509.KeyUsage(digital_signature=True, content_commitment=True, key_encipherment=False,
                          data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
                          encipher_only=False, decipher_only=False)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + LIFE).add_extension(usage, critical=True).sign(key, hashes.SHA256())
    )
    protection = serialization.BestAvailableEncryption(secret)
    return pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, protection)


def opened(settings: Settings) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    """The key and its certificate."""
    key, certificate, _chain = pkcs12.load_key_and_certificates(
        ensure_seal(settings).read_bytes(), passphrase(settings))
    assert isinstance(key, rsa.RSAPrivateKey)
    assert certificate is not None
    return key, certificate


def fingerprint_of(settings: Settings) -> str:
    """SHA-256 of the certificate, as settings and papers show it."""
    return opened(settings)[1].fingerprint(hashes.SHA256()).hex()
