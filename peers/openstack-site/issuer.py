# Makes the key of an issuer of access tokens, and what it publishes of it. Not to be called by hand.
#   issuer.py FOLDER
import base64
import json
import os
import sys

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

folder = sys.argv[1]
private = os.path.join(folder, "key.pem")
published = os.path.join(folder, "published", "jwks.json")


def number(value):
    return base64.urlsafe_b64encode(value.to_bytes((value.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()


if not os.path.exists(published):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with open(private, "wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(
            key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        )
    public = key.public_key().public_numbers()
    jwk = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "peer", "n": number(public.n), "e": number(public.e)}
    os.makedirs(os.path.dirname(published), exist_ok=True)
    with open(published, "w") as file:
        json.dump({"keys": [jwk]}, file)
