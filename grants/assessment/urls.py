from typing import Any

app_name = "assessment"
urlpatterns: list[Any] = []
