from django.urls import path

from . import views

app_name = "importing"
urlpatterns = [
    path("manage/imports/new/<slug:kind>/", views.upload, name="upload"),
    path("manage/imports/new/<slug:kind>/template.csv", views.template, name="template"),
    path("manage/imports/<int:run_id>/", views.run, name="run"),
    path("manage/imports/<int:run_id>/wrong.csv", views.wrong_rows, name="wrong_rows"),
    path("manage/imports/<int:run_id>/apply/", views.apply, name="apply"),
]
