"""Addresses of runs, assignments, notifications, long work, imports and health."""

from django.urls import path, re_path

from apps_runtime.api.assignments import AssignmentsView, AssignmentView, BatchView, DecisionView
from apps_runtime.api.health import HealthView
from apps_runtime.api.imports import (
    ImportView,
    InspectPeopleView,
    InspectView,
    PeopleImportView,
)
from apps_runtime.api.notifications import NotificationsView, ReadView
from apps_runtime.api.rule_log import RuleLogView
from apps_runtime.api.runs import RunView, StartView, SteerView
from apps_runtime.api.works import CancelView, WorkFileView, WorkView

urlpatterns = [
    path("healthz", HealthView.as_view()),
    path("api/assignments", AssignmentsView.as_view()),
    path("api/assignments/batch", BatchView.as_view()),
    path("api/assignments/<int:assignment_id>", AssignmentView.as_view()),
    path("api/assignments/<int:assignment_id>/<str:decision>", DecisionView.as_view()),
    path("api/apps/<str:app>/flows/<str:flow>/runs", StartView.as_view()),
    path("api/apps/<str:app>/rules/<str:rule>/log", RuleLogView.as_view()),
    path("api/runs/<int:run_id>", RunView.as_view()),
    path("api/runs/<int:run_id>/<str:action>", SteerView.as_view()),
    path("api/notifications", NotificationsView.as_view()),
    path("api/notifications/read", ReadView.as_view()),
    path("api/work/<uuid:work_id>", WorkView.as_view()),
    path("api/work/<uuid:work_id>/cancel", CancelView.as_view()),
    path("api/work/<uuid:work_id>/error_file", WorkFileView.as_view(), {"file": "error_file"}),
    path("api/work/<uuid:work_id>/result_file", WorkFileView.as_view(), {"file": "result_file"}),
    path("api/people/import", PeopleImportView.as_view()),
    path("api/people/import/inspect", InspectPeopleView.as_view()),
    re_path(r"^api/apps/(?P<app>[^/]+)/records/(?P<form>[^/]+)/import$", ImportView.as_view()),
    re_path(
        r"^api/apps/(?P<app>[^/]+)/records/(?P<form>[^/]+)/import/inspect$", InspectView.as_view()
    ),
]
