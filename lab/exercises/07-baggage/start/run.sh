#!/bin/sh
# Runs both services: payment on a free port of this machine, and then a day in the storefront.
rm -f build/port
./build/payment build/port &
payment=$!
trap 'kill $payment 2>/dev/null' EXIT
tries=0
until [ -s build/port ] || [ $tries -ge 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
./build/storefront "$(cat build/port)"
status=$?
kill $payment
wait $payment
exit $status
