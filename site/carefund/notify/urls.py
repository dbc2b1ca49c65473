from django.urls import path

from . import views

app_name = "notify"
urlpatterns = [
    path("", views.message_list, name="list"),
    path("read/", views.read_all, name="read_all"),
    path("<int:number>/", views.message_detail, name="detail"),
]
