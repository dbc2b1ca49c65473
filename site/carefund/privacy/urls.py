from django.urls import path

from . import views

app_name = "privacy"
urlpatterns = [
    path("manage/privacy/", views.overview, name="overview"),
    path("manage/privacy/people/", views.people, name="people"),
    path("manage/privacy/people/<int:number>/", views.person, name="person"),
    path("manage/privacy/people/<int:number>/export/", views.export, name="export"),
    path("manage/privacy/people/<int:number>/anonymise/", views.anonymise, name="anonymise"),
    path("manage/privacy/requests/<int:number>/", views.result, name="request"),
    path("manage/privacy/requests/<int:number>/archive/", views.fetch, name="fetch"),
]
