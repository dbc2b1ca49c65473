"""The roles of the service, by the kind of organisation that gives them."""

from django.db import models


class AuthorityRole(models.TextChoices):
    """Roles in a local authority or another organisation that bids."""

    ADMINISTRATOR = "org_administrator", "Administrator"
    BID_AUTHOR = "bid_author", "Bid author"
    FINANCE_CERTIFIER = "finance_certifier", "Finance certifier"
    PROJECT_LEAD = "project_lead", "Project lead"
    VIEWER = "viewer", "Viewer"


class StaffRole(models.TextChoices):
    """Roles in the department, each for one programme or for all."""

    PROGRAMME_OFFICER = "programme_officer", "Programme officer"
    SENIOR_OFFICER = "senior_officer", "Senior officer"
    FINANCE_OFFICER = "finance_officer", "Finance officer"
    ASSESSOR = "assessor", "Assessor"
    EDITOR = "editor", "Editor"
    ANALYST = "analyst", "Analyst"
    MINISTERS_TEAM = "ministers_team", "Minister’s team"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Service administrator"
