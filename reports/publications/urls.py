from django.urls import path

from . import views

app_name = "publications"
urlpatterns = [
    path("reports/", views.index, name="index"),
    path("reports/targets/<slug:code>/", views.target, name="target"),
    path("reports/benefits/<slug:code>/", views.benefits, name="benefits"),
    path("reports/benefits/<slug:code>/report.<slug:name>", views.download, name="download"),
    path("reports/benefits/<slug:code>/freeze/", views.ask, name="ask"),
    path("reports/figures/<slug:code>/<slug:name>/", views.figure, name="figure"),
    path("reports/runs/<str:reference>/", views.run, name="run"),
    path(
        "reports/runs/<str:reference>/report.<slug:name>", views.run_download, name="run_download"
    ),
    path("reports/runs/<str:reference>/clear/", views.clear, name="clear"),
    path("reports/runs/<str:reference>/withdraw/", views.withdraw, name="withdraw"),
    path("reports/runs/<str:reference>/retry/", views.retry, name="retry"),
]
