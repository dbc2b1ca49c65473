from django.urls import path

from . import views

app_name = "targets"
urlpatterns = [
    path("reports/targets/<slug:code>/boards/", views.boards, name="boards"),
    path("manage/targets/<slug:code>/record/", views.record, name="record"),
]
