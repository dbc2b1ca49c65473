from django.urls import path

from . import views

app_name = "website"
urlpatterns = [
    path("favicon.ico", views.icon, name="icon"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
