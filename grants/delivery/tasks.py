from carefund.core.work import handles

from .actions import conditions
from .models import LevelCondition


@handles(conditions.REMIND)
def remind_of_a_level(condition_id: int) -> None:
    rows = LevelCondition.objects.select_related("project__organisation", "standard", "measure")
    conditions.remind(condition=rows.get(pk=condition_id))
