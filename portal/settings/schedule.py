"""Knows how tasks run, and when: the timetable of the beat."""

from celery.schedules import crontab

from portal.settings.basics import TIME_ZONE
from portal.settings.storage import REDIS_URL

CELERY_BROKER_URL = (
    REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
    if REDIS_URL.startswith("unix://")
    else REDIS_URL
)
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_TASK_ROUTES = {"portal.audit.tasks.*": {"queue": "audit"}}
CELERY_BEAT_SCHEDULE = {
    "worker-heartbeat": {"task": "portal.home.tasks.beat", "schedule": 5.0},
    "audit-seal": {"task": "portal.audit.tasks.seal", "schedule": 5.0},
    "audit-mail-heads": {
        "task": "portal.audit.tasks.mail_heads",
        "schedule": crontab(hour=7, minute=0),
    },
    "audit-self-check": {
        "task": "portal.audit.tasks.check_shape",
        "schedule": crontab(hour=4, minute=0),
    },
    "audit-check-trail": {
        "task": "portal.audit.tasks.check_trail",
        "schedule": crontab(hour=4, minute=30),
    },
    "rights-carry-out-periods": {
        "task": "portal.rights.tasks.carry_out_periods",
        "schedule": crontab(hour=3, minute=40),
    },
    "rights-remind": {
        "task": "portal.rights.tasks.remind",
        "schedule": crontab(hour=9, minute=20),
    },
    "identity-remind-of-end": {
        "task": "portal.identity.tasks.remind_of_end",
        "schedule": crontab(hour=9, minute=30),
    },
    "proposals-fold-supports": {
        "task": "portal.proposals.tasks.fold_supports",
        "schedule": 3.0,
    },
    "proposals-watch-clocks": {
        "task": "portal.proposals.tasks.watch_clocks",
        "schedule": crontab(hour=9, minute=10),
    },
    "proposals-tell-supporters": {
        "task": "portal.proposals.tasks.tell_supporters",
        "schedule": 60.0,
    },
    "thresholds-settle-duties": {
        "task": "portal.thresholds.tasks.settle_duties",
        "schedule": 60.0,
    },
    "thresholds-close-windows": {
        "task": "portal.thresholds.tasks.close_windows",
        "schedule": crontab(minute=5),
    },
    "talk-release-holds": {
        "task": "portal.talk.tasks.release_holds",
        "schedule": crontab(minute="*/10"),
    },
    "delivery-follow-tallies": {
        "task": "portal.delivery.tasks.follow_tallies",
        "schedule": 10.0,
    },
    "delivery-check-tallies": {
        "task": "portal.delivery.tasks.check_tallies",
        "schedule": crontab(hour=4, minute=20),
    },
    "delivery-watch-milestones": {
        "task": "portal.delivery.tasks.watch_milestones",
        "schedule": crontab(hour=9, minute=20),
    },
    "calls-follow-dates": {
        "task": "portal.calls.tasks.follow_dates",
        "schedule": crontab(minute="*/5"),
    },
    "thresholds-finish-merges": {
        "task": "portal.thresholds.tasks.finish_merges",
        "schedule": crontab(minute=15),
    },
    "thresholds-watch-panels": {
        "task": "portal.thresholds.tasks.watch_panels",
        "schedule": crontab(minute=25),
    },
    "notifications-deliver": {
        "task": "portal.notifications.tasks.deliver_waiting",
        "schedule": 60.0,
    },
    "following-spread": {"task": "portal.following.tasks.spread_news", "schedule": 60.0},
    "following-daily": {
        "task": "portal.following.tasks.send_digests",
        "schedule": crontab(hour=7, minute=50),
        "args": ["daily"],
    },
    "following-weekly": {
        "task": "portal.following.tasks.send_digests",
        "schedule": crontab(hour=7, minute=45, day_of_week="mon"),
        "args": ["weekly"],
    },
    "following-forget": {
        "task": "portal.following.tasks.forget_old_news",
        "schedule": crontab(hour=3, minute=45),
    },
    "datahub-register-exports": {
        "task": "datahub.tasks.register_exports",
        "schedule": crontab(hour=2, minute=40),
    },
    "exports-make": {
        "task": "portal.exports.tasks.make_release",
        "schedule": crontab(hour=2, minute=10),
    },
    "notifications-digest": {
        "task": "portal.notifications.tasks.send_digests",
        "schedule": crontab(hour=8, minute=0),
    },
    "quarantine-check": {"task": "portal.quarantine.tasks.check_waiting", "schedule": 10.0},
    "quarantine-delete": {
        "task": "portal.quarantine.tasks.delete_refused",
        "schedule": crontab(hour=3, minute=50),
    },
    "search-reindex": {"task": "portal.search.tasks.reindex_changed", "schedule": 30.0},
    "search-reindex-everything": {
        "task": "portal.search.tasks.reindex_everything",
        "schedule": crontab(hour=3, minute=30),
    },
    "datahub-read-waiting": {"task": "datahub.tasks.read_waiting", "schedule": 30.0},
    "reports-make-up": {
        "task": "portal.reports.tasks.make_up_missed",
        "schedule": crontab(minute=20),
    },
}
