"""Addresses of machines, cut so far that they tell a place and not a household."""

from ipaddress import ip_address

IPV4 = 4


def network_of(address: str) -> str:
    """The network part of an address: the last byte of IPv4, the last 80 bits of IPv6 are cut."""
    try:
        ip = ip_address(address)
    except ValueError:
        return ""
    kept = ip.packed[:3] + b"\0" if ip.version == IPV4 else ip.packed[:6] + b"\0" * 10
    return str(ip_address(kept))
