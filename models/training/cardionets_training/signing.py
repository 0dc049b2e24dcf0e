"""Ed25519 keys and signatures of model packs (docs/model-pack.md)."""

import base64
import hashlib
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

DOMAIN = b"cardionets-pack-v1\n"


def raw_public(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def key_id(key: Ed25519PublicKey) -> str:
    """Lower-case hexadecimal SHA-256 of the 32 raw bytes."""
    return hashlib.sha256(raw_public(key)).hexdigest()


def generate(folder: Path, name: str) -> tuple[Path, Path]:
    """Writes NAME.pem (private, mode 600) and NAME.pub; refuses to replace an existing key."""
    folder.mkdir(parents=True, exist_ok=True)
    private, public = folder / f"{name}.pem", folder / f"{name}.pub"
    if private.exists():
        raise FileExistsError(f"{private} exists: a replaced key cannot be brought back. Choose another --name.")
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    private.touch(mode=0o600)
    private.write_bytes(pem)
    public.write_bytes(
        key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return private, public


def load_private(path: Path) -> Ed25519PrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path} holds no Ed25519 key; make one with `cardionets-train keygen`")
    return key


def sign(manifest: bytes, key: Ed25519PrivateKey) -> str:
    """One line of base64 over the domain prefix and the exact bytes of the manifest."""
    return base64.b64encode(key.sign(DOMAIN + manifest)).decode() + "\n"


def describe_public(path: Path) -> str:
    key = serialization.load_pem_public_key(path.read_bytes())
    return f"public key {base64.b64encode(raw_public(key)).decode()}\nkey id {key_id(key)}"
