from .ledger import AsAtForm, BudgetForm
from .organisations import (
    AdministratorForm,
    CodeForm,
    DomainForm,
    MergeForm,
    OrganisationFilter,
    RenameForm,
)
from .people import EndRoleForm, InviteStaffForm, PeopleFilter, StaffRoleForm

__all__ = [
    "AdministratorForm",
    "AsAtForm",
    "BudgetForm",
    "CodeForm",
    "DomainForm",
    "EndRoleForm",
    "InviteStaffForm",
    "MergeForm",
    "OrganisationFilter",
    "PeopleFilter",
    "RenameForm",
    "StaffRoleForm",
]
