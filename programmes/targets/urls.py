from django.urls import path

from . import views

app_name = "targets"
urlpatterns = [
    path("manage/targets/<slug:code>/record/", views.record, name="record"),
]
