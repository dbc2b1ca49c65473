"""Stories for the reports: the published part is fact, the rest says that it is a sample."""

from carefund.accounts.models import User
from grants.delivery.actions import tell_story
from grants.delivery.models import Project

STORIES = {
    "Electronic red bag": "Care homes in Sutton used to send a red bag with a resident’s papers "
    "and belongings to hospital. The electronic red bag sends the same information ahead.\n\n"
    "In the first red-bag scheme residents stayed 13.4 days in hospital instead of 17.4, and "
    "£167,000 a year was saved.",
    "Sensor technology for changes in daily habits": "Sensors in people’s homes notice when a "
    "usual day changes: a kettle that stays cold, a night without sleep. Reading works on it with "
    "Henley Business School, which evaluates what it changes.",
    "Technology in homes plus virtual care delivery": "Shropshire brings technology into homes "
    "and adds care by video, over two years, with its integrated care board and local suppliers.",
    "Remote monitoring and predictive data analytics": "Bexley looks for patterns that come before "
    "a crisis, so that somebody can call in time.",
    "Skills passport app for care workers": "Care workers in Havering carry proof of what they "
    "have learned in an app, so that a new employer need not train them again.",
    "Biometric wearables for people with learning disabilities and autism "
    "(spot anxiety triggers)": (
        "Wearables show when anxiety builds up, so that people with learning disabilities and "
        "autism in Wirral and those who support them can see what triggers it."
    ),
    "Health information into social care: City of Westminster": "Westminster lets social workers "
    "see what the hospital knows, so that people need not tell their story twice.",
    "Predictive analytics for prevention: Luton Borough Council": "Luton looks for people who may "
    "soon need care and offers help before they do.",
    "Social care information into health: Hull City Council": "Hull shows hospital staff what "
    "care a person already has at home.",
}


def load(officer: User) -> None:
    for project in Project.objects.filter(title__in=STORIES).order_by("pk"):
        tell_story(project=project, story=STORIES[project.title], by=officer)
