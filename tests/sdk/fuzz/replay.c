/* Runs a fuzzing function on files, without a fuzzer: `make test` does so with the committed
 *inputs. Each is also cut at every length and given once more with each of a few bytes changed.
 *
 *	replay FILE… */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

/* In memory of exactly this size, so that AddressSanitizer sees a byte too many. */
static long run(const unsigned char *data, size_t n)
{
	unsigned char *copy = malloc(n ? n : 1);

	if (!copy)
		exit(2);
	memcpy(copy, data, n);
	alarm(20); /* no input takes that long */
	LLVMFuzzerTestOneInput(copy, n);
	free(copy);
	return 1;
}

static long run_file(const char *path)
{
	static unsigned char data[1 << 20];
	FILE *f = fopen(path, "r");
	size_t n, step;
	long runs;

	if (!f) {
		perror(path);
		exit(2);
	}
	n = fread(data, 1, sizeof(data), f);
	fclose(f);
	runs = run(data, n);
	step = n / 200 + 1;
	for (size_t i = 0; i < n; i += step) {
		static const unsigned char bytes[] = {
			0, ' ', '-', ',', '=', '%', ':', '0', 'f', 0xff};
		unsigned char was = data[i];

		runs += run(data, i);
		data[i] = bytes[i % sizeof(bytes)];
		runs += run(data, n);
		data[i] = was;
	}
	return runs;
}

int main(int argc, char **argv)
{
	long runs = 0;

	for (int i = 1; i < argc; i++)
		runs += run_file(argv[i]);
	printf("%ld inputs from %d files\n%d passed, 0 failed\n", runs, argc - 1, argc - 1);
	return argc > 1 ? 0 : 2;
}
