// flags: -std=c++17
// Exceptions as far as they are written: throw, try, catch.
struct Error {
	int code;
};
struct Guard {
	Guard();
	~Guard();
};
int work(int);

int caught(int n)
{
	Guard outer;
	try {
		Guard inner;
		if (n)
			throw Error{n};
		return work(n);
	} catch (const Error &e) {
		return e.code;
	} catch (...) {
		throw;
	}
	return 0;
}

int conditional(int n)
{
	Guard g;
	int m = n ? n : throw 1;
	return m;
}

void nested_try()
{
	try {
		try {
			work(1);
		} catch (int) {
			work(2);
			throw Error{3};
		}
	} catch (const Error &) {
		work(4);
	}
}

void whole(int n)
try {
	work(n);
} catch (...) {
	work(0);
}
