// Command checkout places one order, from the cart to the receipt, with the spans that are worth having.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"

	"go.opentelemetry.io/contrib/otelconf"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("checkout", trace.WithInstrumentationVersion("1.0.0"))

// [baggage] What came with the request, on the span that has to be found by it.
func fromBaggage(ctx context.Context) trace.SpanStartEventOption {
	carried := baggage.FromContext(ctx)
	return trace.WithAttributes(
		attribute.String("tenant.id", carried.Member("tenant.id").Value()),
		attribute.String("app.flag", carried.Member("app.flag").Value()),
	)
}

// [/baggage]

// [error] Whoever starts a span defers this: the error that leaves is on it.
func end(span trace.Span, err *error) {
	if *err != nil {
		span.SetAttributes(attribute.String("error.type", errorType(*err)))
		span.SetStatus(codes.Error, (*err).Error())
	}
	span.End()
}

// Each attempt has a span of its own, and the one that failed says why.
func chargeOnce(ctx context.Context, o order, attempt int) (err error) {
	ctx, span := tracer.Start(ctx, "charge payment", trace.WithSpanKind(trace.SpanKindClient), fromBaggage(ctx),
		trace.WithAttributes(
			attribute.String("server.address", paymentHost),
			attribute.Int("app.payment.attempt", attempt),
		))
	defer end(span, &err)

	headers := http.Header{}
	otel.GetTextMapPropagator().Inject(ctx, propagation.HeaderCarrier(headers))
	return charge(ctx, headers, o, attempt)
}

func chargePayment(ctx context.Context, o order) error {
	err := chargeOnce(ctx, o, 1)
	if errors.Is(err, errTimeout) {
		err = chargeOnce(ctx, o, 2)
	}
	return err
}

// [/error]

func reserveStock(ctx context.Context, o order) (err error) {
	ctx, span := tracer.Start(ctx, "reserve stock", fromBaggage(ctx),
		trace.WithAttributes(attribute.Int("app.order.items", o.items)))
	defer end(span, &err)
	return reserve(ctx, o)
}

// [context] The goroutine is handed the context. Without its cancellation, where it may outlive the request.
func sendReceipt(ctx context.Context, o order) (err error) {
	ctx, span := tracer.Start(ctx, "send receipt", fromBaggage(ctx))
	defer end(span, &err)
	return sendMail(ctx, o)
}

func sendReceiptAside(ctx context.Context, o order) error {
	sent := make(chan error, 1)
	go func() { sent <- sendReceipt(context.WithoutCancel(ctx), o) }()
	return <-sent
}

// [/context]

// [critical-path] The one operation the business asks about has a span, whatever happens.
func placeOrder(ctx context.Context, o order) (err error) {
	// [attributes] What one would search for, each with its type; of the person a hash.
	ctx, span := tracer.Start(ctx, "place order", trace.WithAttributes(
		attribute.String("tenant.id", o.tenant),
		attribute.String("user.hash", o.userHash),
		attribute.String("app.flag", o.flag),
		attribute.String("app.order.id", o.id),
		attribute.Int("app.order.items", o.items),
		attribute.Float64("app.order.total", o.total),
		attribute.Bool("app.order.express", o.express),
		attribute.StringSlice("app.order.skus", o.skus),
	))
	// [/attributes]
	defer end(span, &err)

	// [baggage] From here on it travels: into calls, goroutines and other services.
	tenant, err := baggage.NewMemberRaw("tenant.id", o.tenant)
	if err != nil {
		return err
	}
	flag, err := baggage.NewMemberRaw("app.flag", o.flag)
	if err != nil {
		return err
	}
	carried, err := baggage.New(tenant, flag)
	if err != nil {
		return err
	}
	ctx = baggage.ContextWithBaggage(ctx, carried)
	// [/baggage]

	if err := reserveStock(ctx, o); err != nil {
		return err
	}
	if err := chargePayment(ctx, o); err != nil {
		return err
	}
	return sendReceiptAside(ctx, o)
}

// [/critical-path]

// [configuration] The file that OTEL_CONFIG_FILE names says where spans go; the end waits for them.
func setUpTracing(ctx context.Context) (shutdown func(context.Context) error, err error) {
	text, err := os.ReadFile(os.Getenv("OTEL_CONFIG_FILE"))
	if err != nil {
		return nil, err
	}
	config, err := otelconf.ParseYAML(text)
	if err != nil {
		return nil, err
	}
	sdk, err := otelconf.NewSDK(otelconf.WithContext(ctx), otelconf.WithOpenTelemetryConfiguration(*config))
	if err != nil {
		return nil, err
	}
	otel.SetTracerProvider(sdk.TracerProvider())
	otel.SetTextMapPropagator(sdk.Propagator())
	return sdk.Shutdown, nil
}

func run(ctx context.Context) (err error) {
	shutdown, err := setUpTracing(ctx)
	if err != nil {
		return err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		err = errors.Join(err, shutdown(ctx))
	}()
	return placeOrder(ctx, todaysOrder)
}

// [/configuration]

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(todaysOrder.id + ": placed")
}
