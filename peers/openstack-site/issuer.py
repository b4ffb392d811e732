# Makes the key of an issuer of access tokens, what it publishes of it, and a certificate for where. Not to be called by hand.
#   issuer.py FOLDER ADDRESS
import base64
import datetime
import ipaddress
import json
import os
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

folder, address = sys.argv[1:]
private = os.path.join(folder, "key.pem")
published = os.path.join(folder, "published", "jwks.json")


def number(value):
    return base64.urlsafe_b64encode(value.to_bytes((value.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()


def new_key(path):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with open(path, "wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(
            key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        )
    return key


def certificate(key):
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "issuer of a peer")])
    now = datetime.datetime.utcnow()
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).add_extension(names, critical=False)
    builder = builder.not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=30))
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


if not os.path.exists(published):
    with open(os.path.join(folder, "server.crt"), "wb") as file:
        file.write(certificate(new_key(os.path.join(folder, "server.key"))))
    public = new_key(private).public_key().public_numbers()
    jwk = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "peer", "n": number(public.n), "e": number(public.e)}
    os.makedirs(os.path.dirname(published), exist_ok=True)
    with open(published, "w") as file:
        json.dump({"keys": [jwk]}, file)
