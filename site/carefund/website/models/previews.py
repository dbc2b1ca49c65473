from csp.constants import SELF


class Framed:
    """A page that the editor shows beside itself while it is written: our own frame, no other."""

    def serve_preview(self, request, mode_name):
        answer = self.render_preview(request, mode_name)
        answer._csp_replace = {"frame-ancestors": [SELF]}  # noqa: SLF001 - how django-csp is told
        return answer

    def render_preview(self, request, mode_name):
        return super().serve_preview(request, mode_name)
