/* Constants with text in them come with their value. */
enum color { RED, GREEN, NR_COLORS };

static const char *const names[NR_COLORS] = {[GREEN] = "green", [RED] = "red"};
static const struct {
	const char *key;
	int type;
} keys[] = {{.type = 1, .key = "app.red"}, {"app.green", 2}};
static const int numbers[] = {1, 2};
static const char *changing = "x";

const char *name_of(enum color c)
{
	static const char *const local[] = {"one", [2] = "three"};

	if (numbers[c])
		return names[c];
	if (c == GREEN)
		return local[c];
	return c ? keys[1].key : changing;
}
