#include <string>

int reserve_impl(const std::string &item);

extern "C" int reserve(int item)
{
	return reserve_impl(std::to_string(item));
}
