from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "grants.delivery"
    label = "delivery"

    def ready(self) -> None:
        from django.db.models import OuterRef

        from carefund.accounts import ties
        from carefund.core.navigation import NavItem, register_for
        from grants.awards.signals import offer_accepted
        from grants.bids.actions.guests import guest_problem
        from programmes.organisations import access, invitations, succession
        from programmes.waivers import registry

        from .actions import guests, holding, start_project
        from .models import Project, ProjectGuest
        from .queries import EVIDENCE, GUEST, guests_of

        ties.register(
            GUEST, lambda on: ProjectGuest.objects.current(on).filter(user=OuterRef("pk"))
        )
        registry.register(EVIDENCE)
        registry.register_subject(
            "project", lambda text: Project.objects.filter(reference=text).first()
        )

        offer_accepted.connect(
            lambda sender, offer, by, **rest: start_project(offer=offer, by=by),
            weak=False,
            dispatch_uid="delivery.start_project",
        )
        register_for("funds.work_cases", NavItem("Projects", "/manage/projects/", "staff", 240))
        invitations.register(
            "project",
            invitations.Kind(
                lambda invitation: f"work with {invitation.organisation} on a project",
                guests.take_up_guest,
                guest_problem,
                lambda invitation: "/projects/",
            ),
        )
        access.register("project", guests.has_guest_access)
        access.register_guests("project", access.GuestList(guests_of, guests.end_guest))
        succession.register(
            "4 projects",
            succession.Mover("Live projects", holding.live_projects, holding.hand_over_projects),
        )
        register_for("delivery.view_own", NavItem("Projects", "/projects/", "authority", 130))
