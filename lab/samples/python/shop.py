"""Stand-ins for a warehouse, a payment service that does not answer at first, and a mail server."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

PAYMENT_HOST = "payments.example"


@dataclass(frozen=True)
class Order:
    id: str
    tenant: str
    user_hash: str
    flag: str
    skus: tuple[str, ...]
    items: int
    total: float
    is_express: bool


TODAYS_ORDER = Order("o-4711", "acme", "5f2d9a", "payment_v2", ("MUG", "LAMP"), 3, 79.9, True)


class Failure(Exception):
    """What went wrong: the type is one of few, the message is for people."""

    type = "_OTHER"


class Timeout(Failure):
    type = "timeout"


class Refused(Failure):
    type = "refused"


class OutOfStock(Failure):
    type = "out_of_stock"


def reserve(order: Order) -> None:
    time.sleep(0.004)
    if order.items > 5:
        raise OutOfStock("the warehouse has too few")


def charge(headers: Mapping[str, str], order: Order, attempt: int) -> None:
    """Refuses whoever does not say to which trace and tenant the payment belongs."""
    if not headers.get("traceparent", "").startswith("00-") or f"tenant.id={order.tenant}" not in headers.get("baggage", ""):
        raise Refused("no trace, no tenant")
    time.sleep(0.020 if attempt == 1 else 0.006)
    if attempt == 1:
        raise Timeout("no answer in 20 ms")


def send_mail(order: Order) -> None:
    time.sleep(0.003)
    if not order.id:
        raise Refused("the mail was not taken")
