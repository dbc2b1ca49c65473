from django.urls import path

from . import views

app_name = "opendata"
urlpatterns = [
    path("funded/", views.register, name="register"),
    path("funded/<str:reference>/", views.project, name="project"),
    path("data/360giving.<slug:name>", views.giving_file, name="giving"),
    path("open-data/", views.open_data, name="open_data"),
    path("api/", views.api_docs, name="api_docs"),
    path("api/docs", views.api_docs),
    path("api/openapi.json", views.openapi, name="openapi"),
]
