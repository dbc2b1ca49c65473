from django.urls import path

from . import views

app_name = "dashboards"
urlpatterns = [
    path("start/", views.start, name="start"),
    path("manage/", views.today, name="today"),
    path("your-organisation/", views.organisation, name="organisation"),
    path("manage/programmes/<slug:code>/money/", views.money, name="money"),
]
