// flags: -std=c++17
// Names, methods, operators, references, constants, structured bindings, range-for, global lambdas.
namespace std {
template <class T> class initializer_list
{
	const T *b;
	decltype(sizeof 0) n;

public:
	const T *begin() const;
	const T *end() const;
};
}
namespace outer {
inline namespace v1 {
struct string_view {
	constexpr string_view(const char *text) : text(text) {}
	const char *text;
};
enum class Code { kOk, kError = 2 };
class Base
{
public:
	explicit Base(int n) : number(n) {}
	virtual ~Base() = default;
	virtual int Virtual(string_view key, Code code = Code::kOk);
	static int Static();
	bool operator==(const Base &other) const { return number == other.number; }
	int Use();

protected:
	int number = 0;
};
class Derived : public Base
{
	int &ref;
	Base other{2};

public:
	Derived(int &r) : Base(r), ref(r) { ref = number; }
	int Virtual(string_view key, Code code) override;
};
}
}
using outer::Code;
static constexpr outer::string_view kKey = "key";
static constexpr int kLimit = 3;
struct Pair {
	int first, second;
};
Pair pair();
void take(std::initializer_list<int> list);
void by_ref(const int &n);

int outer::Base::Use()
{
	if (Virtual("literal") || this->Virtual(kKey, Code::kError))
		return Static();
	this->Static();
	return Base::Static() + kLimit;
}

namespace {
int hidden(outer::Base &a, outer::Base *b)
{
	return a == *b && !(a == a);
}
}

int bindings()
{
	auto [a, b] = pair();
	int sum = a + b;
	for (int x : {1, 2})
		sum += x;
	int list[] = {3, 4};
	for (int &x : list)
		x = 0;
	take({5, 6});
	by_ref(7);
	by_ref(sum);
	Pair nested[] = {{1, 2}, {.first = 3}};
	Pair p{.second = 8};
	int &alias = p.first;
	alias = 9;
	bool both = sum && alias;
	return both ? static_cast<int>(3.5) : int(sum);
}

auto global = [](int x) { return x + 1; };

int call_global()
{
	return global(1);
}

template <class T> struct Box {
	template <class U> Box(U u) { (void)u; }
	template <class U> T get(U u);
	T plain() { return value; }
	T value;
};
template <class T> template <class U> T Box<T>::get(U u)
{
	(void)u;
	return value;
}

int boxes()
{
	Box<int> box(1L);
	int *list = new int[3];
	list[0] = box.get('c') + box.plain();
	delete[] list;
	return 0;
}
