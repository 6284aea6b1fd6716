"""All addresses of the installation: the runtime's and the designer's."""

from django.urls import include, path

handler404 = "apps_runtime.pages.missing.missing"
handler500 = "apps_runtime.pages.missing.broken"

urlpatterns = [
    path("", include("builder.urls")),
    path("", include("apps_runtime.urls")),
]
