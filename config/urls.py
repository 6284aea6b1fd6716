"""All addresses of the installation: the runtime's and the designer's."""

from django.urls import include, path, re_path

from apps_runtime.api.problems import not_found_view

handler404 = "apps_runtime.pages.missing.missing"
handler500 = "apps_runtime.pages.missing.broken"

urlpatterns = [
    path("", include("apps_runtime.urls")),
    path("", include("builder.urls")),
    # Last, so that unknown addresses below /api/ answer in the API's shape.
    re_path(r"^api/", not_found_view),
]
