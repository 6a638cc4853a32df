"""The whole street, walked once: from a citizen's idea to a report that an auditor verifies."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from governance.domain import demo as councils_of_the_demo
from portal.accounts.domain.cast import person
from portal.proposals.models import Proposal, ProposalState
from portal.reports.models import Run
from tests.journeys.pdf import small_pdf

TITLE = "골목 주차면을 낮에 나누어 써요"
PROBLEM = "저녁이면 차를 댈 곳이 없습니다.\n낮에는 주차면이 비어 있습니다."
SOLUTION = "비어 있는 주차면을 이웃과 나누어 쓰는 시험을 해 봅시다."
WALKS = [
    pytest.param("ko", "desktop", True, id="korean-desktop-with-scripts"),
    pytest.param("en", "phone", False, id="english-phone-without-scripts"),
]

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("language", "width", "scripts"), WALKS)
def test_an_idea_walks_the_whole_street(city, crowd, language, width, scripts, tmp_path):
    crowd.dress(language, width, scripts=scripts)
    council = councils_of_the_demo.found_council(person("secretary"))
    citizen = sign_up(city, crowd)

    proposal = propose(citizen)
    support(city, crowd, proposal)
    review(crowd, citizen, proposal)
    motion = decide(crowd, proposal, council.code)
    lab = experiment(crowd, motion, tmp_path)
    dataset = open_data(crowd, lab, tmp_path)
    measure(crowd, lab, tmp_path)
    files = report(city, crowd, tmp_path)
    audit(city, crowd, files)
    and_then(citizen, proposal, dataset)

    assert not [c for p in crowd.known.values() for c in p.complaints]


def sign_up(city, crowd):
    """A citizen makes an account; the address is confirmed by the link in the mail."""
    citizen = crowd.stranger()
    citizen.go("/accounts/signup/").fits()
    citizen.fill(
        name="한걸음",
        email="step@example.org",
        password1="walk-the-street-2026",
        password2="walk-the-street-2026",
        terms=True,
    ).send()
    assert "confirm-email" in citizen.page.url, citizen.text
    letter = city.letter_to("step@example.org", "confirm-email")
    link = re.search(r"https?://\S+confirm-email\S+", letter)[0]
    citizen.go(re.sub(r"^https?://[^/]+", "", link)).send()
    if "/login" in citizen.page.url:
        citizen.sign_in("step@example.org", "walk-the-street-2026")
    crowd.known["author"] = citizen
    verify(crowd, citizen)
    return citizen


def verify(crowd, citizen):
    """A clerk at the counter hands over a code; with it the citizen is a verified resident."""
    citizen.go("/me/identity/").sees(("먼저 확인 필요", "verify first")).fits()
    clerk = crowd["clerk"]
    clerk.go("/counter/").fits()
    clerk.go("/counter/codes/new/").fits()
    clerk.fill(name="한걸음", birth_date="1990-09-09", district="wonmi", way="counter")
    clerk.fill(account="step@example.org").send().fits()
    code = clerk.page.locator("main strong.number").inner_text()
    citizen.go("/me/identity/code/").fill(code="AAAA-BBBB")
    citizen.is_refused(("알 수 없는 코드", "not known"))
    citizen.fill(code=code.lower()).send()
    citizen.sees(("확인된 주민", "verified resident")).fits()


def propose(citizen):
    """The citizen writes, looks it over and publishes; anyone reads it."""
    citizen.go("/proposals/new/").fits()
    citizen.fill(title="골목 주차", problem=PROBLEM)
    citizen.press(("임시저장하기", "Save draft")).sees(("첨부파일", "Files"))
    citizen.fill(
        title=TITLE,
        problem=PROBLEM,
        solution=SOLUTION,
        area=re.compile("주거교통|Housing"),
        district=re.compile("원미|Wonmi"),
        place="상살미마을",
    )
    citizen.press(("확인하기", "Look it over")).sees(SOLUTION).fits()
    citizen.press(("제안 공개하기", "Publish the proposal"))
    citizen.sees(("다음 단계", "What happens next"))
    citizen.follow(("제안 보기", "See the proposal")).sees(TITLE).fits()
    return re.search(r"/proposals/\d+/", citizen.page.url)[0]


def support(city, crowd, proposal):
    """Five others support it once each; then a department owes an answer."""
    reader, number = crowd.reader, re.search(r"\d+", proposal)[0]
    reader.go(proposal).sees(TITLE).sees("한*음")
    for member in range(1, 6):
        crowd[f"member{member}"].go(proposal).press(("공감하기", "Support this proposal"))
    # Asking the database takes nothing from those who do the work; then the page must say so.
    due = Proposal.objects.filter(pk=number, state=ProposalState.ANSWER_DUE)
    city.wait_for(due.exists, "the fifth support to be counted")
    city.wait_for(
        lambda: (
            ("답변 대기" if crowd.language == "ko" else "Due for an answer")
            in reader.go(proposal).text
        ),
        "the answer to be due",
    )
    official = crowd["official.traffic"]
    official.go("/desk/").sees(TITLE).fits()


def review(crowd, citizen, proposal):
    """The official asks for more and gets it, reviews, and two people refer it to the council."""
    official = crowd["official.traffic"]
    official.go(f"{proposal}supplement/ask/").fill(
        ground="defect", reason="어느 골목인가요?"
    ).send()
    official.sees(("멈춤", "stopped"))
    citizen.go("/me/notes/").sees("어느 골목인가요?")
    citizen.go(f"{proposal}supplement/").fill(text="학교 뒤 세 골목입니다.").send()
    official.go(f"{proposal}review/").fill(reason="시험해 볼 수 있습니다.").send()
    official.go(f"{proposal}answer/")
    official.fill(decision="council", reason="주민이 함께 정할 일입니다.").send()
    official.go(f"{proposal}answer/approve/", status=403)
    approver = crowd["approver"]
    approver.go("/proposals/approvals/").sees(TITLE).fits()
    approver.go(f"{proposal}answer/approve/").fits()
    approver.press(("승인하고 공개하기", "Approve and publish"))
    approver.sees(("리빙랩 협의체가 공개 표결로 정합니다", "The living-lab council decides"))


def decide(crowd, proposal, council):
    """The council gives notice, meets with a quorum, one member recuses, and it votes openly."""
    secretary = crowd["secretary"]
    secretary.go(f"/councils/{council}/").fits()
    number = re.search(r"\d+", proposal)[0]
    secretary.go(f"/councils/motions/table/{number}/")
    secretary.fill(council=re.compile("부천|Bucheon"), text="제안을 채택하고 시험한다.").send()
    motion = re.search(r"/councils/motions/\d+/", secretary.page.url)[0]
    now = timezone.localtime()
    # A meeting is opened on its day: in the last minutes of one, the last of them.
    soon = min(now + timedelta(minutes=2), now.replace(hour=23, minute=59))
    secretary.go(f"/councils/{council}/plan/")
    secretary.fill(starts_at=soon.strftime("%Y-%m-%dT%H:%M"), place="시청 회의실").send()
    meeting = re.search(r"/councils/meetings/\d+/", secretary.page.url)[0]
    secretary.go(f"{meeting}agenda/").fill(motion=re.compile(re.escape(TITLE))).send()
    secretary.go(f"{meeting}notice/").fill(emergency_reason="주민이 오늘 모였습니다.").send()
    secretary.go(f"{meeting}attendance/")
    for seat in secretary.page.locator("main select").all():
        seat.select_option("present")
    secretary.send()
    secretary.go(f"{meeting}open/").send()
    crowd["member1"].go(f"{motion}recuse/").fill(reason="제 집 앞입니다.").send()
    secretary.go(f"{motion}open/")
    secretary.page.locator("main [name=meeting]").select_option(index=1)
    secretary.send()
    for member, choice in zip(range(2, 9), ["yes"] * 5 + ["no", "abstain"], strict=True):
        crowd[f"member{member}"].go(f"{motion}vote/").fill(choice=choice).send().send()
    crowd["member1"].go(f"{motion}vote/", status=403)
    secretary.go(f"{motion}close/").send()
    crowd.reader.go(motion).sees(("가결", "carried")).fits()
    crowd.reader.go(proposal).sees(("채택", "Adopted"))
    minute(crowd, meeting)
    return motion


def minute(crowd, meeting):
    """The secretary closes the meeting and writes its minutes; the chair reads and signs them."""
    secretary, said = crowd["secretary"], "함께 시험하자는 의견이 많았습니다."
    secretary.go(f"{meeting}close/").send()
    secretary.go(f"{meeting}minutes/").fill(observers="없음", remarks=said).send()
    secretary.go(f"{meeting}minutes/sign/", status=403)
    chair = crowd["member1"]
    chair.go("/desk/").sees(("서명할 회의록", "Minutes to sign"))
    chair.go(f"{meeting}minutes/sign/").sees(said).fits().send()
    crowd.reader.go(meeting).sees(said).fits()


def experiment(crowd, motion, folder):
    """The lab starts with the motion as its mandate and passes its first gate with evidence."""
    manager = crowd["official.traffic"]
    number = re.search(r"\d+", motion)[0]
    manager.go(f"/labs/prepare/{number}/")
    today = timezone.localdate()
    manager.fill(
        title="골목 공유주차 리빙랩",
        problem=PROBLEM,
        goal="낮에 빈 주차면을 나눕니다.",
        place="상살미마을",
        starts_on=today.isoformat(),
        ends_on=(today + timedelta(days=180)).isoformat(),
    )
    department = manager.page.locator("main [name=department]")
    if department.count():
        department.select_option(index=1)
    manager.send()
    lab = re.search(r"/labs/\d+/", manager.page.url)[0]
    manager.go(f"{lab}start/").send()
    crowd["citizen2"].go(f"{lab}join/").fill(kind="resident", consents=True).send()
    manager.go(f"{lab}budget/new/")
    manager.fill(title="안내판과 감지기", planned="12,000,000", spent="0")
    manager.page.locator("main [name=source]").select_option(index=1)
    manager.send().sees("12,000,000")
    manager.go(f"{lab}gate/").fill(note="벌써 넘어갈까요?").is_refused(("진단 보고서", "iagnosis"))
    evidence = folder / "진단 보고서.pdf"
    evidence.write_bytes(small_pdf())
    manager.go(f"{lab}evidence/new/").fill(title="진단 보고서", file=evidence)
    manager.page.locator("main [name=kind]").select_option(label=_first(manager, "진단", "iagnos"))
    manager.send()
    manager.go(f"{lab}gate/").fill(note="문제를 함께 확인했습니다.").send()
    crowd.reader.go(lab).sees("진단 보고서").fits()
    return lab


def _first(walker, korean, english):
    texts = walker.page.locator("main [name=kind] option").all_inner_texts()
    return next(text for text in texts if korean in text or english in text)


def open_data(crowd, lab, folder):
    """The lab publishes a table that came as CP949; it is decoded, typed and listed."""
    manager = crowd["official.traffic"]
    table = folder / "공유주차 이용.csv"
    rows = [
        "날짜,주차면,이용대수,요금(원)",
        *[f'2026-11-{d:02},똠방{d},{d * 3},"1,{d:03}"' for d in range(1, 21)],
    ]
    table.write_bytes("\r\n".join(rows).encode("cp949"))
    manager.go(f"{lab}data/new/")
    manager.fill(
        file=table,
        name="alley-parking",
        title_ko="골목 공유주차 이용",
        title_en="Use of alley parking",
    )
    if manager.page.locator("main [name=notes_ko]").count():
        manager.fill(notes_ko="골목 공유주차의 날마다 이용 대수")
    manager.page.locator("main [name=licence]").select_option(index=1)
    manager.send()
    reader = crowd.reader
    reader.go("/data/").sees(("골목 공유주차 이용", "Use of alley parking")).fits()
    reader.go("/data/alley-parking/").sees("똠방1").fits()
    csv = reader.page.request.get("/data/alley-parking/versions/1/csv/")
    assert "똠방20" in csv.body().decode("utf-8")
    listed = reader.page.request.get("/api/3/action/package_list").json()
    assert "alley-parking" in listed["result"]
    return "/data/alley-parking/"


def measure(crowd, lab, folder):
    """An official records the trial's satisfaction; someone else verifies it."""
    official = crowd["official.traffic"]
    evidence = folder / "조사 결과.pdf"
    evidence.write_bytes(small_pdf())
    official.go("/evaluation/").fits()
    official.go("/evaluation/indicators/resident-satisfaction/record/")
    official.fill(baseline="44.3", result="54.8", title="주민 조사 결과", file=evidence)
    official.fill(printed_name="percent", printed="23.6")
    official.fill(period_start="2026-06-01", period_end="2026-10-31")
    number = re.search(r"\d+", lab)[0]
    official.page.locator("main [name=lab]").select_option(value=number)
    official.send()
    measurement = re.search(r"/evaluation/measurements/\d+/", official.page.url)[0]
    official.sees("23.7").sees("23.6")
    official.go(f"{measurement}verify/", status=403)
    auditor = crowd["auditor"]
    auditor.go(f"{measurement}verify/").fill(looked=True).send()
    crowd.reader.go(measurement).sees(("검증", "erified")).fits()


def report(city, crowd, folder):
    """Beat lets the worker make the report of last month; the auditor downloads all of it."""
    from django_celery_beat.models import IntervalSchedule, PeriodicTask

    often, _made = IntervalSchedule.objects.get_or_create(every=3, period="seconds")
    task = city.wait_for(
        PeriodicTask.objects.filter(name="reports-make-up").first, "beat to know its schedule"
    )
    task.crontab, task.interval = None, often
    task.save()
    city.wait_for(Run.objects.of_kind("monitoring-month").done().exists, "the report")
    auditor = crowd["auditor"]
    link = auditor.page.locator("main a[href^='/reports/']").filter(
        has_text=re.compile("모니터링 보고서|onitoring report")
    )
    city.wait_for(
        lambda: auditor.go("/reports/") and link.count() and _is_done(auditor, link),
        "the page of the report",
    )
    auditor.fits()
    files = {}
    for anchor in auditor.page.locator("main a[href*='/files/']").all():
        kind = re.search(r"/files/([a-z_-]+)/", anchor.get_attribute("href"))[1]
        response = auditor.page.request.get(anchor.get_attribute("href"))
        name = re.search(
            r"filename\*?=(?:UTF-8'')?\"?([^\";]+)", response.headers["content-disposition"]
        )
        files[kind] = folder / f"{kind}{Path(name[1]).suffix}"
        files[kind].write_bytes(response.body())
    assert {"pdf", "xlsx", "csv", "json", "manifest"} <= set(files)
    return files


def _is_done(auditor, link):
    auditor.page.goto(link.first.get_attribute("href"))
    return auditor.page.locator("main a[href*='/files/']").count() >= 5


def audit(city, crowd, files):
    """The page and the command confirm the report; one changed byte is refused."""
    auditor = crowd["auditor"]
    auditor.go("/verify/").fill(file=files["pdf"]).send()
    assert auditor.page.locator("section.answer .badge.success").count() == 1, auditor.text
    assert city.manage("verify_report", *map(str, files.values())).returncode == 0
    forged = files["pdf"].with_name("forged.pdf")
    content = bytearray(files["pdf"].read_bytes())
    content[len(content) // 2] ^= 1
    forged.write_bytes(bytes(content))
    auditor.go("/verify/").fill(file=forged).send()
    assert auditor.page.locator("section.answer .badge.success").count() == 0, auditor.text
    assert auditor.page.locator("section.answer .badge.danger, section.answer .badge.gray").count()
    assert city.manage("verify_report", str(forged), str(files["manifest"])).returncode == 1
    auditor.go("/audit/").fits()
    city.wait_for(lambda: city.manage("verify_audit").returncode == 0, "a whole trail")


def and_then(citizen, proposal, dataset):
    """The proposal's page tells all of it, and its author was told at each step."""
    citizen.go(proposal).fits()
    for words in [
        ("제안을 공개했습니다", "made the proposal public"),
        ("답변 기한이 정해졌습니다", "an answer is due"),
        ("보완을 요청했습니다", "asked for a supplement"),
        ("사전검토를 마쳤습니다", "preliminary review"),
        ("협의체에 회부되었습니다", "referred to the council"),
        ("채택되었습니다", "was adopted"),
    ]:
        citizen.sees(words)
    links = [a.get_attribute("href") for a in citizen.page.locator("#main .timeline a").all()]
    for kind in ("/councils/motions/", "/labs/", dataset, "/evaluation/measurements/"):
        assert any(link.startswith(kind) for link in links), f"no link to {kind} in {set(links)}"
    citizen.go("/me/notes/").sees(TITLE).fits()
