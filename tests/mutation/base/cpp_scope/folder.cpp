// What a folder knows without asking the disk.
#include "store.h"

namespace store
{

Folder::Folder(const char *path) : path_(path)
{
}

int Folder::count() const
{
	return nr_;
}

bool Folder::is_empty() const
{
	return nr_ == 0;
}

void Folder::set_limit(int limit)
{
	limit_ = limit;
}

bool Folder::has_room() const
{
	return nr_ < limit_;
}

long Folder::total_size() const
{
	long sum = 0;
	for (int i = 0; i < nr_; i++) {
		sum += sizes_[i];
	}
	return sum;
}

bool operator==(const Document &a, const Document &b)
{
	return a.version == b.version;
}

} // namespace store
