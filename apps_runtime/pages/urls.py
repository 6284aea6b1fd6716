"""Addresses of pages; the front end takes them apart further."""

from django.urls import path, re_path

from apps_runtime.pages import approval, public_form, shells, sign_in

RUNTIME = r"^(?:apps(?:/.*)?|inbox(?:/.*)?|me|people(?:/.*)?|new|tokens|status)?$"
DESIGNER = r"^design(?:/.*)?$"

urlpatterns = [
    path("login", sign_in.sign_in),
    path("logout", sign_in.sign_out),
    path("password", sign_in.password),
    path("approve/<int:assignment_id>", approval.view),
    path("f/<str:token>", public_form.view),
    re_path(RUNTIME, shells.runtime),
    re_path(DESIGNER, shells.designer),
]
