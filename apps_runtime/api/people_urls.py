"""Addresses of sessions, people, departments, tokens, role members and public links."""

from django.urls import path

from apps_runtime.api.departments import DepartmentsView, DepartmentView
from apps_runtime.api.members import MembersView
from apps_runtime.api.people import HandOverView, PeopleView, PersonView, TemporaryPasswordView
from apps_runtime.api.public_links import PublicCodeView, PublicLinkView
from apps_runtime.api.session import SessionView
from apps_runtime.api.tokens import TokensView, TokenView

urlpatterns = [
    path("api/session", SessionView.as_view()),
    path("api/people", PeopleView.as_view()),
    path("api/people/<int:person_id>", PersonView.as_view()),
    path("api/people/<int:person_id>/hand_over", HandOverView.as_view()),
    path("api/people/<int:person_id>/password", TemporaryPasswordView.as_view()),
    path("api/departments", DepartmentsView.as_view()),
    path("api/departments/<int:department_id>", DepartmentView.as_view()),
    path("api/tokens", TokensView.as_view()),
    path("api/tokens/<int:token_id>", TokenView.as_view()),
    path("api/apps/<slug:app>/roles/<slug:role>/members", MembersView.as_view()),
    path("api/apps/<slug:app>/forms/<slug:form>/public-link", PublicLinkView.as_view()),
    path("api/apps/<slug:app>/forms/<slug:form>/public-link/code.svg", PublicCodeView.as_view()),
]
