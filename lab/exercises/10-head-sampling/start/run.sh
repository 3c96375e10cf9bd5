#!/bin/sh
# Plays a day of 400 orders with the settings of otel.env.
set -a
. ./otel.env
set +a
exec ./build/day 400 42
