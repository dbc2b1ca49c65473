"""A small, real OpenID Connect provider on loopback: discovery, keys, consent, token, user."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "carefund", "a secret of the client"


def new_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """`person` is who signs in there; `changes` are put over what the token says."""

    def __init__(self):
        self.key, self.kid, self.signing_key = new_key(), "one", None
        self.person = {"sub": "1", "email": "", "email_verified": True}
        self.changes, self.user_changes, self.config_changes, self.codes = {}, {}, {}, {}
        self.algorithm = "RS256"
        self.asked = []
        handler = type("Handler", (_Handler,), {"provider": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def config(self):
        ends = {name: f"{self.issuer}/{name}" for name in ("authorize", "token", "user", "keys")}
        return {
            "issuer": self.issuer,
            "authorization_endpoint": ends["authorize"],
            "token_endpoint": ends["token"],
            "userinfo_endpoint": ends["user"],
            "jwks_uri": ends["keys"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **self.config_changes,
        }

    def keys(self):
        jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**jwk, "kid": self.kid, "alg": "RS256", "use": "sig"}]}

    def authorize(self, query):
        """What the person's browser gets after they have signed in at the provider."""
        code = secrets.token_urlsafe(16)
        self.asked.append(query)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, sent):
        asked = self.codes.pop(sent.get("code"), None)
        if asked is None or (sent.get("client_id"), sent.get("client_secret")) != (CLIENT, SECRET):
            return None
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked.get("code_challenge_method") != "S256" or asked["code_challenge"] != challenge:
            return None
        return {"access_token": "access", "token_type": "Bearer", "id_token": self.signed(asked)}

    def signed(self, asked):
        now = int(time.time())
        claims = {
            **self.person,
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce", ""),
            **self.changes,
        }
        key = self.signing_key or self.key
        if self.algorithm != "RS256":
            key = "" if self.algorithm == "none" else "a shared secret that is long enough, 32+"
        return jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": self.kid})

    def user(self):
        return {**self.person, **self.user_changes}


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self):
        address = urlsplit(self.path)
        if address.path == "/authorize":
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(query))
            self.end_headers()
            return
        pages = {
            "/.well-known/openid-configuration": self.provider.config,
            "/keys": self.provider.keys,
            "/user": self.provider.user,
        }
        self._answer(pages[address.path]())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(self.provider.token({n: v[0] for n, v in parse_qs(body).items()}))

    def _answer(self, data):
        body = json.dumps(data or {"error": "invalid_grant"}).encode()
        self.send_response(200 if data else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass
