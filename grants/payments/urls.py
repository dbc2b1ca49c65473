from django.urls import path

from .views import claims, decisions

app_name = "payments"
ONE = "claims/<str:reference>/"
urlpatterns = [
    path("manage/claims/", decisions.claims, name="list"),
    path("projects/<str:reference>/claims/new/", claims.new, name="new"),
    path("projects/<str:reference>/recover/", decisions.recover, name="recover"),
    path("projects/<str:reference>/give-back/", decisions.give_back, name="give_back"),
    path(ONE, claims.claim, name="claim"),
    path(ONE + "change/", claims.change, name="change"),
    path(ONE + "certify/", claims.certify, name="certify"),
    path(ONE + "submit/", claims.submit, name="submit"),
    path(ONE + "reopen/", claims.reopen, name="reopen"),
    path(ONE + "withdraw/", claims.withdraw, name="withdraw"),
    path(ONE + "approve/", decisions.approve, name="approve"),
    path(ONE + "refuse/", decisions.refuse, name="refuse"),
    path(ONE + "return/", decisions.send_back, name="return"),
    path(ONE + "release/", decisions.release, name="release"),
]
