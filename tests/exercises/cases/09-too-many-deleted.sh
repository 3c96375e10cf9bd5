sed -i.bak -e '/CTEL_SPAN(span, tracer(), "[a-z]*_[a-z]*")/d' -e '/piece_span/d' -e '/total_cents/d' -e '/"charge card"/d' -e '/payment.flow/d' -e '/^	if (rc != 0)$/{N
/\n		ctel_span_error(span, "card_declined", NULL);/!b
}' checkout.c && rm checkout.c.bak
awk '/^static int charge/ { in_charge = 1 } /^}/ { in_charge = 0 }
in_charge && /if \(rc != 0\)|ctel_span_error/ { next } { print }' checkout.c >now && mv now checkout.c
