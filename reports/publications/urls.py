from typing import Any

app_name = "publications"
urlpatterns: list[Any] = []
