"""One order, from the cart to the receipt, with the spans that are worth having."""

from __future__ import annotations

import contextvars
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from opentelemetry import baggage, context, propagate, trace
from opentelemetry.configuration import configure_sdk, load_config_file
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.util.types import Attributes

import shop
from shop import Order

tracer = trace.get_tracer("checkout", "1.0.0")


# [baggage] What came with the request, on the span that has to be found by it.
def from_baggage() -> dict[str, str]:
    return {key: str(value) for key in ("tenant.id", "app.flag") if (value := baggage.get_baggage(key))}


# [/baggage]


# [error] Every span of this program ends here, and what went wrong is on it.
@contextmanager
def span(name: str, kind: SpanKind = SpanKind.INTERNAL, attributes: Attributes = None) -> Iterator[Span]:
    with tracer.start_as_current_span(
        name, kind=kind, attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield current
        except shop.Failure as failure:
            current.set_attribute("error.type", failure.type)
            current.set_status(Status(StatusCode.ERROR, str(failure)))
            raise


def charge_once(order: Order, attempt: int) -> None:
    """Each attempt has a span of its own, and the one that failed says why."""
    attributes = {"server.address": shop.PAYMENT_HOST, "app.payment.attempt": attempt}
    with span("charge payment", SpanKind.CLIENT, attributes | from_baggage()):
        headers: dict[str, str] = {}
        propagate.inject(headers)
        shop.charge(headers, order, attempt)


def charge_payment(order: Order) -> None:
    try:
        charge_once(order, 1)
    except shop.Timeout:
        charge_once(order, 2)


# [/error]


def reserve_stock(order: Order) -> None:
    with span("reserve stock", attributes={"app.order.items": order.items} | from_baggage()):
        shop.reserve(order)


# [context] What is current belongs to a thread: the receipt's runs in a copy of this one's context.
def send_receipt(order: Order) -> None:
    with span("send receipt", attributes=from_baggage()):
        shop.send_mail(order)


def send_receipt_aside(order: Order) -> None:
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(contextvars.copy_context().run, send_receipt, order).result()


# [/context]


# [critical-path] The one operation the business asks about has a span, whatever happens.
def place_order(order: Order) -> None:
    # [attributes] What one would search for, each with its type; of the person a hash.
    attributes = {
        "tenant.id": order.tenant,
        "user.hash": order.user_hash,
        "app.flag": order.flag,
        "app.order.id": order.id,
        "app.order.items": order.items,
        "app.order.total": order.total,
        "app.order.express": order.is_express,
        "app.order.skus": order.skus,
    }
    # [/attributes]
    with span("place order", attributes=attributes):
        # [baggage] From here on it travels: into calls, threads and other services.
        carried = baggage.set_baggage("tenant.id", order.tenant)
        carried = baggage.set_baggage("app.flag", order.flag, carried)
        token = context.attach(carried)
        # [/baggage]
        try:
            reserve_stock(order)
            charge_payment(order)
            send_receipt_aside(order)
        finally:
            context.detach(token)


# [/critical-path]


# [configuration] The file that OTEL_CONFIG_FILE names says where spans go; the end waits for them.
def main() -> int:
    configure_sdk(load_config_file(os.environ["OTEL_CONFIG_FILE"]))
    try:
        place_order(shop.TODAYS_ORDER)
        print(f"{shop.TODAYS_ORDER.id}: placed")
        return 0
    except shop.Failure as failure:
        print(f"{shop.TODAYS_ORDER.id}: {failure.type}")
        return 1
    finally:
        trace.get_tracer_provider().shutdown()


# [/configuration]

if __name__ == "__main__":
    sys.exit(main())
