rm checkout.c
