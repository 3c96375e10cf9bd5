//! Stand-ins for a warehouse, a payment service that does not answer at first, and a mail server.

use std::collections::HashMap;
use std::fmt;
use std::thread::sleep;
use std::time::Duration;

pub const PAYMENT_HOST: &str = "payments.example";

#[derive(Clone)]
pub struct Order {
    pub id: &'static str,
    pub tenant: &'static str,
    pub user_hash: &'static str,
    pub flag: &'static str,
    pub skus: &'static [&'static str],
    pub items: i64,
    pub total: f64,
    pub is_express: bool,
}

pub const TODAYS_ORDER: Order = Order {
    id: "o-4711",
    tenant: "acme",
    user_hash: "5f2d9a",
    flag: "payment_v2",
    skus: &["MUG", "LAMP"],
    items: 3,
    total: 79.9,
    is_express: true,
};

/// What went wrong: the kind is one of few, the message is for people.
#[derive(Debug, PartialEq)]
pub struct Failure {
    pub kind: &'static str,
    pub message: &'static str,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message)
    }
}

impl std::error::Error for Failure {}

pub const TIMEOUT: Failure = Failure { kind: "timeout", message: "no answer in 20 ms" };

pub fn reserve(order: &Order) -> Result<(), Failure> {
    sleep(Duration::from_millis(4));
    if order.items > 5 {
        return Err(Failure { kind: "out_of_stock", message: "the warehouse has too few" });
    }
    Ok(())
}

/// Refuses whoever does not say to which trace and tenant the payment belongs.
pub fn charge(
    headers: &HashMap<String, String>,
    order: &Order,
    attempt: i64,
) -> Result<(), Failure> {
    let has = |name, part: &str| headers.get(name).is_some_and(|value| value.contains(part));
    if !has("traceparent", "00-") || !has("baggage", &format!("tenant.id={}", order.tenant)) {
        return Err(Failure { kind: "refused", message: "no trace, no tenant" });
    }
    sleep(Duration::from_millis(if attempt == 1 { 20 } else { 6 }));
    if attempt == 1 { Err(TIMEOUT) } else { Ok(()) }
}

pub fn send_mail(order: &Order) -> Result<(), Failure> {
    sleep(Duration::from_millis(3));
    if order.id.is_empty() {
        return Err(Failure { kind: "refused", message: "the mail was not taken" });
    }
    Ok(())
}
