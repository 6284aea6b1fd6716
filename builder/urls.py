"""Addresses of the designer's interface."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
