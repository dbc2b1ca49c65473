"""Every page of the service that opens by its address: its name, who looks, and at what.

A new URL fails the build until it stands here.
"""

# What opens no page of its own.
DOWNLOADS = {
    "calls:dates",
    "calls:feed_atom",
    "calls:feed_rss",
    "website:icon",
    "website:robots",
    "website:sitemap",
    "assessment:export",
    "assessment:ranking_export",
    "bids:answers_export",
    "bids:blank_form",
    "bids:copy",
    "bids:manage_export",
    "awards:agreement_pdf",
    "awards:determination_amounts",
    "awards:letter_pdf",
    "files:download",
    "importing:template",
    "importing:wrong_rows",
    "opendata:giving",
    "opendata:openapi",
    "publications:download",
    "privacy:fetch",
    "publications:run_download",
}
ONLY_POSTED = {
    "calls:stop",
    "assessment:keep",
    "assessment:look",
    "bids:keep",
    "bids:resolve",
    "bids:use_version",
    "bids:start_assessment",
    "standards:start",
    "funds:resend",
    "organisations:resend",
    "importing:apply",
    "notify:read_all",
    "notify:retry",
    "publications:ask",
    "publications:clear",
    "publications:retry",
    "publications:withdraw",
}
# Read by machines, or answered with a redirect alone.
OTHERS = {
    "accounts:carry_on",
    "bids:arrivals",
    "dashboards:start",
    "notify:hook",
    "organisations:start",
}


def authority_pages(w):
    """The pages of authorities: (name, who, the arguments of the address)."""
    p, project = w.story.people, w.project.reference
    one = [w.draft.reference]
    yield "dashboards:organisation", p.lead, []
    yield "notify:list", p.author, []
    yield "notify:detail", p.author, [w.message.pk]
    yield "bids:list", p.author, []
    yield "bids:start", p.author, [w.open_call.code]
    for name in ("task_list", "history", "form_changes", "check", "ask", "withdraw"):
        yield f"bids:{name}", p.author, one
    for key in ("project", "money", "plan"):
        yield "bids:section", p.author, [*one, key]
    for name, who in (("task_list", p.author), ("check", p.viewer), ("receipt", p.author)):
        yield f"bids:{name}", who, [w.submitted.reference]
    yield from (("bids:clarify", p.author, [r.bid.reference, r.pk]) for r in (w.request, w.replied))
    yield "bids:certify", p.certifier, [w.asked.reference]
    for name in ("reopen", "submit"):
        yield f"bids:{name}", p.author, [w.certified.reference]
    yield "awards:own_offers", p.chief, []
    for name in ("offer", "accept", "decline", "messages"):
        yield f"awards:{name}", p.chief, [w.offer.reference]
    yield "awards:agreement", p.chief, [w.project.offer.reference]
    yield "delivery:own", p.lead, []
    yield "delivery:project", p.lead, [project]
    planned = [project, w.planned.position]
    yield "delivery:milestone", p.lead, planned
    yield "delivery:report", p.lead, planned
    yield "delivery:forecast", p.lead, planned
    yield "delivery:return", p.lead, [project, w.due.pk]
    yield "delivery:submit_return", p.lead, [project, w.due.pk]
    yield "delivery:add_risk", p.lead, [project]
    yield "delivery:assess_risk", p.lead, [project, w.risk.pk]
    yield "delivery:close_risk", p.lead, [project, w.risk.pk]
    yield "delivery:ask_change", p.lead, [project]
    yield "delivery:ask_change_of", p.lead, [project, "money"]
    yield "delivery:withdraw_change", p.lead, [project, w.change.pk]
    yield "payments:new", p.lead, [project]
    draft = [w.draft_claim.reference]
    for name in ("claim", "change", "withdraw"):
        yield f"payments:{name}", p.lead, draft
    yield "payments:certify", p.certifier, draft
    yield "payments:submit", p.lead, [w.certified_claim.reference]
    yield "payments:reopen", p.lead, [w.certified_claim.reference]
    yield "payments:claim", p.lead, [w.paid_claim.reference]
    yield "benefits:project", p.lead, [project]
    for name in ("benefit", "record", "forecast"):
        yield f"benefits:{name}", p.lead, [w.benefit.pk]


def bid_pages(w):
    """The work of colleagues on one bid."""
    p, one = w.story.people, [w.draft.reference]
    yield "bids:give_section", p.author, [*one, "project"]
    yield "bids:question", p.author, [*one, "summary"]
    yield "bids:notes", p.author, one
    yield "bids:resume", p.author, one
    yield "bids:partners", p.author, one
    yield "bids:ask_partner", p.author, one
    yield "bids:change_partner", p.author, [*one, w.partner_of_bid.pk]
    yield "bids:answer_partner", w.partner_of_bid.guest.user, [*one, w.partner_of_bid.pk]


def _own_account(w):
    """One's own account, beyond what the sign-in library brings (ADDRESSES)."""
    yield "notify:preferences", w.story.people.author, []
    yield "accounts:second_step", w.story.people.author, []
    yield "accounts:confirm_by_code", w.story.people.author, []
    yield "accounts:remove_password", w.story.people.author, []


def people_pages(w):
    """People of an organisation and of the department, waivers, the register of organisations."""
    p, here = w.story.people, w.story.authority.pk
    yield "organisations:people", p.chief, [here]
    yield "organisations:invite", p.chief, [here]
    yield "organisations:revoke", p.chief, [here, w.invitation.pk]
    yield "organisations:member", p.chief, [here, p.viewer.pk]
    yield "organisations:end_membership", p.chief, [here, p.viewer.pk]
    yield "organisations:decide", p.chief, [here, w.joining.pk]
    yield "organisations:end_guest", p.chief, [here, "bid", w.guest.pk]
    yield "organisations:invitation", None, [w.invitation.token]
    yield "organisations:accepted", None, []
    yield "organisations:join", None, []
    yield "organisations:join_sent", None, []
    yield "organisations:join_own", p.author, []
    yield "organisations:confirm", None, ["confirm"]
    for name, thing, row in (("bids", w.draft, w.guest), ("delivery", w.project, w.partner)):
        yield f"{name}:people", p.author, [thing.reference]
        yield f"{name}:invite_guest", p.author, [thing.reference]
        yield f"{name}:end_guest", p.author, [thing.reference, row.pk]
    yield "funds:people", p.administrator, []
    yield "funds:invite", p.administrator, []
    yield "funds:revoke", p.administrator, [w.colleague.pk]
    yield "funds:person", p.administrator, [p.analyst.pk]
    yield "funds:end_role", p.administrator, [p.analyst.pk, w.analysts_role.pk]
    yield "funds:organisations", p.administrator, []
    yield "funds:merge", p.administrator, []
    for name in ("organisation", "administrator", "rename", "code", "domain"):
        yield f"funds:{name}", p.administrator, [here]
    yield "funds:end_domain", p.administrator, [here, w.domain.pk]
    yield "waivers:register", p.senior, []
    yield "waivers:ask", p.officer, []
    for name in ("waiver", "agree", "decline", "end"):
        yield f"waivers:{name}", p.senior, [w.waiver.pk]


def department_pages(w):
    yield from _choosing(w)
    yield from _allocating(w)
    yield from _delivering(w)
    yield from _own_account(w)


def watching_pages(w):
    """The record, and what is held about people."""
    p = w.story.people
    yield "audit:list", p.auditor, []
    yield "audit:entry", p.auditor, [w.entry.pk]
    yield "privacy:overview", p.administrator, []
    yield "privacy:people", p.administrator, []
    for name in ("person", "export", "anonymise"):
        yield f"privacy:{name}", p.administrator, [p.nobody.pk]
    yield "privacy:request", p.administrator, [w.person_request.pk]
    yield "notify:stopped", p.administrator, []
    yield "notify:resume", p.administrator, [w.stopped.pk]
    yield "notify:mails", None, []
    yield "notify:mail", None, [w.mail]


def _allocating(w):
    """A round: what it is bound to, its scenarios, who approves it, what is written."""
    p = w.story.people
    yield "awards:all_rounds", p.senior, []
    yield "awards:constraints", p.officer, [w.round.pk]
    for kind in ("least_region", "most_theme", "either", "part"):
        yield "awards:new_constraint", p.officer, [w.round.pk, kind]
    yield "awards:remove_constraint", p.officer, [w.round.pk, w.constraint.pk]
    for name in ("scenarios", "new_scenario", "keep"):
        yield f"awards:{name}", p.officer, [w.round.pk]
    for name in ("scenario", "use"):
        yield f"awards:{name}", p.officer, [w.round.pk, w.round.scenario_id]
    yield "awards:publish", p.senior, [w.recommended.pk]
    yield "awards:chain", p.administrator, [w.story.programme.code]
    yield "awards:new_step", p.administrator, [w.story.programme.code]
    yield "awards:remove_step", p.administrator, [w.story.programme.code, 1]
    yield from _agreeing(w)
    yield "awards:letter", p.chief, [w.letter.choice.bid.reference, w.letter.pk]


def _agreeing(w):
    """Clauses, the funder's signature, and section 31 determinations."""
    p, code = w.story.people, [w.story.programme.code]
    yield "awards:sign", p.senior, [w.project.offer.reference]
    yield "awards:amend", p.officer, [w.offer.reference]
    for name in ("amendment", "approve_amendment"):
        yield f"awards:{name}", p.senior, [w.offer.reference, 2]
    yield "awards:withdraw_amendment", p.officer, [w.offer.reference, 2]
    yield "awards:clauses", p.administrator, code
    yield "awards:change_clause", p.administrator, [*code, "payment"]
    yield "awards:manage_determinations", p.officer, code
    yield "awards:new_determination", p.officer, code
    yield "awards:determination", p.officer, [w.determination.reference]
    yield "awards:abandon_determination", p.officer, [w.determination.reference]
    yield "awards:issue_determination", p.senior, [w.determination.reference]
    issued = [w.issued_determination.reference]
    yield "awards:vary_determination", p.officer, issued
    yield "awards:withdraw_determination", p.senior, issued
    yield "awards:pay_determination", p.finance, issued
    yield "awards:determination", p.senior, issued
    yield "awards:determinations", p.author, []
    yield "awards:public_determination", p.author, [w.issued_determination.reference]


def _choosing(w):
    """From a call to its approved round."""
    p = w.story.people
    yield "dashboards:today", p.officer, []
    for name in ("bids:manage_list", "bids:manage_calls", "awards:offers", "delivery:list"):
        yield name, p.officer, []
    for name in ("delivery:milestones", "delivery:returns", "payments:list", "benefits:list"):
        yield name, p.officer, []
    yield "bids:manage_call", p.officer, [w.open_call.code]
    yield "bids:call_form", p.officer, [w.open_call.code]
    for name in ("form_as_bidder", "write_to_bidders"):
        yield f"bids:{name}", p.officer, [w.open_call.code]
    for name in ("case_clarifications", "ask_to_clarify", "write_to_bidder"):
        yield f"bids:{name}", p.officer, [w.submitted.reference]
    yield "bids:take_back", p.officer, [w.submitted.reference, w.request.pk]
    yield "bids:manage_call", p.officer, [w.assessed_call.code]
    bid = [w.submitted.reference]
    for name in ("case", "case_answers", "case_money", "case_documents", "case_timeline"):
        yield f"bids:{name}", p.officer, bid
    yield "bids:case", p.officer, [w.in_assessment.reference]
    yield from _assessing(w)
    call = [w.assessed_call.code]
    yield "awards:rounds", p.officer, call
    yield "awards:new_round", p.officer, call
    yield "awards:round", p.officer, [w.round.pk]
    yield "awards:choose", p.officer, [w.round.pk, w.assessed.reference]
    yield "awards:recommend", p.officer, [w.round.pk]
    yield "awards:round", p.senior, [w.recommended.pk]
    yield "awards:approve", p.senior, [w.recommended.pk]
    yield "awards:return", p.senior, [w.recommended.pk]


def _assessing(w):
    """From the sift to the ranking."""
    p, bid = w.story.people, [w.submitted.reference]
    yield "assessment:checks", p.officer, bid
    yield "assessment:case", p.officer, [w.in_assessment.reference]
    yield "assessment:case", p.officer, [w.assessed.reference]
    yield "assessment:reopen", p.officer, [w.handed_in.pk]
    yield "assessment:list", p.assessor, []
    yield "assessment:detail", p.assessor, [w.opened.pk]
    yield "assessment:whole_bid", p.assessor, [w.opened.pk]
    yield "assessment:detail", p.assessor, [w.conflicted.pk]
    yield "assessment:detail", p.assessor, [w.handed_in.pk]
    yield "assessment:detail", p.second_assessor, [w.unopened.pk]
    call = [w.assessed_call.code]
    for name in ("progress", "sift", "pool", "moderation", "panel"):
        yield f"assessment:{name}", p.officer, call
    yield "assessment:propose", p.officer, [w.likeness.second.call.code]
    yield "assessment:assessor", p.officer, [*call, p.assessor.pk]
    yield "assessment:override", p.officer, [*bid, "limits"]
    yield "assessment:due_diligence", p.officer, bid
    yield "assessment:subsidy", p.officer, bid
    yield "assessment:likeness", p.officer, [w.likeness.first.reference, w.likeness.pk]
    yield "assessment:agree", p.officer, [w.assessed.reference]
    yield "assessment:decline", p.assessor, [w.opened.pk]
    yield "assessment:ranking", p.officer, call


def _delivering(w):
    """From a project to its ledger."""
    p, project, fund = w.story.people, w.project.reference, [w.story.programme.code]
    yield "delivery:project", p.officer, [project]
    yield "delivery:story", p.officer, [project]
    for name in ("complete", "pause", "resume", "end_early"):
        yield f"delivery:{name}", p.officer, [project]
    yield "payments:give_back", p.officer, [project]
    for name in ("milestone", "confirm", "send_back"):
        yield f"delivery:{name}", p.officer, [project, w.reported.position]
    yield "delivery:ask_return", p.officer, [project]
    for name in ("return", "accept_return", "send_back_return"):
        yield f"delivery:{name}", p.officer, [project, w.submitted_return.pk]
    yield "delivery:decide_change", p.officer, [project, w.change.pk]
    claim = [w.submitted_claim.reference]
    for name in ("claim", "approve", "refuse", "return"):
        yield f"payments:{name}", p.officer, claim
    yield "payments:release", p.finance, [w.approved_claim.reference]
    yield "payments:recover", p.finance, [project]
    yield "benefits:verify", p.officer, [w.observation.pk]
    yield "funds:programmes", p.finance, []
    yield "funds:ledger", p.finance, fund
    yield "funds:entries", p.finance, fund


def call_pages(w):
    """A call from its draft to its copy, what is asked about it, and who follows it."""
    p, draft, live = w.story.people, [w.draft_call.code], [w.open_call.code]
    yield "bids:manage_call", p.officer, draft
    for name in ("announce", "send_for_review"):
        yield f"calls:{name}", p.officer, draft
    yield "calls:return_to_draft", p.officer, [w.coming_call.code]
    yield "calls:archive", p.officer, [w.assessed_call.code]
    for name in ("extend", "update", "copy", "clarifications"):
        yield f"calls:{name}", p.officer, live
    yield "calls:cut_offs", p.officer, [w.turns_call.code]
    for name in ("assess_cut_off", "remove_cut_off"):
        yield f"calls:{name}", p.officer, [w.turns_call.code, w.cut_off.pk]
    yield "bids:invite_winners", p.officer, [w.coming_call.code]
    for row in (w.question, w.answered):
        yield "calls:clarification", p.officer, [*live, row.pk]
    yield "calls:ask", p.author, live
    yield "calls:follow", None, []
    yield "calls:follow", p.author, []
    yield "calls:follow_sent", None, []
    yield "calls:confirm_following", None, ["follow"]
    yield "calls:stop_following", None, [w.stop_link]


def money_pages(w):
    """Programmes, how they are governed and how their budgets change."""
    p, fund = w.story.people, [w.story.programme.code]
    yield "funds:portfolio", p.officer, []
    yield "funds:new_programme", p.administrator, []
    for name in ("programme", "virements"):
        yield f"funds:{name}", p.officer, fund
    for name in ("change_programme", "source", "propose_virement"):
        yield f"funds:{name}", p.officer, fund
    yield "funds:remove_source", p.officer, [*fund, w.source.pk]
    yield "funds:requirement", p.officer, [*fund, 1]
    yield "funds:review", p.senior, fund
    for name in ("virement", "approve_virement", "decline_virement"):
        yield f"funds:{name}", p.senior, [*fund, w.virement.pk]
    yield "funds:withdraw_virement", p.officer, [*fund, w.virement.pk]
    yield "dashboards:money", p.finance, fund


def reader_pages(w):
    """Reports for those who read them, and what the public sees: nobody signed in."""
    p, fund = w.story.people, w.story.programme.code
    yield "publications:index", p.adviser, []
    yield "publications:benefits", p.adviser, [fund]
    yield "publications:figure", p.adviser, [fund, "awarded"]
    yield "publications:run", p.analyst, [w.run.reference]
    yield "targets:record", p.analyst, [w.target.code]
    yield "targets:boards", p.analyst, [w.target.code]
    yield "importing:upload", p.analyst, [w.spreadsheet.kind]
    yield "importing:run", p.analyst, [w.spreadsheet.pk]
    yield "publications:index", None, []
    yield "publications:target", None, [w.target.code]
    yield "opendata:register", None, []
    yield "opendata:project", None, [w.project.reference]
    yield "opendata:open_data", None, []
    yield "opendata:api_docs", None, []
    yield "standards:catalogue", None, []
    yield "standards:version", None, [w.standard.code, w.standard.version]


# Written by editors, or coming with the library that signs people in.
ADDRESSES = (
    *((None, address) for address in ("/", "/calls/", "/accessibility/", "/privacy/")),
    *((None, f"/account/{name}/") for name in ("login", "login/password", "password/reset")),
    *((None, f"/account/{name}/") for name in ("signup", "inactive")),
    ("author", "/account/logout/"),
    ("author", "/account/password/change/"),
    ("author", "/account/sessions/"),
    ("author", "/account/email/"),
    ("author", "/account/second-step/"),
    ("author", "/account/second-step/app/"),
    ("author", "/account/second-step/passkeys/"),
    ("author", "/account/second-step/passkeys/add/"),
)
REFUSALS = (
    (None, "/nothing/here/", 404),
    (None, "/invitations/unknown/", 404),
    ("author", "/bids/XXX-2026-00001/", 404),
    ("viewer", "/manage/", 403),
)


def standard_pages(w):
    """Where organisations stand in standards, what calls ask for and grants carry."""
    p, own = w.story.people, w.story.authority.pk
    yield "standards:own", p.author, [own]
    for name in ("self_assessment", "submit", "discard"):
        yield f"standards:{name}", p.author, [w.half.pk]
    yield "standards:answer", p.author, [w.half.pk, 1]
    yield "standards:remove_file", p.author, [w.half.pk, 1, w.half_file.pk]
    yield "standards:self_assessment", p.officer, [w.assessed_itself.pk]
    yield "dashboards:profile", p.author, [own, w.standard.code]
    yield "dashboards:profile", p.officer, [own, w.standard.code]
    yield "dashboards:standards", p.officer, []
    yield "standards:demands", p.officer, [w.draft_call.code]
    yield "standards:drop", p.officer, [w.draft_call.code, w.demand.pk]
    project = w.project.reference
    yield "delivery:add_condition", p.officer, [project]
    for name in ("confirm_condition", "release_condition"):
        yield f"delivery:{name}", p.officer, [project, w.condition.pk]


# Making the world takes as long as looking at twenty pages, so it is made twice, not seven times.
HALVES = {
    "department": (department_pages, reader_pages, money_pages, standard_pages),
    "authority": (authority_pages, bid_pages, people_pages, watching_pages, call_pages),
}


def pages(w, half=None):
    for name, groups in HALVES.items():
        if half in (name, None):
            for group in groups:
                yield from group(w)
