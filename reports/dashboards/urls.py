from django.urls import path

from .views import homes, standards

app_name = "dashboards"
urlpatterns = [
    path("start/", homes.start, name="start"),
    path("manage/", homes.today, name="today"),
    path("your-organisation/", homes.organisation, name="organisation"),
    path("manage/programmes/<slug:code>/money/", homes.money, name="money"),
    path("profiles/<int:pk>/<slug:code>/", standards.profile, name="profile"),
    path("manage/standards/", standards.register, name="standards"),
]
