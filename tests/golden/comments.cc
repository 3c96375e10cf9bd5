// flags: -std=c++17
// Comments among raw strings and digit separators.
const char *raw = R"x(
// otel-tidy: allow(in-a-raw-string)
)x"; // otel-tidy: allow(rule-a) reason: behind a raw string
int million = 1'000'000; // otel-tidy: allow(rule-b) reason: behind separators
// otel-tidy: allow(rule-c) reason: goes on \
   in the next line
int x; /// otel-tidy: allow(rule-d) reason: three slashes
/* words first otel-tidy: allow(not-this) */
/**
 * otel-tidy: allow(rule-e, rule-f)   reason:   inside a block   
 */
int y;
