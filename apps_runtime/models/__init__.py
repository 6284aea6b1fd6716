"""The runtime's own tables, one module per noun; records live in tables of their forms."""

from apps_runtime.models.access_entry import AccessEntry
from apps_runtime.models.application import Application
from apps_runtime.models.assignment import Assignment
from apps_runtime.models.attempt import Attempt
from apps_runtime.models.comment import Comment
from apps_runtime.models.counter import Counter
from apps_runtime.models.department import Department
from apps_runtime.models.event import Event
from apps_runtime.models.flow_log import FlowLog
from apps_runtime.models.flow_run import FlowRun
from apps_runtime.models.follow_up import FollowUp
from apps_runtime.models.heartbeat import Heartbeat
from apps_runtime.models.history_entry import HistoryEntry
from apps_runtime.models.idempotency import Idempotency
from apps_runtime.models.notification import Notification
from apps_runtime.models.outbox_effect import OutboxEffect
from apps_runtime.models.person import Person
from apps_runtime.models.pointer import Pointer
from apps_runtime.models.public_link import PublicLink
from apps_runtime.models.release import Release
from apps_runtime.models.role_member import RoleMember
from apps_runtime.models.rule_run import RuleRun
from apps_runtime.models.saved_view import SavedView
from apps_runtime.models.stamp import Stamp
from apps_runtime.models.stored_file import StoredFile
from apps_runtime.models.timer import Timer
from apps_runtime.models.token import Token
from apps_runtime.models.work import Work

__all__ = [
    "AccessEntry",
    "Application",
    "Assignment",
    "Attempt",
    "Comment",
    "Counter",
    "Department",
    "Event",
    "FlowLog",
    "FlowRun",
    "FollowUp",
    "Heartbeat",
    "HistoryEntry",
    "Idempotency",
    "Notification",
    "OutboxEffect",
    "Person",
    "Pointer",
    "PublicLink",
    "Release",
    "RoleMember",
    "RuleRun",
    "SavedView",
    "Stamp",
    "StoredFile",
    "Timer",
    "Token",
    "Work",
]
