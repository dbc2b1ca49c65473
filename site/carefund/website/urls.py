from django.urls import path

from . import views

app_name = "website"
urlpatterns = [path("sitemap.xml", views.sitemap, name="sitemap")]
