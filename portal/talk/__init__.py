"""Comments on proposals, reports of what breaks the rules, moderation, appeals."""
