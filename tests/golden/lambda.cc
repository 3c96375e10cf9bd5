// flags: -std=c++17
// Lambdas are functions; captures are variables of them.
struct Span {
	Span(const Span &);
	~Span();
	void End();
};
template <class F> void run(F f)
{
	f();
}

struct Class {
	int field;
	void method(Span &span, int n)
	{
		auto explicit_ones = [n, &span, copy = n + 1](int p) {
			span.End();
			return p + n + copy;
		};
		explicit_ones(2);
		run([&] { n = field; });
		run([=] { return n + field; });
		run([this] { method(*static_cast<Span *>(nullptr), 1); });
	}
};

void nested(int a)
{
	Span local(*static_cast<Span *>(nullptr));
	auto outer_one = [&](auto generic) {
		auto inner_one = [local, &a] { a = 1; };
		inner_one();
		return generic;
	};
	outer_one(3);
	static int shared;
	run([] { shared++; });
	run([]() __attribute__((annotate("on a lambda"))) { shared--; });
}
