// One order, from the cart to the receipt, with the spans that are worth having.
import { SpanKind, SpanStatusCode, context, propagation, trace } from '@opentelemetry/api';
import { startNodeSDK } from '@opentelemetry/sdk-node';
import { Failure, PAYMENT_HOST, Queue, charge, reserve, sendMail, todaysOrder } from './shop.js';

const tracer = trace.getTracer('checkout', '1.0.0');
const receipts = new Queue();

// [baggage] What came with the request, on the span that has to be found by it.
function fromBaggage() {
	const carried = propagation.getActiveBaggage();
	return {
		'tenant.id': carried?.getEntry('tenant.id')?.value,
		'app.flag': carried?.getEntry('app.flag')?.value,
	};
}
// [/baggage]

// [error] Every span of this program ends here, and what went wrong is on it.
function withSpan(name, options, work) {
	return tracer.startActiveSpan(name, options, async (span) => {
		try {
			return await work(span);
		} catch (error) {
			span.setAttribute('error.type', error.type ?? error.name);
			span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
			throw error;
		} finally {
			span.end();
		}
	});
}

/** Each attempt has a span of its own, and the one that failed says why. */
function chargeOnce(order, attempt) {
	const attributes = { 'server.address': PAYMENT_HOST, 'app.payment.attempt': attempt, ...fromBaggage() };
	return withSpan('charge payment', { kind: SpanKind.CLIENT, attributes }, () => {
		const headers = {};
		propagation.inject(context.active(), headers);
		return charge(headers, order, attempt);
	});
}

async function chargePayment(order) {
	try {
		await chargeOnce(order, 1);
	} catch (error) {
		if (error.type !== 'timeout') throw error;
		await chargeOnce(order, 2);
	}
}
// [/error]

function reserveStock(order) {
	const attributes = { 'app.order.items': order.items, ...fromBaggage() };
	return withSpan('reserve stock', { attributes }, () => reserve(order));
}

// [context] Promises carry the context along, queues do not: the job is bound to that of whoever gives it.
function sendReceipt(order) {
	return withSpan('send receipt', { attributes: fromBaggage() }, () => sendMail(order));
}

function sendReceiptAside(order) {
	return receipts.add(context.bind(context.active(), () => sendReceipt(order)));
}
// [/context]

// [critical-path] The one operation the business asks about has a span, whatever happens.
function placeOrder(order) {
	// [attributes] What one would search for, each with its type; of the person a hash.
	const attributes = {
		'tenant.id': order.tenant,
		'user.hash': order.userHash,
		'app.flag': order.flag,
		'app.order.id': order.id,
		'app.order.items': order.items,
		'app.order.total': order.total,
		'app.order.express': order.isExpress,
		'app.order.skus': order.skus,
	};
	// [/attributes]
	return withSpan('place order', { attributes }, () => {
		// [baggage] From here on it travels: into calls, tasks and other services.
		const carried = propagation.createBaggage({
			'tenant.id': { value: order.tenant },
			'app.flag': { value: order.flag },
		});
		return context.with(propagation.setBaggage(context.active(), carried), async () => {
			await reserveStock(order);
			await chargePayment(order);
			await sendReceiptAside(order);
		});
		// [/baggage]
	});
}
// [/critical-path]

// [configuration] The file that OTEL_CONFIG_FILE names says where spans go; the end waits for them.
const sdk = startNodeSDK();
const closing = new AbortController();
const working = receipts.run(closing.signal);
try {
	await placeOrder(todaysOrder);
	console.log(`${todaysOrder.id}: placed`);
} catch (error) {
	if (!(error instanceof Failure)) throw error;
	console.log(`${todaysOrder.id}: ${error.type}`);
	process.exitCode = 1;
} finally {
	closing.abort();
	await working;
	await sdk.shutdown();
}
// [/configuration]
