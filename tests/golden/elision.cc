// flags: -std=c++14
// Before C++17, values that are returned and passed on look as if they were copied.
struct Span {
	void End();
};
struct Ptr {
	Ptr(Span *);
	Ptr(const Ptr &);
	Ptr(Ptr &&);
	~Ptr();
	Span *operator->() const;
};
struct Scope {
	Scope(const Ptr &);
	Scope(Scope &&);
	~Scope();
};
Ptr start(const char *name);
Scope activate(Ptr p);
void keep(Ptr p);

Ptr create()
{
	auto a = start("a");
	Ptr b = start("b");
	Ptr c(start("c"));
	keep(start("passed"));
	auto scope = activate(a);
	Scope made = Scope(b);
	Scope(start("dropped"));
	start("chained")->End();
	const Ptr &bound = start("bound");
	bound->End();
	return start("returned");
}
