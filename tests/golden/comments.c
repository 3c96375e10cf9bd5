// flags: -std=c11
// Comments that speak to the tool, and annotations.
#define NOTE(text) __attribute__((annotate(text)))
void declared(void) NOTE("declared only");
NOTE("from the prototype") int annotated(int n);

/* otel-tidy: allow(rule-a) reason: block comment
 */
int annotated(int n) NOTE("later");

// otel-tidy: allow(rule-b) reason: the next code line

// another comment between
NOTE("on the definition")
int annotated(int n)
{
	const char *s = "// otel-tidy: allow(in-a-string)"; // otel-tidy: allow(rule-c) reason: same line
	char c = '"'; /* otel-tidy: allow(rule-d) reason: behind code */
	/* otel-tidy: allow(rule-e) reason: before code */ n++;
	// this mentions otel-tidy: but does not begin with it
	return n + s[0] + c;
}
// otel-tidy: allow(rule-f) reason: nothing follows
