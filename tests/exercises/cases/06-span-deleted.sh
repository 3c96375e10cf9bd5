sed -i.bak -e '/ctel_span_end/d' -e '/ctel_set/d' -e '/ctel_span_error/d' -e '/ctel_span \*span/d' checkout.c && rm checkout.c.bak
