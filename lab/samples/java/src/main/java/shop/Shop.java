package shop;

import java.util.List;
import java.util.Map;

/** Stand-ins for a warehouse, a payment service that does not answer at first, and a mail server. */
final class Shop {
	static final String PAYMENT_HOST = "payments.example";

	record Order(
			String id,
			String tenant,
			String userHash,
			String flag,
			List<String> skus,
			int items,
			double total,
			boolean isExpress) {}

	static final Order TODAYS_ORDER =
			new Order("o-4711", "acme", "5f2d9a", "payment_v2", List.of("MUG", "LAMP"), 3, 79.9, true);

	/** What went wrong: the type is one of few, the message is for people. */
	static class Failure extends Exception {
		private static final long serialVersionUID = 1L;
		final String type;

		Failure(String type, String message) {
			super(message);
			this.type = type;
		}
	}

	static final class Timeout extends Failure {
		private static final long serialVersionUID = 1L;

		Timeout(String message) {
			super("timeout", message);
		}
	}

	private Shop() {}

	static void reserve(Order order) throws Failure, InterruptedException {
		Thread.sleep(4);
		if (order.items() > 5) {
			throw new Failure("out_of_stock", "the warehouse has too few");
		}
	}

	/** Refuses whoever does not say to which trace and tenant the payment belongs. */
	static void charge(Map<String, String> headers, Order order, int attempt)
			throws Failure, InterruptedException {
		if (!headers.getOrDefault("traceparent", "").startsWith("00-")
				|| !headers.getOrDefault("baggage", "").contains("tenant.id=" + order.tenant())) {
			throw new Failure("refused", "no trace, no tenant");
		}
		Thread.sleep(attempt == 1 ? 20 : 6);
		if (attempt == 1) {
			throw new Timeout("no answer in 20 ms");
		}
	}

	static void sendMail(Order order) throws Failure, InterruptedException {
		Thread.sleep(3);
		if (order.id().isEmpty()) {
			throw new Failure("refused", "the mail was not taken");
		}
	}
}
