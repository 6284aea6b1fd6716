"""The Content-Security-Policy of every answer that does not bring its own."""

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase


class PolicyMiddleware(CSPMiddleware):
    """As django-csp has it, except that an answer with a policy (data, files) costs nothing more:
    putting ours together takes longer than reading a session."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The answer with the policy of pages, unless it has one."""
        if HEADER in response:
            return response
        return super().process_response(request, response)
