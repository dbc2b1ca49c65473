from django.urls import path

from . import views

app_name = "funds"
urlpatterns = [
    path("manage/ledger/", views.programmes, name="programmes"),
    path("manage/ledger/<slug:code>/", views.ledger, name="ledger"),
    path("manage/ledger/<slug:code>/entries/", views.entries, name="entries"),
    path("manage/ledger/<slug:code>/budget/", views.change_budget, name="change_budget"),
]
