"""The seal put on a PDF by pyHanko: an invisible PAdES B-B signature that allows no change after it."""

import io
from datetime import UTC, datetime

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import ExternalSigner, PdfSignatureMetadata, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.paper_seal import opened
from app.settings import Settings

FIELD = "Seal"


class SealExpired(Exception):
    """The certificate is over: a paper sealed with it would prove nothing."""


class OpenKey(ExternalSigner):
    """Signs with a key that is opened once a process; opening an RSA key takes longer than signing with it."""

    def __init__(self, settings: Settings) -> None:
        self.key, certificate = opened(settings)
        self.ends_at = certificate.not_valid_after_utc
        encoded = x509.Certificate.load(certificate.public_bytes(Encoding.DER))
        super().__init__(signing_cert=encoded, cert_registry=SimpleCertificateStore())

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The signature of these bytes; `sha256` is the only digest the house uses."""
        return bytes(self.key.key_size // 8) if dry_run else self.key.sign(data, PKCS1v15(), SHA256())


class Seal:
    """The opened key of one process."""

    def __init__(self, settings: Settings) -> None:
        self.signer = OpenKey(settings)

    def close(self, pdf: bytes, reason: str) -> bytes:
        """The same file, sealed; the bytes before the seal stay as they are."""
        if datetime.now(UTC) >= self.signer.ends_at:
            raise SealExpired("The seal's certificate has expired.")
        meta = PdfSignatureMetadata(
            field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES, reason=reason,
        )
        sealed = io.BytesIO()
        sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), meta, signer=self.signer, output=sealed)
        return sealed.getvalue()
