from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "programmes.calls"
    label = "calls"

    def ready(self) -> None:
        from programmes.waivers import registry

        from .actions import ELIGIBLE
        from .models import Call

        registry.register(ELIGIBLE)
        registry.register_subject("call", lambda text: Call.objects.filter(code=text).first())
