"""Who may see and do what: roles as formulas, in Python and as SQL."""

from engines.access.permissions import Permissions, Rights, RowRights, permissions
from engines.access.role import RolePlan, compile_role

__all__ = ["Permissions", "Rights", "RolePlan", "RowRights", "compile_role", "permissions"]
