"""All addresses of the installation: the runtime's and the designer's."""

from django.urls import include, path

urlpatterns = [
    path("", include("builder.urls")),
    path("", include("apps_runtime.urls")),
]
