"""Reports, dashboards and the records behind a number."""

from apps_runtime.openapi.areas.records import LIST
from apps_runtime.openapi.operation import (
    ANYTHING,
    TEXT,
    Operation,
    Operations,
    Parameter,
    closed,
    maybe,
    ref,
)

FILTER = Parameter("filter", "A formula that narrows the records further")

OPERATIONS: Operations = {
    ("GET", "/api/apps/{app}/reports/{report}"): Operation(
        "The numbers of a report and its figure",
        answer=ref("ReportResult"),
        parameters=(FILTER,),
        problems=(404, 422),
    ),
    ("GET", "/api/apps/{app}/reports/{report}/records"): Operation(
        "The records behind a number",
        answer=ref("RecordList"),
        parameters=(
            Parameter("cell", "JSON: a cell of the report's answer"),
            *LIST,
        ),
        problems=(404, 422),
    ),
    ("POST", "/api/apps/{app}/reports/preview"): Operation(
        "A report that is not published yet, over the records that I see",
        body=closed(("report",), report=ANYTHING, filter=maybe(TEXT)),
        answer=ref("ReportResult"),
        problems=(404, 422),
    ),
    ("POST", "/api/apps/{app}/reports/preview/records"): Operation(
        "The records behind a number of a preview",
        body=closed(("report",), report=ANYTHING, filter=maybe(TEXT), cell={}),
        answer=ref("RecordList"),
        parameters=LIST,
        problems=(404, 422),
    ),
    ("GET", "/api/apps/{app}/dashboards/{dashboard}"): Operation(
        "The reports of a dashboard and its filters",
        answer=ref("Dashboard"),
        problems=(404,),
    ),
}
