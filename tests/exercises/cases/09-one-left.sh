sed -i.bak -e '/"order_total"/d' -e '/"is_large"/d' -e '/"process_payment"/d' -e '/piece_span/d' -e '/total_cents/d' checkout.c && rm checkout.c.bak
