"""The drawing of a project's milestones."""

from django.template.loader import render_to_string

from grants.delivery.picture import Mark


def test_a_tall_drawing_has_plain_numbers():
    marks = [Mark(n, 34 + n * 34, 60, 700, "#28a197", done=n % 2 == 0) for n in range(1, 41)]
    ticks = [(60, 2026), (400, 2027)]
    picture = {"marks": marks, "ticks": ticks, "height": 1404, "today": 300}
    drawn = render_to_string("delivery/_picture.html", {"picture": picture})
    assert 'viewBox="0 0 800 1404"' in drawn
    assert 'y2="1404"' in drawn
    assert 'y="1402"' in drawn
    assert drawn.count("<circle") == 2 * len(marks)
    assert drawn.count('stroke-dasharray="6 4"') == len(marks) / 2
    assert "April 2026" in drawn
    assert "1,4" not in drawn
