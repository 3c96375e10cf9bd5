// Documents in files.
#ifndef STORE_H
#define STORE_H

#include <cstddef>
#include <string>
#include <vector>

#include "opentelemetry/trace/provider.h"

namespace store
{

opentelemetry::nostd::shared_ptr<opentelemetry::trace::Tracer> tracer();

struct Document {
	std::string name;
	long size = 0;
	int version = 0;
};

class Folder
{
      public:
	explicit Folder(const char *path);

	int count() const;
	bool is_empty() const;
	void set_limit(int limit);
	bool has_room() const;
	long total_size() const;

	bool save(const Document &document, const std::string &text);
	bool load(const char *name, std::string &text);
	int sync();

      private:
	const char *path_;
	int limit_ = 0;
	int nr_ = 0;
	long sizes_[64] = {};
};

} // namespace store

#endif
