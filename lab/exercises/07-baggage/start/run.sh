#!/bin/sh
# Runs both services: payment on a free port of this machine, and then a day in the storefront.
rm -f build/port
./build/payment build/port &
payment=$!
trap 'kill $payment 2>/dev/null' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	[ -s build/port ] && break
	sleep 0.1
done
./build/storefront "$(cat build/port)"
status=$?
kill $payment
wait $payment
exit $status
