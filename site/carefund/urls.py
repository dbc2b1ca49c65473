from django.urls import include, path, re_path
from django.views.generic import RedirectView
from health_check.views import HealthCheckView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from carefund.core.access import public
from carefund.core.routes import Remembered
from carefund.website.documents import serve
from carefund.website.serving import serve as serve_page
from reports.opendata.api import api

# What a load balancer and an operator ask; `?format=json` and `?format=openmetrics` for machines.
HEALTH = HealthCheckView.as_view(
    checks=[
        "health_check.checks.Database",
        "health_check.checks.Cache",
        "health_check.checks.Storage",
    ]
)

TO_SIGN_IN = public(RedirectView.as_view(pattern_name="account_login", query_string=True))

PAGES = [
    path("health/", public(HEALTH)),
    path("account/", include("carefund.accounts.urls")),
    # Looked through in this order: first what most people ask for in the hour before a deadline.
    path("", include("grants.bids.urls")),
    path("files/", include("carefund.files.urls")),
    path("", include("carefund.website.urls")),
    path("", include("carefund.audit.urls")),
    path("", include("carefund.privacy.urls")),
    path("", include("carefund.importing.urls")),
    path("", include("carefund.notify.urls")),
    path("", include("programmes.organisations.urls")),
    path("", include("programmes.funds.urls")),
    path("", include("programmes.waivers.urls")),
    path("", include("programmes.calls.urls")),
    path("", include("programmes.standards.urls")),
    path("", include("programmes.targets.urls")),
    path("", include("grants.assessment.urls")),
    path("", include("grants.awards.urls")),
    path("", include("grants.delivery.urls")),
    path("", include("grants.payments.urls")),
    path("", include("grants.benefits.urls")),
    path("", include("reports.dashboards.urls")),
    path("", include("reports.publications.urls")),
    path("", include("reports.opendata.urls")),
    path("api/", api.urls),
    path("cms/login/", TO_SIGN_IN),
    path("cms/", include(wagtailadmin_urls)),
    # The CMS brings doors of its own, without our limits; they lead to ours.
    path("_util/login/", TO_SIGN_IN),
    path("documents/<int:document_id>/<str:document_filename>", serve),
    path("documents/", include(wagtaildocs_urls)),
    # The last part of the CMS: pages by their address, which is looked up at once where it can be.
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
urlpatterns = [Remembered(PAGES)]
