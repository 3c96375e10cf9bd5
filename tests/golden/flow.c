// flags: -std=c11
// What becomes blocks: if, loops, switch, goto, short circuits, conditional operators.
int f(int);

int if_else(int a, int b)
{
	if (a && !b)
		f(1);
	else if (a || (b > 2))
		f(2);
	return a ? b : f(3);
}

void loops(int n)
{
	while (n--) {
		if (n == 3)
			continue;
		if (n == 4)
			break;
		f(n);
	}
	do {
		n++;
	} while (n < 10);
	for (int i = 0; i < n; i++)
		f(i);
}

int constant_conditions(int n)
{
	do {
		n++;
	} while (0);
	while (1) {
		if (f(n))
			return n;
	}
	return f(99); /* never reached, so not here */
}

enum color { RED, GREEN = 5, BLUE };

int switches(enum color c, int n)
{
	switch (c) {
	case RED:
		n = 1;
		/* fall through */
	case GREEN:
		n = 2;
		break;
	default:
		n = 3;
	}
	switch (n) {
		f(0); /* never reached */
	case 1 ... 3:
	case -7:
		return 1;
		if (n) {
	case 'a':
			f(4);
		}
	}
	return n;
}

int jumps(int n)
{
again:
	if (f(n) < 0)
		goto out;
	if (n > 0)
		goto again;
	n = 2;
out:
	return n;
}

int elvis(int n)
{
	return f(n) ?: 7;
}
