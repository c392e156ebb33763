"""Who may come into the lobby: this computer's browser, with the token that was printed.

The lobby drives the whole demo, and any page that the browser has open could try to.
"""

import hmac

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

FORBIDDEN = "Please open the address that the demo printed in the terminal: it holds the key."
NOT_HERE = "The demo answers only at 127.0.0.1 and localhost."
FROM_ELSEWHERE = "That was sent from another page, so nothing has changed."

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    # Not “no-referrer”: with it, browsers hide the origin of our own forms from us.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def guarded(token: str, port: int) -> Middleware:
    """The middleware that lets in only who should come in."""
    names = ("127.0.0.1", "localhost")
    hosts = {f"{name}:{port}" for name in names}
    if port == 80:
        hosts.update(names)  # browsers leave it out
    origins = {f"http://{host}" for host in hosts}
    cookie = f"demo-{port}"  # browsers share cookies between all ports of a computer

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.headers.get("Host") not in hosts:
            return _refusal(NOT_HERE)
        if _same(request.query.get("token", ""), token):
            welcome = web.HTTPSeeOther("/", headers=HEADERS)
            welcome.set_cookie(cookie, token, httponly=True, samesite="Strict", path="/")
            return welcome
        if not _same(request.cookies.get(cookie, ""), token):
            return _refusal(FORBIDDEN)
        if request.method not in {"GET", "HEAD"} and request.headers.get("Origin") not in origins:
            return _refusal(FROM_ELSEWHERE)
        try:
            response = await handler(request)
        except web.HTTPException as error:
            error.headers.update(HEADERS)
            raise
        response.headers.update(HEADERS)
        return response

    return guard


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())


def _refusal(words: str) -> web.Response:
    return web.Response(status=403, text=words + "\n", headers=HEADERS)
