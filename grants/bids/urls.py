from typing import Any

app_name = "bids"
urlpatterns: list[Any] = []
