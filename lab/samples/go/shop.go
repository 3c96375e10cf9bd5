package main

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"
)

// Stand-ins for a warehouse, a payment service that does not answer at first, and a mail server.

const paymentHost = "payments.example"

type order struct {
	id, tenant, userHash, flag string
	skus                       []string
	items                      int
	total                      float64
	express                    bool
}

var todaysOrder = order{
	id: "o-4711", tenant: "acme", userHash: "5f2d9a", flag: "payment_v2",
	skus: []string{"MUG", "LAMP"}, items: 3, total: 79.9, express: true,
}

// A failure has a type, one of few, and a message for people.
type failure struct{ kind, message string }

func (f *failure) Error() string { return f.message }

var errTimeout = &failure{"timeout", "no answer in 20 ms"}

// errorType is what error.type says of an error.
func errorType(err error) string {
	var f *failure
	if errors.As(err, &f) {
		return f.kind
	}
	return "_OTHER"
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func reserve(ctx context.Context, o order) error {
	if o.items > 5 {
		return &failure{"out_of_stock", "the warehouse has too few"}
	}
	return wait(ctx, 4*time.Millisecond)
}

// charge refuses whoever does not say to which trace and tenant the payment belongs.
func charge(ctx context.Context, headers http.Header, o order, attempt int) error {
	if !strings.HasPrefix(headers.Get("traceparent"), "00-") ||
		!strings.Contains(headers.Get("baggage"), "tenant.id="+o.tenant) {
		return &failure{"refused", "no trace, no tenant"}
	}
	if attempt == 1 {
		return errors.Join(errTimeout, wait(ctx, 20*time.Millisecond))
	}
	return wait(ctx, 6*time.Millisecond)
}

func sendMail(ctx context.Context, o order) error {
	if o.id == "" {
		return &failure{"refused", "the mail was not taken"}
	}
	return wait(ctx, 3*time.Millisecond)
}
