// flags: -std=c++17
// Patterns are lowered once; what depends on an argument is unknown; full specialisations are
// ordinary functions.
struct Span {
	void End();
};
template <class T> class Holder
{
	T value;
	int count = 0;

public:
	explicit Holder(T v) : value(v) {}
	~Holder() { value.End(); }
	int Count() const { return count; }
	T *operator->() { return &value; }
};
template <class T> int twice(T t)
{
	return t + t;
}
template <> int twice<long>(long n)
{
	return static_cast<int>(n);
}
template <class T, int N> int depends(T t)
{
	t.method(N);
	if (N > 3)
		return 1;
	return unknown_until_later(t);
}

int use(Span s)
{
	Holder<Span> held(s);
	held->End();
	return held.Count() + twice(2) + twice(3L);
}
