"""The runtime's addresses: one list per area."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

AREAS = (
    "apps_runtime.api.urls",
    "apps_runtime.api.people_urls",
    "apps_runtime.api.flow_urls",
    "apps_runtime.api.openapi_urls",
    "apps_runtime.pages.urls",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(area)) for area in AREAS if find_spec(area) is not None
]
