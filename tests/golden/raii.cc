// flags: -std=c++17
// Objects that end with their scope, temporaries, copies, moves.
namespace std {
template <class T> T &&move(T &t)
{
	return static_cast<T &&>(t);
}
}
struct Span {
	virtual void End(int when = 0);
	int value;
};
struct Ptr {
	Ptr();
	Ptr(const Ptr &);
	Ptr(Ptr &&);
	~Ptr();
	Ptr &operator=(const Ptr &);
	Span *operator->() const;
	explicit operator bool() const;
};
struct Scope {
	explicit Scope(const Ptr &);
	~Scope();
};
struct Holder { /* has a destructor through its member only */
	Ptr ptr;
};
Ptr start(const char *name);

int exits(int n)
{
	Ptr span = start("a");
	Scope scope(span);
	if (n == 1)
		return n;
	while (auto inner = start("b")) {
		if (n == 2)
			break;
		if (n == 3)
			continue;
		inner->End();
	}
	span->End(4);
	return 0;
}

void temporaries()
{
	start("chained")->End();
	start("dropped");
	Scope{start("scope for nothing")};
	const Ptr &extended = start("extended");
	extended->End();
}

Ptr values(Ptr given, Ptr &other)
{
	Ptr copy = given;
	Ptr moved = std::move(copy);
	Holder held{moved};
	other = given;
	return moved;
}

void conditions(int n)
{
	if (int z = n; Ptr p = start("if"))
		p->value = z;
	else
		start("else")->End();
	for (int i = 0; i < n; i++) {
		Ptr p = start("loop");
		if (i)
			goto out;
	}
out:
	return;
}

void memory()
{
	Scope *s = new Scope(start("new"));
	delete s;
	int *list = new int[3];
	delete[] list;
}
