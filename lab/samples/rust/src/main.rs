//! One order, from the cart to the receipt, with the spans that are worth having.

mod shop;

use std::collections::HashMap;
use std::error::Error;
use std::thread;

use opentelemetry::baggage::BaggageExt;
use opentelemetry::propagation::TextMapCompositePropagator;
use opentelemetry::trace::{SpanBuilder, SpanKind, Status, TraceContextExt, Tracer};
use opentelemetry::{Array, Context, InstrumentationScope, KeyValue, StringValue, Value, global};
use opentelemetry_otlp::SpanExporter;
use opentelemetry_sdk::propagation::{BaggagePropagator, TraceContextPropagator};
use opentelemetry_sdk::trace::SdkTracerProvider;

use shop::{Failure, Order, TODAYS_ORDER};

// [baggage] What came with the request, on the span that has to be found by it.
fn from_baggage() -> impl Iterator<Item = KeyValue> {
    let cx = Context::current();
    ["tenant.id", "app.flag"]
        .into_iter()
        .filter_map(move |key| Some(KeyValue::new(key, cx.baggage().get(key)?.clone())))
}
// [/baggage]

// [error] Every span of this program ends here, and what went wrong is on it.
fn with_span<T>(
    span: SpanBuilder,
    work: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    let scope = InstrumentationScope::builder("checkout").with_version("1.0.0").build();
    let cx = Context::current_with_span(global::tracer_with_scope(scope).build(span));
    let _current = cx.clone().attach();
    let result = work();
    if let Err(failure) = &result {
        cx.span().set_attribute(KeyValue::new("error.type", failure.kind));
        cx.span().set_status(Status::error(failure.message));
    }
    cx.span().end();
    result
}

/// Each attempt has a span of its own, and the one that failed says why.
fn charge_once(order: &Order, attempt: i64) -> Result<(), Failure> {
    let known = [
        KeyValue::new("server.address", shop::PAYMENT_HOST),
        KeyValue::new("app.payment.attempt", attempt),
    ];
    let span = SpanBuilder::from_name("charge payment")
        .with_kind(SpanKind::Client)
        .with_attributes(from_baggage().chain(known));
    with_span(span, || {
        let mut headers = HashMap::new();
        global::get_text_map_propagator(|propagator| propagator.inject(&mut headers));
        shop::charge(&headers, order, attempt)
    })
}

fn charge_payment(order: &Order) -> Result<(), Failure> {
    match charge_once(order, 1) {
        Err(failure) if failure == shop::TIMEOUT => charge_once(order, 2),
        result => result,
    }
}
// [/error]

fn reserve_stock(order: &Order) -> Result<(), Failure> {
    let items = KeyValue::new("app.order.items", order.items);
    let span =
        SpanBuilder::from_name("reserve stock").with_attributes(from_baggage().chain([items]));
    with_span(span, || shop::reserve(order))
}

// [context] What is current belongs to a thread: the receipt's is handed a copy, and attaches it.
fn send_receipt(order: &Order) -> Result<(), Failure> {
    let span = SpanBuilder::from_name("send receipt").with_attributes(from_baggage());
    with_span(span, || shop::send_mail(order))
}

fn send_receipt_aside(order: &Order) -> Result<(), Failure> {
    let cx = Context::current();
    let order = order.clone();
    let receipt = thread::spawn(move || {
        let _current = cx.attach();
        send_receipt(&order)
    });
    receipt.join().expect("the receipt's thread does not panic")
}
// [/context]

// [critical-path] The one operation the business asks about has a span, whatever happens.
fn place_order(order: &Order) -> Result<(), Failure> {
    // [attributes] What one would search for, each with its type; of the person a hash.
    let skus = order.skus.iter().map(|&sku| StringValue::from(sku)).collect();
    let span = SpanBuilder::from_name("place order").with_attributes([
        KeyValue::new("tenant.id", order.tenant),
        KeyValue::new("user.hash", order.user_hash),
        KeyValue::new("app.flag", order.flag),
        KeyValue::new("app.order.id", order.id),
        KeyValue::new("app.order.items", order.items),
        KeyValue::new("app.order.total", order.total),
        KeyValue::new("app.order.express", order.is_express),
        KeyValue::new("app.order.skus", Value::Array(Array::String(skus))),
    ]);
    // [/attributes]
    with_span(span, || {
        // [baggage] From here on it travels: into calls, threads and other services.
        let _carried = Context::current_with_baggage([
            KeyValue::new("tenant.id", order.tenant),
            KeyValue::new("app.flag", order.flag),
        ])
        .attach();
        // [/baggage]
        reserve_stock(order)?;
        charge_payment(order)?;
        send_receipt_aside(order)
    })
}
// [/critical-path]

// [configuration] OTEL_… variables say where spans go and whose they are; the end waits for them.
fn set_up_tracing() -> Result<SdkTracerProvider, Box<dyn Error>> {
    let exporter = SpanExporter::builder().with_http().build()?;
    let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).build();
    global::set_tracer_provider(provider.clone());
    global::set_text_map_propagator(TextMapCompositePropagator::new(vec![
        Box::new(TraceContextPropagator::new()),
        Box::new(BaggagePropagator::new()),
    ]));
    Ok(provider)
}

fn main() -> Result<(), Box<dyn Error>> {
    let provider = set_up_tracing()?;
    let result = place_order(&TODAYS_ORDER);
    provider.shutdown()?;
    result?;
    println!("{}: placed", TODAYS_ORDER.id);
    Ok(())
}
// [/configuration]
