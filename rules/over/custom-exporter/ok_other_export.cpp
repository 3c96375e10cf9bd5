// Export of something else.
#include <cstdio>
#include <string>
#include <vector>

class Exporter
{
public:
	virtual ~Exporter() = default;
	virtual bool Export(const std::vector<std::string> &lines) = 0;
};

class CsvExporter : public Exporter
{
public:
	bool Export(const std::vector<std::string> &lines) override // ok: custom-exporter
	{
		for (const std::string &line : lines)
			std::puts(line.c_str());
		return true;
	}
};
