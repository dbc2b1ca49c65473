from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "carefund.questions"
    label = "questions"
