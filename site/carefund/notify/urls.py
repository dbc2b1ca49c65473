from django.urls import path

from . import views

app_name = "notify"
urlpatterns = [
    path("messages/", views.message_list, name="list"),
    path("messages/read/", views.read_all, name="read_all"),
    path("messages/preferences/", views.preferences, name="preferences"),
    path("messages/<int:number>/", views.message_detail, name="detail"),
    path("manage/mail/", views.stopped, name="stopped"),
    path("manage/mail/addresses/<int:number>/", views.resume, name="resume"),
    path("manage/mail/deliveries/<int:number>/", views.retry, name="retry"),
    path("hooks/notify/", views.notify_hook, name="hook"),
    path("developers/mail/", views.mails, name="mails"),
    path("developers/mail/<str:name>/", views.mail, name="mail"),
]
