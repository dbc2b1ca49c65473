from typing import Any

app_name = "dashboards"
urlpatterns: list[Any] = []
