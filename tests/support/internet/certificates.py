# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates of every kind, made on demand: a root that the system believes, one that nobody knows, and their children."""

import datetime
import fnmatch
import pathlib
import ssl
import subprocess
import threading

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.support.internet.world import Kind

DAY = datetime.timedelta(days=1)
# not before, not after
DATES = {
    Kind.EXPIRED: (-400 * DAY, -3 * DAY),
    Kind.NOT_YET: (DAY, 90 * DAY),
    Kind.FUTURE: (700 * DAY, 790 * DAY),
}


class Authority:
    """Everybody who signs certificates in one little internet."""

    def __init__(self, directory):
        self._directory = pathlib.Path(directory)
        self._now = datetime.datetime.now(datetime.UTC)
        self._lock = threading.Lock()
        self._contexts = {}
        self._key = ec.generate_private_key(ec.SECP256R1())  # one for all servers: they differ in what is signed
        self._root = self._issuer("Postacı test root")
        self._stranger = self._issuer("Nobody's root")
        self._intermediate = self._issuer("Postacı test intermediate", self._root)
        self._constrained = self._issuer("Constrained test CA", self._root, x509.NameConstraints(
            permitted_subtrees=[x509.DNSName("only-here.example")], excluded_subtrees=None))

    @property
    def root_pem(self):
        return self._root[0].public_bytes(serialization.Encoding.PEM)

    def context(self, certificate, names, old_tls=False):
        """A server's TLS; `names` are used where the certificate names none itself."""
        names = certificate.names or tuple(names)
        wanted = (certificate.kind, names, old_tls)
        with self._lock:  # servers have a thread for each connection
            if wanted not in self._contexts:
                self._contexts[wanted] = self._make_context(*wanted)
            return self._contexts[wanted]

    def der(self, certificate, names):
        """What a client gets to see."""
        names = certificate.names or tuple(names)
        self.context(certificate, names)
        return ssl.PEM_cert_to_DER_cert(self._file(certificate.kind, names).read_text(encoding="ascii"))

    def _make_context(self, kind, names, old_tls):
        path = self._file(kind, names)
        if not path.exists():
            path.write_bytes(self._make(kind, names))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if old_tls or kind in (Kind.WEAK, Kind.SHA1):
            context.set_ciphers("ALL:@SECLEVEL=0")
        context.load_cert_chain(path)
        if old_tls:
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
        return context

    def _file(self, kind, names):
        safe = "+".join(names).replace("*", "_").replace("\0", "%00")
        return self._directory / f"{kind.name}-{safe[:150]}.pem"

    def _issuer(self, name, parent=None, constraints=None):
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = (x509.CertificateBuilder().subject_name(subject)
                   .issuer_name(parent[0].subject if parent else subject)
                   .public_key(key.public_key()).serial_number(x509.random_serial_number())
                   .not_valid_before(self._now - 400 * DAY).not_valid_after(self._now + 3650 * DAY)
                   .add_extension(x509.BasicConstraints(True, None), True)
                   .add_extension(x509.KeyUsage(digital_signature=True, key_cert_sign=True, crl_sign=True,
                                                content_commitment=False, key_encipherment=False,
                                                data_encipherment=False, key_agreement=False, encipher_only=False,
                                                decipher_only=False), True)
                   .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False))
        if parent:
            builder = builder.add_extension(_made_by(parent), False)
        if constraints:
            builder = builder.add_extension(constraints, True)
        return builder.sign(parent[1] if parent else key, hashes.SHA256()), key

    def _make(self, kind, names):
        """Key, certificate and what goes along with it, as PEM."""
        key = rsa.generate_private_key(65537, 1024) if kind is Kind.WEAK else self._key
        issuer = {Kind.UNTRUSTED: self._stranger, Kind.INCOMPLETE: self._intermediate,
                  Kind.CONSTRAINED: self._constrained}.get(kind, self._root)
        begin, end = DATES.get(kind, (-30 * DAY, 60 * DAY))
        name = names[0]
        common = f"evil.example, not {name}" if kind is Kind.NUL else name  # else that one would be good
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common[:64])])
        alternatives = [x509.DNSName(entry) for entry in names]
        if kind is Kind.NUL:
            alternatives = [x509.DNSName(f"{name}\0.evil.example")]
        builder = (x509.CertificateBuilder().subject_name(subject)
                   .issuer_name(subject if kind is Kind.SELF_SIGNED else issuer[0].subject)
                   .public_key(key.public_key()).serial_number(x509.random_serial_number())
                   .not_valid_before(self._now + begin).not_valid_after(self._now + end)
                   .add_extension(x509.BasicConstraints(False, None), True)
                   .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False))
        if kind is not Kind.SELF_SIGNED:
            builder = builder.add_extension(_made_by(issuer), False)
        if kind is not Kind.COMMON_NAME:
            builder = builder.add_extension(x509.SubjectAlternativeName(alternatives), False)
        signed = builder.sign(key if kind is Kind.SELF_SIGNED else issuer[1], hashes.SHA256())
        if kind is Kind.SHA1:
            signed = self._signed_with_sha1(signed)
        chain = [signed] + ([self._constrained[0]] if kind is Kind.CONSTRAINED else [])
        return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                 serialization.NoEncryption()) + b"".join(
            each.public_bytes(serialization.Encoding.PEM) for each in chain)

    def _signed_with_sha1(self, certificate):
        """Which cryptography itself doesn't do any more."""
        issuer = self._directory / "issuer.pem"
        issuer.write_bytes(self._root[1].private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()) + self.root_pem)
        command = ["openssl", "x509", "-CA", issuer, "-CAkey", issuer, "-sha1", "-preserve_dates", "-copy_extensions", "copy"]
        signed = subprocess.run(command, input=certificate.public_bytes(serialization.Encoding.PEM), check=True,
                                capture_output=True)
        return x509.load_pem_x509_certificate(signed.stdout)


def _made_by(issuer):
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer[1].public_key())


def is_good_for(certificate, names, sni):
    """Whether a careful client that asked for this name accepts it."""
    if certificate.kind is not Kind.GOOD or not sni:
        return False
    for name in certificate.names or names:
        if name == sni or (name.startswith("*.") and sni.count(".") == name.count(".")
                           and fnmatch.fnmatchcase(sni, name)):
            return True
    return False


