from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "programmes.calls"
    label = "calls"

    def ready(self) -> None:
        from carefund.notify.mailer import register_headers
        from programmes.waivers import registry

        from .eligibility import ELIGIBLE, PLACE
        from .models import Call
        from .queries import stop_headers

        registry.register(ELIGIBLE)
        registry.register(PLACE)
        register_headers("calls.changed", stop_headers)
        registry.register_subject("call", lambda text: Call.objects.filter(code=text).first())
