"""A small identity service that speaks OpenID Connect over HTTP on this machine.

It has the four addresses of the protocol: its configuration, the page where a person agrees,
the exchange of a code for tokens (with the secret and the proof of PKCE checked) and the
person's claims. Tokens are signed with a key made for each service.
"""

import base64
import hashlib
import json
import secrets
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "hamkke", "a secret of the two"


class Service:
    """One running identity service, and what it tells of the person who agrees."""

    def __init__(self, issuer, claims):
        self.issuer, self.claims = issuer, claims
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes, self.tokens, self.seen = {}, set(), []

    def configuration(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/agree",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/claims",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def agree(self, asked):
        """Note what the portal asked, and give the address to which the person is led back."""
        self.seen.append(asked)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"]}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def exchange(self, given):
        """Tokens for a code that is known, once, with the right secret and proof."""
        asked = self.codes.pop(given.get("code"), None)
        if asked is None or given.get("client_secret") != SECRET:
            return None
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if proof != asked["code_challenge"] or given["redirect_uri"] != asked["redirect_uri"]:
            return None
        token = secrets.token_urlsafe(16)
        self.tokens.add(token)
        said = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.claims["sub"],
            "iat": int(time.time()),
            "exp": int(time.time()) + 300,
        }
        signed = jwt.encode(said, self.key, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": token, "token_type": "Bearer", "id_token": signed}


class Handler(BaseHTTPRequestHandler):
    """The addresses of the service."""

    def do_GET(self):
        service, url = self.server.service, urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path == "/.well-known/openid-configuration":
            self.answer(200, service.configuration())
        elif url.path == "/agree" and asked.get("client_id") == CLIENT:
            self.answer(302, {}, Location=service.agree(asked))
        elif url.path == "/claims":
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            known = token in service.tokens
            self.answer(200 if known else 401, service.claims if known else {})
        else:
            self.answer(404, {})

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        given = {n: v[0] for n, v in parse_qs(self.rfile.read(length).decode()).items()}
        tokens = self.server.service.exchange(given)
        self.answer(200 if tokens else 400, tokens or {"error": "invalid_grant"})

    def answer(self, status, content, **heads):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in heads.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def running(**claims):
    """A service that tells ``claims``, until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.service = Service(f"http://127.0.0.1:{server.server_port}", {"sub": "42"} | claims)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
