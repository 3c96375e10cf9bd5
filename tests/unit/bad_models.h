/* Models that must be refused, with the line and a part of what the error says. */
#ifndef TESTS_UNIT_BAD_MODELS_H
#define TESTS_UNIT_BAD_MODELS_H

static const struct {
	const char *text;
	unsigned line;
	const char *says;
} bad_models[] = {
	{"{\n\"calls\": [\n", 3, "end"},
	{"\n[]", 2, "a model is an object"},
	{"{\n\"name\": \"x\",\n\"call\": []}", 3, "did you mean \"calls\"?"},
	{"{\"calls\":\n{}}", 2, "must be a list"},
	{"{\"calls\": [\n3]}", 2, "a call is an object"},
	{"{\"calls\": [\n{\"effect\": \"end\", \"span\": 1}]}", 2, "needs a \"match\""},
	{"{\"calls\": [\n{\"match\": \"f\"}]}", 2, "needs a \"effect\""},
	{"{\"calls\": [{\"match\": \"f\",\n\"effect\": \"xyzzyxyzzy\"}]}", 2,
		"known are start, end"},
	{"{\"calls\": [{\"match\": \"f\",\n\"effect\": \"strat\"}]}", 2, "did you mean \"start\"?"},
	{"{\"calls\": [{\"match\": \"f\", \"effect\": \"end\",\n\"spam\": 1}]}", 2,
		"unknown key \"spam\" in a call; did you mean \"span\"?"},
	{"{\"calls\": [{\"match\": \"f\", \"effect\": \"end\",\n\"span\": -1}]}", 2, "position"},
	{"{\"calls\": [{\"match\": \"f\", \"effect\": \"end\",\n\"span\": 1.5}]}", 2, "position"},
	{"{\"calls\": [{\"match\": \"f\", \"effect\": \"end\",\n\"span\": 32}]}", 2, "position"},
	{"{\"calls\": [{\"match\": \"f\", \"effect\": \"end\",\n\"span\": \"first\"}]}", 2,
		"or \"result\""},
	{"{\"calls\": [{\"match\": \"f\", \"effect\": \"rename\", \"span\": 1,\n\"name\": "
	 "\"result\"}]}",
		2, "position"},
	{"{\"calls\": [\n{\"match\": \"f\", \"effect\": \"end\"}]}", 2,
		"effect \"end\" needs \"span\" or \"on_current\""},
	{"{\"calls\": [\n{\"match\": \"f\", \"effect\": \"attribute\", \"span\": 1}]}", 2,
		"needs \"key\" or \"key_text\" or \"attributes\""},
	{"{\"calls\": [{\"match\": \"f\", \"effect\": \"end\", \"span\": 1,\n\"nulls\": 1}]}", 2,
		"must be true or false"},
	{"{\"calls\": [{\"effect\": \"flush\", \"match\":\n\"a::b<int>::c\"}]}", 2,
		"without template arguments"},
	{"{\"calls\": [{\"effect\": \"flush\", \"match\":\n\"f(int)\"}]}", 2, "without parameters"},
	{"{\"calls\": [{\"effect\": \"flush\", \"match\":\n\"void f\"}]}", 2, "no spaces"},
	{"{\"calls\": [{\"effect\": \"flush\", \"match\":\n[]}]}", 2, "empty list"},
	{"{\"calls\": [{\"effect\": \"flush\", \"match\": [\"f\",\n4]}]}", 2,
		"a name, or a list of names"},
	{"{\"calls\": [{\"effect\": \"flush\", \"match\": \"f\"},\n{\"effect\": \"flush\", "
	 "\"match\": \"f\"}]}",
		2, "matched twice under \"calls\": already on line 1"},
	{"{\"types\": [{\"match\": \"s\",\n\"role\": \"spam\"}]}", 2, "did you mean \"span\"?"},
	{"{\"types\": [{\"role\": \"span\",\n\"match\": \"struct s *\"}]}", 2,
		"without its pointers"},
	{"{\"types\": [{\"role\": \"span\", \"match\": \"s\",\n\"ends_on_destroy\": \"yes\"}]}", 2,
		"must be true or false"},
	{"{\"io\": [{\"match\": \"f\",\n\"cost\": \"netwrok\"}]}", 2, "did you mean \"network\"?"},
	{"{\"io\": [{\"match\": \"f\", \"cost\": \"io\",\n\"kind\": \"\"}]}", 2,
		"must not be empty"},
	{"{\"io\": [{\"match\": \"f\", \"cost\": \"io\",\n\"outgoing\": null}]}", 2,
		"must be true or false"},
	{"{\"callbacks\": [{\"match\": \"f\",\n\"kind\": \"comparer\"}]}", 2,
		"did you mean \"comparator\"?"},
	{"{\"callbacks\": [\n{\"match\": \"f\", \"function\": 1}]}", 2, "needs a \"kind\""},
	{"{\"callbacks\": [{\"match\": \"f\", \"kind\": \"hash\",\n\"function\": 0}]}", 2,
		"a position"},
	{"{\"callbacks\": [{\"match\": \"f\", \"kind\": \"hash\",\n\"function\": []}]}", 2,
		"empty list"},
	{"{\"callbacks\": [{\"match\": \"f\", \"kind\": \"hash\", \"function\": [1,\n\"2\"]}]}", 2,
		"a position"},
	{"{\"callbacks\": [{\"match\": \"f\", \"kind\": \"hash\",\n\"funktion\": 1}]}", 2,
		"did you mean \"function\"?"},
	{"{\"language\":\n\"rust\"}", 2, "unknown language \"rust\""},
	{"{\"name\":\n7}", 2, "must be a text"},
	{"{\"$comment\":\n7}", 2, "must be a text"},
	{"{\"name\": \"a\",\n\"name\": \"b\"}", 2, "name"},
};

#endif
