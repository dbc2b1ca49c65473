from .ledger import AsAtForm, VirementForm
from .organisations import (
    AdministratorForm,
    CodeForm,
    DomainForm,
    MergeForm,
    OrganisationFilter,
    RenameForm,
)
from .people import EndRoleForm, InviteStaffForm, PeopleFilter, StaffRoleForm
from .programmes import (
    DeclineForm,
    NewProgrammeForm,
    ProgrammeForm,
    RequirementForm,
    ReviewForm,
    SourceForm,
)

__all__ = [
    "AdministratorForm",
    "AsAtForm",
    "CodeForm",
    "DeclineForm",
    "DomainForm",
    "EndRoleForm",
    "InviteStaffForm",
    "MergeForm",
    "NewProgrammeForm",
    "OrganisationFilter",
    "PeopleFilter",
    "ProgrammeForm",
    "RenameForm",
    "RequirementForm",
    "ReviewForm",
    "SourceForm",
    "StaffRoleForm",
    "VirementForm",
]
