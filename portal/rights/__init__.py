"""A person's rights to their own data: download, correction, erasure, consent, retention."""
