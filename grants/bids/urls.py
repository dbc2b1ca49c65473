from django.urls import path

from .views import answering, preparing, submitting

app_name = "bids"
urlpatterns = [
    path("bids/", preparing.bid_list, name="list"),
    path("bids/start/<slug:code>/", preparing.start, name="start"),
    path("bids/<str:reference>/", preparing.task_list, name="task_list"),
    path("bids/<str:reference>/history/", preparing.bid_history, name="history"),
    path("bids/<str:reference>/sections/<slug:key>/", answering.section, name="section"),
    path("bids/<str:reference>/sections/<slug:key>/resolve/", answering.resolve, name="resolve"),
    path("bids/<str:reference>/check/", submitting.check, name="check"),
    path("bids/<str:reference>/ask/", submitting.ask, name="ask"),
    path("bids/<str:reference>/certify/", submitting.certify, name="certify"),
    path("bids/<str:reference>/submit/", submitting.submit, name="submit"),
    path("bids/<str:reference>/receipt/", submitting.receipt, name="receipt"),
    path("bids/<str:reference>/withdraw/", submitting.withdraw, name="withdraw"),
    path("bids/<str:reference>/reopen/", submitting.reopen, name="reopen"),
]
