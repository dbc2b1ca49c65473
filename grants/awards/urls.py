from django.urls import path

from .views import offers, rounds

app_name = "awards"
urlpatterns = [
    path("manage/calls/<slug:code>/rounds/", rounds.rounds, name="rounds"),
    path("manage/calls/<slug:code>/rounds/new/", rounds.new_round, name="new_round"),
    path("manage/rounds/<int:pk>/", rounds.allocation, name="round"),
    path("manage/rounds/<int:pk>/bids/<str:reference>/", rounds.choose, name="choose"),
    path("manage/rounds/<int:pk>/recommend/", rounds.recommend, name="recommend"),
    path("manage/rounds/<int:pk>/approve/", rounds.approve, name="approve"),
    path("manage/rounds/<int:pk>/return/", rounds.send_back, name="return"),
    path("manage/offers/", offers.offers, name="offers"),
    path("offers/", offers.own_offers, name="own_offers"),
    path("offers/<str:reference>/", offers.offer, name="offer"),
    path("offers/<str:reference>/accept/", offers.accept, name="accept"),
    path("offers/<str:reference>/decline/", offers.decline, name="decline"),
    path("offers/<str:reference>/agreement/", offers.agreement, name="agreement"),
]
