#!/bin/sh
# same_logic.sh accepts the shop as it is, and refuses what a careless hand could do to it.
set -eu
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

rc=0
sh "$here/same_logic.sh" || rc=$?
[ "$rc" -ne 77 ] || exit 0
[ "$rc" -eq 0 ] || exit "$rc"

# refuses WHAT FILE SED-SCRIPT: a copy of over/ changed this way must not pass.
refuses() {
	rm -rf "$work/over"
	cp -r lab/shop/checkout/over "$work/over"
	sed -i -e "$3" "$work/over/$2"
	if cmp -s "lab/shop/checkout/over/$2" "$work/over/$2"; then
		echo "test_same_logic: \"$1\" changes nothing any more" >&2
		exit 1
	fi
	if sh "$here/same_logic.sh" lab/shop/checkout/right "$work/over" > /dev/null 2>&1; then
		echo "test_same_logic: not noticed: $1" >&2
		exit 1
	fi
}

refuses 'another constant' pricing.c 's/#define MAX_DISCOUNT 2500/#define MAX_DISCOUNT 3000/'
refuses 'a statement gone' checkout.c '/release_inventory(db/d'
refuses 'a statement more' cart.c 's/^	item->quantity += quantity;/&\n	item->quantity += 0;/'
refuses 'logic behind tracing' order.c 's/^	ctel_span_end(span);/	rc = 0, ctel_span_end(span);/'
refuses 'tracing takes over a branch' inventory.c \
	's/^		database_run(db, "ROLLBACK");/		ctel_event(span, "x");\n	}\n	{\n&/'
refuses 'an emptied file' flags.c 'd'
echo 'test_same_logic: ok'
