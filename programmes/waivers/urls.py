from django.urls import path

from . import views

app_name = "waivers"
urlpatterns = [
    path("manage/waivers/", views.register, name="register"),
    path("manage/waivers/ask/", views.ask, name="ask"),
    path("manage/waivers/<int:pk>/", views.waiver, name="waiver"),
    path("manage/waivers/<int:pk>/agree/", views.agree, name="agree"),
    path("manage/waivers/<int:pk>/decline/", views.decline, name="decline"),
    path("manage/waivers/<int:pk>/end/", views.end, name="end"),
]
