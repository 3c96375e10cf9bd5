// What the library's strings and containers are made of.
namespace std
{
template <class T> class allocator
{
};
template <class T, class A = allocator<T>> class basic_string
{
      public:
	basic_string(const T *s, const A &a = A());
	~basic_string();
};
using string = basic_string<char>;
}

static const std::string city = "Berlin";
static const std::string table[] = {"a", "b"};
struct key {
	static const std::string user;
};
const std::string key::user = "user.id";

void use(const std::string &s);

void all(int i)
{
	use(city);
	use(table[i]);
	use(key::user);
}
