"""Public forms."""

from django.http import HttpRequest, HttpResponse


def view(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse()
