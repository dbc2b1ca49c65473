from django.urls import path

from .views import agreeing, amending, chain, determinations, letters, offers, rounds, scenarios

app_name = "awards"
DETERMINATION = "manage/determinations/<str:reference>/"
AMENDMENT = "manage/offers/<str:reference>/versions/<int:version>/"
urlpatterns = [
    path("manage/calls/<slug:code>/rounds/", rounds.rounds, name="rounds"),
    path("manage/calls/<slug:code>/rounds/new/", rounds.new_round, name="new_round"),
    path("manage/rounds/", rounds.all_rounds, name="all_rounds"),
    path("manage/rounds/<int:pk>/", rounds.allocation, name="round"),
    path("manage/rounds/<int:pk>/bids/<str:reference>/", rounds.choose, name="choose"),
    path("manage/rounds/<int:pk>/recommend/", rounds.recommend, name="recommend"),
    path("manage/rounds/<int:pk>/approve/", rounds.approve, name="approve"),
    path("manage/rounds/<int:pk>/return/", rounds.send_back, name="return"),
    path("manage/rounds/<int:pk>/publish/", rounds.publish, name="publish"),
    path("manage/rounds/<int:pk>/constraints/", scenarios.constraints, name="constraints"),
    path(
        "manage/rounds/<int:pk>/constraints/new/<slug:kind>/",
        scenarios.new_constraint,
        name="new_constraint",
    ),
    path(
        "manage/rounds/<int:pk>/constraints/<int:wish>/remove/",
        scenarios.remove_constraint,
        name="remove_constraint",
    ),
    path("manage/rounds/<int:pk>/scenarios/", scenarios.scenarios, name="scenarios"),
    path("manage/rounds/<int:pk>/scenarios/new/", scenarios.new_scenario, name="new_scenario"),
    path("manage/rounds/<int:pk>/scenarios/keep/", scenarios.keep, name="keep"),
    path("manage/rounds/<int:pk>/scenarios/<int:number>/", scenarios.scenario, name="scenario"),
    path("manage/rounds/<int:pk>/scenarios/<int:number>/use/", scenarios.use, name="use"),
    path("manage/approvals/<slug:code>/", chain.chain, name="chain"),
    path("manage/approvals/<slug:code>/new/", chain.new_step, name="new_step"),
    path("manage/approvals/<slug:code>/<int:order>/remove/", chain.remove_step, name="remove_step"),
    path("letters/<str:reference>/<int:pk>/", letters.letter, name="letter"),
    path("letters/<str:reference>/<int:pk>/pdf/", letters.letter_pdf, name="letter_pdf"),
    path("manage/offers/", offers.offers, name="offers"),
    path("manage/offers/<str:reference>/amounts/", amending.amend, name="amend"),
    path(AMENDMENT, amending.amendment, name="amendment"),
    path(f"{AMENDMENT}approve/", amending.approve_amendment, name="approve_amendment"),
    path(f"{AMENDMENT}withdraw/", amending.withdraw_amendment, name="withdraw_amendment"),
    path("offers/", offers.own_offers, name="own_offers"),
    path("offers/<str:reference>/", offers.offer, name="offer"),
    path("offers/<str:reference>/accept/", offers.accept, name="accept"),
    path("offers/<str:reference>/decline/", offers.decline, name="decline"),
    path("offers/<str:reference>/messages/", agreeing.conversation, name="messages"),
    path("offers/<str:reference>/agreement/", agreeing.agreement, name="agreement"),
    path("offers/<str:reference>/agreement/pdf/", agreeing.agreement_pdf, name="agreement_pdf"),
    path("offers/<str:reference>/agreement/sign/", agreeing.sign, name="sign"),
    path("determinations/", determinations.published, name="determinations"),
    path(
        "determinations/<str:reference>/",
        determinations.public_determination,
        name="public_determination",
    ),
    path(
        "determinations/<str:reference>/amounts/<str:kind>/",
        determinations.amounts,
        name="determination_amounts",
    ),
    path(
        "manage/programmes/<slug:code>/determinations/",
        determinations.listing,
        name="manage_determinations",
    ),
    path(
        "manage/programmes/<slug:code>/determinations/new/",
        determinations.new,
        name="new_determination",
    ),
    path("manage/determinations/<str:reference>/", determinations.one, name="determination"),
    path(
        "manage/determinations/<str:reference>/issue/",
        determinations.issue,
        name="issue_determination",
    ),
    path(
        "manage/determinations/<str:reference>/abandon/",
        determinations.abandon,
        name="abandon_determination",
    ),
    path(DETERMINATION + "pay/", determinations.pay, name="pay_determination"),
    path(DETERMINATION + "replace/", determinations.vary, name="vary_determination"),
    path(DETERMINATION + "withdraw/", determinations.withdraw, name="withdraw_determination"),
    path("manage/agreements/<slug:code>/", agreeing.clauses, name="clauses"),
    path("manage/agreements/<slug:code>/<slug:key>/", agreeing.change_clause, name="change_clause"),
]
