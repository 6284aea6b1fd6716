"""Addresses of applications, forms, records, reports and files."""

from django.urls import path, register_converter

from apps_runtime.api import applications, files, records, reports


class RecordId:
    """The id of a record; longer numbers are no address."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The reverse of to_python."""
        return str(value)


register_converter(RecordId, "record")

APP = "api/apps/<str:app>"
FORM = f"{APP}/records/<str:form>"
RECORD = f"{FORM}/<record:record>"

urlpatterns = [
    path("api/apps", applications.Applications.as_view()),
    path(APP, applications.Application.as_view()),
    path(f"{APP}/explain", applications.Explain.as_view()),
    path(f"{APP}/forms/<str:form>", applications.Form.as_view()),
    path(f"{APP}/forms/<str:form>/views", applications.SavedViews.as_view()),
    path(f"{APP}/forms/<str:form>/views/<record:view>", applications.SavedView.as_view()),
    path(FORM, records.Records.as_view()),
    path(f"{FORM}/batch", records.Batch.as_view()),
    path(f"{FORM}/values", records.Values.as_view()),
    path(f"{FORM}/export", records.Export.as_view()),
    path(RECORD, records.Record.as_view()),
    path(f"{RECORD}/history", records.History.as_view()),
    path(f"{RECORD}/comments", records.Comments.as_view()),
    path(f"{RECORD}/restore", records.Restore.as_view()),
    path(f"{RECORD}/related/<str:other>", records.Related.as_view()),
    path(f"{APP}/reports/preview", reports.Preview.as_view()),
    path(f"{APP}/reports/preview/records", reports.PreviewBehind.as_view()),
    path(f"{APP}/reports/<str:report>", reports.Report.as_view()),
    path(f"{APP}/reports/<str:report>/records", reports.Behind.as_view()),
    path(f"{APP}/dashboards/<str:dashboard>", reports.Dashboard.as_view()),
    path(f"{APP}/files", files.Files.as_view()),
    path(f"{APP}/files/<str:file>", files.File.as_view()),
]
