from typing import Any

app_name = "funds"
urlpatterns: list[Any] = []
