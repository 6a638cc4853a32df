"""Knows the periods of the duty to answer, each with its source.

"The Regulation" is that on Citizens' Proposals (국민 제안 규정).
"""

from portal.settings.reading import number

# Civil days for the decision on a citizen's proposal: the Regulation, art. 10(1).
ANSWER_DAYS = number("ANSWER_DAYS", 30)
# Civil days after receipt within which more may be asked for: the Regulation, art. 6(2).
SUPPLEMENT_ASK_DAYS = number("SUPPLEMENT_ASK_DAYS", 7)
# Civil days that the author has for a supplement, and for each of two extensions (민원 처리법
# 시행령 §24 asks for a suitable period; the number is a city's own choice).
SUPPLEMENT_DAYS = number("SUPPLEMENT_DAYS", 7)
# Days after which the task closes a proposal whose supplement did not come; 0: only a person does.
SUPPLEMENT_CLOSE_DAYS = number("SUPPLEMENT_CLOSE_DAYS", 0)
# Civil days, at most, for the opinion of others: the Regulation, art. 9 (three weeks).
OPINION_DAYS = number("OPINION_DAYS", 21)
# Days, at most, by which an answer comes later, once: 민원 처리법 시행령 §21(1), the period itself.
EXTENSION_DAYS = number("EXTENSION_DAYS", 30)
# Civil days after a refusal for asking to examine again: the Regulation, art. 12(1).
REEXAMINATION_DAYS = number("REEXAMINATION_DAYS", 15)
# Years in which the author may say that the city later did the same: the Regulation, art. 14(3).
SAME_POLICY_YEARS = number("SAME_POLICY_YEARS", 2)
# Years within which what was accepted is to be done: the Regulation, art. 10(2) and 22.
PLANNED_WITHIN_YEARS = number("PLANNED_WITHIN_YEARS", 3)
# Days after which an overdue answer is told to the audit office (a city's own choice).
ESCALATION_DAYS = number("ESCALATION_DAYS", 7)
# Working days, and for other requests working hours, for what becomes a civil complaint:
# 민원 처리법 시행령 §14, §15, §17; other requests at once, which §19 takes for three hours.
COMPLAINT_LAW_QUERY_DAYS = number("COMPLAINT_LAW_QUERY_DAYS", 14)
COMPLAINT_SYSTEM_QUERY_DAYS = number("COMPLAINT_SYSTEM_QUERY_DAYS", 7)
COMPLAINT_SUGGESTION_DAYS = number("COMPLAINT_SUGGESTION_DAYS", 14)
COMPLAINT_GRIEVANCE_DAYS = number("COMPLAINT_GRIEVANCE_DAYS", 7)
COMPLAINT_OTHER_HOURS = number("COMPLAINT_OTHER_HOURS", 3)

# --- Carrying out and judging (a city's own choices) -------------------------------------

# Days in which a person may change the rating of an answer or a result.
RATING_CHANGE_DAYS = number("RATING_CHANGE_DAYS", 14)
# Below this number of cases no share, median or mean is shown, only counts.
FEWEST_FOR_A_SHARE = number("FEWEST_FOR_A_SHARE", 5)
