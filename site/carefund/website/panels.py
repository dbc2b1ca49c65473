"""What the editor of a call sees beside its fields."""

from wagtail.admin.panels import InlinePanel, Panel
from wagtail.admin.panels.base import get_form_for_model

from programmes.calls.queries import problems_with

from .designer.design import problems
from .page_forms import PREPARED, CriterionForm


class CriteriaPanel(InlinePanel):
    """Criteria in the form that knows the questions of the call."""

    def get_form_options(self):
        options = super().get_form_options()
        child = self.child_edit_handler.get_form_options()
        options["formsets"][self.relation_name]["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=CriterionForm,
            defer_required_on_fields=child.get("defer_required_on_fields", []),
        )
        return options


class ProblemsPanel(Panel):
    """What stands between the call and its announcement, read from what was last saved."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "website/panels/problems.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            call = self.instance.call
            context["call"] = call
            context["announced"] = call is not None and call.state not in PREPARED
            context["problems"] = self._problems(call)
            return context

        def _problems(self, call):
            """Those of the form are told as the page has it, for only a sound one is the call's."""
            if call is None or call.state not in PREPARED:
                return []
            own = problems(self.instance) if self.instance.form else []
            return own or problems_with(call)
