"""Handling: what is due, what to tell now, what was not kept, from reception to result. Pure; the moment is handed in.

Duty(rule, until, reason, missed).violation(done_at, as_of) -> Violation(rule, at, reason) | None
Alert(rule, at, reason).open_at(moment)                Rule: R2, R4, R5, R7, R9 … R14, R21
supplement_violations(requests, answers) -> (Violation, …)     still_missing(requests, answers)              R2
sending_back(received_at, calendar) -> Duty                                                                 R7
handing_on(received_at, calendar, *, paper) -> HandingOn(data, paper)                                       R4
receipt_need(*, immediate, asked) -> ReceiptNeed(rule, written, reason)                                     R5
online_filing(filed_at, calendar) -> OnlineFiling(notify, confirm)   closing_uncompleted(notified_at, …)    R9
refusal(due) -> Duty                                                                                        R10
late_risk(due, since, calendar) -> LateRisk(alert, apologise)                                               R11
appointment(due, since, calendar, *, apologies, ready_at, as_of) -> Appointment(first, binding, violations) R11
early_result(ready_at, due) -> Duty | None                                                                  R12
answer_duty, late_answer_alert, consultation_violations(consultation, calendar, …)                          R13
plan(received_at, bodies, *, reception, electronic) -> Plan(route, reason, parts, result_to).due            R14
delay_shares(due, handled, *, lead, calendar, ready_at, as_of) -> (DelayShare, …)   part_duty   route_of    R14
paper_alert(outage, calendar), entry_alert(outage), entry_violations(entry, outages)                        R21
DEFAULT_HANDLING: HandlingSetting, the numbers; rule_sources() -> {Rule: RuleSource}, where they stand

Beside these, by module: `course` (where a dossier stands in its procedure), `urgency` (what presses most).
"""

from chuan.rules.handling.appointments import (
    Apology,
    Appointment,
    LateRisk,
    appointment,
    early_result,
    late_risk,
    refusal,
)
from chuan.rules.handling.consultations import (
    Consultation,
    answer_duty,
    consultation_violations,
    late_answer_alert,
)
from chuan.rules.handling.interlinked import (
    Body,
    DelayShare,
    Handled,
    Part,
    Plan,
    Route,
    delay_shares,
    part_duty,
    plan,
    route_of,
)
from chuan.rules.handling.outages import LateEntry, Outage, entry_alert, entry_violations, paper_alert
from chuan.rules.handling.reception import (
    HandingOn,
    OnlineFiling,
    ReceiptNeed,
    closing_uncompleted,
    handing_on,
    online_filing,
    receipt_need,
)
from chuan.rules.handling.setting import DEFAULT_HANDLING, HandlingSetting, RuleSource, rule_sources
from chuan.rules.handling.supplements import (
    SupplementAnswer,
    SupplementRequest,
    sending_back,
    still_missing,
    supplement_violations,
)
from chuan.rules.handling.verdicts import Alert, Duty, Rule, Violation

__all__ = [
    "DEFAULT_HANDLING",
    "Alert",
    "Apology",
    "Appointment",
    "Body",
    "Consultation",
    "DelayShare",
    "Duty",
    "HandingOn",
    "Handled",
    "HandlingSetting",
    "LateEntry",
    "LateRisk",
    "OnlineFiling",
    "Outage",
    "Part",
    "Plan",
    "ReceiptNeed",
    "Route",
    "Rule",
    "RuleSource",
    "SupplementAnswer",
    "SupplementRequest",
    "Violation",
    "answer_duty",
    "appointment",
    "closing_uncompleted",
    "consultation_violations",
    "delay_shares",
    "early_result",
    "entry_alert",
    "entry_violations",
    "handing_on",
    "late_answer_alert",
    "late_risk",
    "online_filing",
    "paper_alert",
    "part_duty",
    "plan",
    "receipt_need",
    "refusal",
    "route_of",
    "rule_sources",
    "sending_back",
    "still_missing",
    "supplement_violations",
]
