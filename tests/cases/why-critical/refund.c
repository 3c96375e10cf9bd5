int pay_back(const char *order);
int refund(const char *tenant, const char *order);

int refund(const char *tenant, const char *order)
{
	(void)tenant;
	return pay_back(order);
}
