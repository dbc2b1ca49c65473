from typing import Any

app_name = "benefits"
urlpatterns: list[Any] = []
