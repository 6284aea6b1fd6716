"""Addresses of applications, forms, records, reports and files."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
