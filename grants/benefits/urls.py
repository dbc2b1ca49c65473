from django.urls import path

from . import views

app_name = "benefits"
urlpatterns = [
    path("manage/benefits/", views.observations, name="list"),
    path("manage/benefits/<int:pk>/", views.verify, name="verify"),
    path("projects/<str:reference>/benefits/", views.of_project, name="project"),
    path("benefits/<int:pk>/", views.benefit, name="benefit"),
    path("benefits/<int:pk>/record/", views.record, name="record"),
    path("benefits/<int:pk>/forecast/", views.forecast, name="forecast"),
]
