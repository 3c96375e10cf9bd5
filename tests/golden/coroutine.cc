// flags: -std=c++20
// Coroutines, rewritten comparisons, statements with attributes.
namespace std {
template <class R, class... A> struct coroutine_traits {
	using promise_type = typename R::promise_type;
};
template <class P = void> struct coroutine_handle {
	static coroutine_handle from_address(void *) noexcept;
	operator coroutine_handle<>() const noexcept;
};
template <> struct coroutine_handle<void> {
	static coroutine_handle from_address(void *) noexcept;
};
struct suspend_never {
	bool await_ready() noexcept;
	void await_suspend(coroutine_handle<>) noexcept;
	void await_resume() noexcept;
};
}
struct task {
	struct promise_type {
		task get_return_object();
		std::suspend_never initial_suspend();
		std::suspend_never final_suspend() noexcept;
		void return_value(int);
		void unhandled_exception();
	};
	bool await_ready();
	void await_suspend(std::coroutine_handle<>);
	int await_resume();
};
task first();

task second(int n)
{
	int v = co_await first();
	if (n)
		co_return v;
	co_return 2;
}

struct A {
	bool operator==(const A &) const;
};

int rewritten(A a, A b, int n)
{
	if (a != b) [[likely]]
		n++;
	switch (n) {
	case 1:
		n = 2;
		[[fallthrough]];
	case 2:
		n = 3;
	}
	return n;
}
