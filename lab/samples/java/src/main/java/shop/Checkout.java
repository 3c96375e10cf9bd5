package shop;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import shop.Shop.Failure;
import shop.Shop.Order;
import shop.Shop.Timeout;

/** One order, from the cart to the receipt, with the spans that are worth having. */
public final class Checkout implements AutoCloseable {
	private static final AttributeKey<String> TENANT_ID = stringKey("tenant.id");
	private static final AttributeKey<String> FLAG = stringKey("app.flag");

	private final OpenTelemetry telemetry;
	private final Tracer tracer;
	private final ExecutorService mail = Executors.newSingleThreadExecutor();

	Checkout(OpenTelemetry telemetry) {
		this.telemetry = telemetry;
		tracer = telemetry.getTracer("checkout", "1.0.0");
	}

	// [baggage] What came with the request, on the span that has to be found by it.
	private static Attributes fromBaggage() {
		Baggage carried = Baggage.current();
		return Attributes.of(
				TENANT_ID, carried.getEntryValue("tenant.id"),
				FLAG, carried.getEntryValue("app.flag"));
	}

	// [/baggage]

	/** Something to do that may fail. */
	private interface Work {
		void run() throws Failure, InterruptedException;
	}

	// [error] Every span of this program ends here, and what went wrong is on it.
	private static void inSpan(SpanBuilder builder, Work work) throws Failure, InterruptedException {
		Span span = builder.startSpan();
		try (Scope scope = span.makeCurrent()) {
			work.run();
		} catch (Failure failure) {
			span.setAttribute("error.type", failure.type);
			span.setStatus(StatusCode.ERROR, failure.getMessage());
			throw failure;
		} finally {
			span.end();
		}
	}

	/** Each attempt has a span of its own, and the one that failed says why. */
	private void chargeOnce(Order order, int attempt) throws Failure, InterruptedException {
		SpanBuilder span =
				tracer.spanBuilder("charge payment")
						.setSpanKind(SpanKind.CLIENT)
						.setAllAttributes(fromBaggage())
						.setAttribute("server.address", Shop.PAYMENT_HOST)
						.setAttribute("app.payment.attempt", attempt);
		inSpan(span, () -> {
			Map<String, String> headers = new HashMap<>();
			telemetry.getPropagators().getTextMapPropagator().inject(Context.current(), headers, Map::put);
			Shop.charge(headers, order, attempt);
		});
	}

	private void chargePayment(Order order) throws Failure, InterruptedException {
		try {
			chargeOnce(order, 1);
		} catch (Timeout timeout) {
			chargeOnce(order, 2);
		}
	}

	// [/error]

	private void reserveStock(Order order) throws Failure, InterruptedException {
		SpanBuilder span =
				tracer.spanBuilder("reserve stock")
						.setAllAttributes(fromBaggage())
						.setAttribute("app.order.items", order.items());
		inSpan(span, () -> Shop.reserve(order));
	}

	// [context] What is current belongs to a thread: the pool's task is wrapped in that of whoever submits it.
	private Void sendReceipt(Order order) throws Failure, InterruptedException {
		inSpan(
				tracer.spanBuilder("send receipt").setAllAttributes(fromBaggage()),
				() -> Shop.sendMail(order));
		return null;
	}

	private void sendReceiptAside(Order order) throws Failure, InterruptedException {
		try {
			mail.submit(Context.current().wrap(() -> sendReceipt(order))).get();
		} catch (ExecutionException e) {
			if (e.getCause() instanceof Failure failure) {
				throw failure;
			}
			throw new IllegalStateException(e);
		}
	}

	// [/context]

	// [critical-path] The one operation the business asks about has a span, whatever happens.
	void placeOrder(Order order) throws Failure, InterruptedException {
		// [attributes] What one would search for, each with its type; of the person a hash.
		SpanBuilder span =
				tracer.spanBuilder("place order")
						.setAttribute(TENANT_ID, order.tenant())
						.setAttribute(stringKey("user.hash"), order.userHash())
						.setAttribute(FLAG, order.flag())
						.setAttribute(stringKey("app.order.id"), order.id())
						.setAttribute(longKey("app.order.items"), (long) order.items())
						.setAttribute(doubleKey("app.order.total"), order.total())
						.setAttribute(booleanKey("app.order.express"), order.isExpress())
						.setAttribute(stringArrayKey("app.order.skus"), order.skus());
		// [/attributes]
		inSpan(span, () -> {
			// [baggage] From here on it travels: into calls, threads and other services.
			Baggage carried =
					Baggage.builder().put("tenant.id", order.tenant()).put("app.flag", order.flag()).build();
			try (Scope scope = carried.makeCurrent()) {
				reserveStock(order);
				chargePayment(order);
				sendReceiptAside(order);
			}
			// [/baggage]
		});
	}

	// [/critical-path]

	@Override
	public void close() {
		mail.shutdown();
	}

	// [configuration] The file that OTEL_CONFIG_FILE names says where spans go; the end waits for them.
	public static void main(String[] args) throws InterruptedException {
		try (var sdk = AutoConfiguredOpenTelemetrySdk.builder().disableShutdownHook().build().getOpenTelemetrySdk();
				var checkout = new Checkout(sdk)) {
			checkout.placeOrder(Shop.TODAYS_ORDER);
			System.out.println(Shop.TODAYS_ORDER.id() + ": placed");
		} catch (Failure failure) {
			System.out.println(Shop.TODAYS_ORDER.id() + ": " + failure.type);
			System.exit(1);
		}
	}
	// [/configuration]
}
