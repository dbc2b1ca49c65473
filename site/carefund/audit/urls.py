from django.urls import path

from . import views

app_name = "audit"
urlpatterns = [
    path("manage/record/", views.record_list, name="list"),
    path("manage/record/<int:pk>/", views.entry, name="entry"),
]
