"""Addresses of the designer's interface."""

from django.urls import path, register_converter

from builder.api.applications import ApplicationsView, ApplicationView, ExportView, ImportView
from builder.api.catalogue import CatalogueView, KeysView, TemplatesView
from builder.api.definitions import DefinitionsView, DefinitionView
from builder.api.preview import FlowTryView, FormulaCheckView, RuleTryView
from builder.api.releases import (
    CheckView,
    CompareView,
    PublishView,
    ReleasesView,
    RestoreView,
    UsageView,
)
from builder.api.tables import ProposeView


class KeyConverter:
    """A key of a definition or application; anything else is no address."""

    regex = "[a-z][a-z0-9_]{0,79}"

    def to_python(self, value: str) -> str:
        """The key itself."""
        return value

    def to_url(self, value: str) -> str:
        """The key itself."""
        return value


register_converter(KeyConverter, "key")

ROOT = "api/builder/applications"
APP = f"{ROOT}/<key:app>"

urlpatterns = [
    path("api/builder/catalogue", CatalogueView.as_view()),
    path("api/builder/keys", KeysView.as_view()),
    path("api/builder/templates", TemplatesView.as_view()),
    path(ROOT, ApplicationsView.as_view()),
    path(f"{ROOT}/import", ImportView.as_view()),
    path(f"{ROOT}/propose", ProposeView.as_view()),
    path(APP, ApplicationView.as_view()),
    path(f"{APP}/export", ExportView.as_view()),
    path(f"{APP}/definitions", DefinitionsView.as_view()),
    path(f"{APP}/definitions/<str:kind>/<str:key>", DefinitionView.as_view()),
    path(f"{APP}/check", CheckView.as_view()),
    path(f"{APP}/publish", PublishView.as_view()),
    path(f"{APP}/releases", ReleasesView.as_view()),
    path(f"{APP}/releases/<int:number>/restore", RestoreView.as_view()),
    path(f"{APP}/compare", CompareView.as_view()),
    path(f"{APP}/usage", UsageView.as_view()),
    path(f"{APP}/formulas/check", FormulaCheckView.as_view()),
    path(f"{APP}/rules/try", RuleTryView.as_view()),
    path(f"{APP}/flows/try", FlowTryView.as_view()),
]
