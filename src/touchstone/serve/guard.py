"""What every answer of the console must observe: who may ask, and what a browser may do with it.

A page shows text from documents nobody has vouched for, on an address any web site could try to
reach through the reader's own browser. So: only known host names (against DNS rebinding), no
script or style but our own, and no change without our own form.
"""

import hmac
import secrets
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Refuses unknown hosts and foreign posts; adds the protective headers to every answer."""

    def __init__(self, app: ASGIApp, allowed_hosts: Iterable[str] = ()) -> None:
        self._app = app
        self._hosts = {*LOCAL_HOSTS, *(host.lower() for host in allowed_hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refusal(scope["method"], headers)
        app = PlainTextResponse(refused, status_code=403) if refused else self._app

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer.setdefault(name, value)
            await send(message)

        await app(scope, receive, guarded)

    def _refusal(self, method: str, headers: Headers) -> str:
        host = headers.get("host", "")
        if _host_name(host) not in self._hosts:
            return (
                f"This console does not answer for the host {host!r}. Start it with --allow-host to let it."
            )
        if method in ("GET", "HEAD"):
            return ""
        origin = headers.get("origin")
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return "This change was asked for by another site."
        if origin is not None and urlsplit(origin).netloc != host:
            return "This change was asked for by another site."
        return ""


class Token:
    """A secret of this process that our own forms carry and another site cannot know."""

    def __init__(self) -> None:
        self.value = secrets.token_urlsafe(24)

    def fits(self, given: str) -> bool:
        """Whether a posted token is ours."""
        return hmac.compare_digest(self.value.encode(), given.encode())


def _host_name(host: str) -> str:
    """The name in a Host header without its port, lower case: [::1]:8000 -> ::1."""
    try:
        return (urlsplit("//" + host).hostname or "").lower()
    except ValueError:
        return ""
