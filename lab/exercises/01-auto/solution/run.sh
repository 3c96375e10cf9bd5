#!/bin/sh
# Runs the shop. `lab run` and `lab check` come here, and then look for spans.
export OTEL_SERVICE_NAME=shop
LD_PRELOAD="$CTEL_AUTO" exec ./build/shop
