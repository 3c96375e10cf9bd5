edits='storefront.c payment.c'
