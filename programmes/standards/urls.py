from django.urls import path

from . import views

app_name = "standards"
urlpatterns = [path("standards/", views.catalogue, name="catalogue")]
