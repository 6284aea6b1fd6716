"""Addresses of the OpenAPI documents."""

from django.urls import path

from apps_runtime.api import openapi

urlpatterns = [
    path("api/openapi.json", openapi.Fixed.as_view()),
    path("api/apps/<str:app>/openapi.json", openapi.OfApplication.as_view()),
]
