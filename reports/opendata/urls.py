from django.urls import path

from . import views
from .api import api

app_name = "opendata"
urlpatterns = [
    path("funded/", views.register, name="register"),
    path("funded/<str:reference>/", views.project, name="project"),
    path("data/360giving.<slug:name>", views.giving_file, name="giving"),
    path("api/docs", views.api_docs, name="api_docs"),
    path("api/", api.urls),
]
