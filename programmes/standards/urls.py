from django.urls import path

from .views import assessing, catalogues, demanding

app_name = "standards"
OWN = "your-organisation/<int:pk>/standards/"
ONE = "self-assessments/<int:pk>/"
CALL = "manage/calls/<slug:code>/levels/"
urlpatterns = [
    path("standards/", catalogues.catalogue, name="catalogue"),
    path("standards/<slug:code>/<str:version>/", catalogues.version, name="version"),
    path(OWN, assessing.own, name="own"),
    path(OWN + "<slug:code>/start/", assessing.start, name="start"),
    path(ONE, assessing.self_assessment, name="self_assessment"),
    path(ONE + "measures/<int:number>/", assessing.answer, name="answer"),
    path(
        ONE + "measures/<int:number>/files/<uuid:file>/remove/",
        assessing.remove_file,
        name="remove_file",
    ),
    path(ONE + "submit/", assessing.submit, name="submit"),
    path(ONE + "discard/", assessing.discard, name="discard"),
    path(CALL, demanding.demands, name="demands"),
    path(CALL + "<int:number>/remove/", demanding.drop, name="drop"),
]
