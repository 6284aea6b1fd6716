"""Which of the product's languages somebody reads."""

from django.http import HttpRequest

from engines.texts import LANGUAGES

DEFAULT = "zh-Hans"


def language_of(request: HttpRequest, otherwise: str = DEFAULT) -> str:
    """By Accept-Language, else by what the person chose, else ``otherwise``."""
    for part in request.headers.get("Accept-Language", "").split(","):
        name = part.split(";")[0].strip().lower()
        if name.startswith("zh"):
            return "zh-Hans"
        if name.startswith("en"):
            return "en"
    chosen = getattr(getattr(request, "user", None), "language", "")
    return chosen if chosen in LANGUAGES else otherwise
