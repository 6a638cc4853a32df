"""Knows the numbers of taking part: thresholds, panels, calls, comments, own data."""

import os

from portal.settings.basics import DEBUG
from portal.settings.reading import flag, number

# --- Thresholds, merges and panels ------------------------------------------------------------

# Supports within the window that make a proposal due for an answer (a city's own choice).
SUPPORT_THRESHOLD = number("SUPPORT_THRESHOLD", 5 if DEBUG else 50)
# The first support steps are made of these; later they change by an approved rule change.
# 30 days and 50 people are what 상상대로 서울 and 하동 ask for; the rest is a city's own choice.
SUPPORT_WINDOW_DAYS = number("SUPPORT_WINDOW_DAYS", 30)
DISCUSSION_THRESHOLD = number("DISCUSSION_THRESHOLD", 300)
COUNCIL_THRESHOLD = number("COUNCIL_THRESHOLD", 1000)
# Civil days until a public discussion is held (Seoul's ordinance on participation: one month),
# a proposal is referred to the council, and the mayor answers.
DISCUSSION_DAYS = number("DISCUSSION_DAYS", 30)
COUNCIL_REFERRAL_DAYS = number("COUNCIL_REFERRAL_DAYS", 30)
MAYOR_ANSWER_DAYS = number("MAYOR_ANSWER_DAYS", 30)
# Days in which supporters of a later proposal say whether they move to the earlier one, and
# whether those who say nothing are counted there (a city's own choice).
MERGE_ANSWER_DAYS = number("MERGE_ANSWER_DAYS", 14)
MERGE_COUNTS_SILENT = flag("MERGE_COUNTS_SILENT", "yes")
# The monthly panel drawn by lot: its seats, how many days before the draw the commitment is
# published, days to accept a seat, what it looks at, how many proposals each member may mark,
# and days at work (a city's own choice, after Seoul's 의제선정단).
PANEL_SEATS = number("PANEL_SEATS", 15)
PANEL_COMMIT_DAYS = number("PANEL_COMMIT_DAYS", 7)
PANEL_INVITE_DAYS = number("PANEL_INVITE_DAYS", 5)
PANEL_ITEMS = number("PANEL_ITEMS", 20)
PANEL_MARKS = number("PANEL_MARKS", 3)
PANEL_DAYS = number("PANEL_DAYS", 14)
# Hours of work for one duty, and of a full-time post in a year (forty hours a week less holidays
# and leave), by which the simulator tells the workload; a city measures its own.
DUTY_HOURS = {
    "answer": number("DUTY_HOURS_ANSWER", 16),
    "discussion": number("DUTY_HOURS_DISCUSSION", 40),
    "council": number("DUTY_HOURS_COUNCIL", 24),
    "mayor": number("DUTY_HOURS_MAYOR", 8),
}
WORK_HOURS_A_YEAR = number("WORK_HOURS_A_YEAR", 1800)

# --- Calls and local problems -------------------------------------------------------------

# Prizes of a call, in won: the smart-city idea contests gave 1 to 10 million (KRILA 2020, ch. 4).
CALL_PRIZE_LEAST = number("CALL_PRIZE_LEAST", 1_000_000)
CALL_PRIZE_MOST = number("CALL_PRIZE_MOST", 10_000_000)
# People in a team: ideathons and hackathons work in teams of about five (the same).
CALL_TEAM_SIZE = number("CALL_TEAM_SIZE", 5)
# Days between the notice of a call and its opening (a city's own choice).
CALL_NOTICE_DAYS = number("CALL_NOTICE_DAYS", 7)
# Days without an open call after which officials are told: no one-off event (a city's own choice).
CALL_ALERT_DAYS = number("CALL_ALERT_DAYS", 90)
# Days for which an invitation to a team holds (a city's own choice).
CALL_INVITATION_DAYS = number("CALL_INVITATION_DAYS", 7)
# Percent of a jury who are no officials, at least: half of it (decree 35811, article 8(3)).
CALL_JURY_CITIZENS = number("CALL_JURY_CITIZENS", 50, least=50)
# Local problems to which one person may give weight in a month (a city's own choice).
PROBLEM_VOTES_A_MONTH = number("PROBLEM_VOTES_A_MONTH", 5)
# Where a map opens: degrees north and east (WGS 84) of the city's middle.
CITY_POINT = os.environ.get("CITY_POINT", "37.5034,126.7660")
# Points outside are refused: south, west, north and east of the city with a little room around.
CITY_BOUNDS = os.environ.get("CITY_BOUNDS", "37.44,126.72,37.57,126.86")
# Photos with more pixels are not unfolded.
PHOTO_MAX_MEGAPIXELS = number("PHOTO_MAX_MEGAPIXELS", 50)

# --- Comments and moderation (a city's own choices) ----------------------------------------

# Minutes in which a comment may still be changed; the earlier text stays with the moderators.
COMMENT_EDIT_MINUTES = number("COMMENT_EDIT_MINUTES", 15)
COMMENTS_PER_HOUR = number("COMMENTS_PER_HOUR", 10)
# Days after the decision on a proposal in which its comments stay open.
COMMENTS_CLOSE_DAYS = number("COMMENTS_CLOSE_DAYS", 30)
REPORTS_PER_DAY = number("REPORTS_PER_DAY", 10)
# Reports by so many different verified people hold something back, at most for so many hours.
REPORTS_TO_HOLD = number("REPORTS_TO_HOLD", 3)
HOLD_HOURS = number("HOLD_HOURS", 24)
# Days in which an author may ask that somebody else looks at a decision.
APPEAL_DAYS = number("APPEAL_DAYS", 30)

# --- Rights over one's own data -----------------------------------------------------------

# Civil days for the answer to a request about own data: decree of the Personal Information
# Protection Act, articles 41(4), 43(3) and 44(2).
DATA_REQUEST_DAYS = number("DATA_REQUEST_DAYS", 10)
# How many files with all their data a person may have made in a day (a city's own choice).
OWN_DATA_A_DAY = number("OWN_DATA_A_DAY", 3)
