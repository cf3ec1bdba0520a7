"""Which language a page is in: asked for in the address, remembered in a cookie, or the browser's."""

from starlette.requests import Request

from touchstone.publish.words import LANGUAGES

COOKIE = "touchstone_language"


def language(request: Request) -> str:
    """`?lang=`, then the cookie, then Accept-Language, then Chinese."""
    for given in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if given in LANGUAGES:
            return given
    return _accepted(request.headers.get("accept-language", ""))


def _accepted(header: str) -> str:
    """The language the browser ranks highest among ours.

    >>> _accepted("de-CH, en;q=0.9, zh;q=0.8"), _accepted("")
    ('en', 'zh')
    """
    ranked: list[tuple[float, int, str]] = []
    for order, part in enumerate(header.split(",")):
        tag, _, parameter = part.strip().partition(";")
        weight = parameter.strip().removeprefix("q=") or "1"
        code = tag.strip().lower().partition("-")[0]
        if code in LANGUAGES and weight.replace(".", "", 1).isdigit():
            ranked.append((-float(weight), order, code))
    return min(ranked)[2] if ranked else "zh"
