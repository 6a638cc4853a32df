"""Keeping the index up to date in the background."""

from celery import shared_task

from portal.search.domain import index


@shared_task
def reindex_changed() -> int:
    """Run ``index.reindex_changed`` twice a minute."""
    return index.reindex_changed()


@shared_task
def reindex_everything() -> int:
    """Run ``index.reindex_everything`` and ``index.count_words`` every night."""
    changed = index.reindex_everything()
    index.count_words()
    return changed
