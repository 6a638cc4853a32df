"""Clerks who enter for citizens without a computer, and signatures on paper."""
