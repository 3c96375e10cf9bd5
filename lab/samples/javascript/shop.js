// Stand-ins for a warehouse, a payment service that does not answer at first, and a mail server.
import { setTimeout as wait } from 'node:timers/promises';

export const PAYMENT_HOST = 'payments.example';

export const todaysOrder = Object.freeze({
	id: 'o-4711',
	tenant: 'acme',
	userHash: '5f2d9a',
	flag: 'payment_v2',
	skus: ['MUG', 'LAMP'],
	items: 3,
	total: 79.9,
	isExpress: true,
});

/** What went wrong: the type is one of few, the message is for people. */
export class Failure extends Error {
	constructor(type, message) {
		super(message);
		this.type = type;
	}
}

export async function reserve(order) {
	await wait(4);
	if (order.items > 5) throw new Failure('out_of_stock', 'the warehouse has too few');
}

/** Refuses whoever does not say to which trace and tenant the payment belongs. */
export async function charge(headers, order, attempt) {
	if (!headers.traceparent?.startsWith('00-') || !headers.baggage?.includes(`tenant.id=${order.tenant}`)) {
		throw new Failure('refused', 'no trace, no tenant');
	}
	await wait(attempt === 1 ? 20 : 6);
	if (attempt === 1) throw new Failure('timeout', 'no answer in 20 ms');
}

export async function sendMail(order) {
	await wait(3);
	if (!order.id) throw new Failure('refused', 'the mail was not taken');
}

/** Jobs for another time: whoever gives one gets a promise, and one loop runs them all. */
export class Queue {
	#jobs = [];
	#wake = () => {};

	add(job) {
		return new Promise((resolve, reject) => {
			this.#jobs.push(() => job().then(resolve, reject));
			this.#wake();
		});
	}

	/** Runs what comes, until the signal says that it is enough. */
	async run(signal) {
		signal.addEventListener('abort', () => this.#wake());
		while (!signal.aborted) {
			await this.#jobs.shift()?.();
			if (!this.#jobs.length) await new Promise((resolve) => (this.#wake = resolve));
		}
	}
}
