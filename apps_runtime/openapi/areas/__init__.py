"""What the document says about the runtime's addresses: one file per area."""

from apps_runtime.openapi.areas import applications, flows, people, records, reports
from apps_runtime.openapi.operation import Operations

OPERATIONS: Operations = {
    **people.OPERATIONS,
    **applications.OPERATIONS,
    **records.OPERATIONS,
    **flows.OPERATIONS,
    **reports.OPERATIONS,
}
