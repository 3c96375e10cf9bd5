// Plays a script of tracing calls through opentelemetry-cpp 1.19 and writes what its OTLP recordables
// become: the other side of the differential test. The script is play.c's; of its operations those that
// opentelemetry-cpp has in this form: P T C S A E U R Z.
//
//	peer_play SCRIPT FRAMES
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "opentelemetry/exporters/otlp/otlp_recordable.h"
#include "opentelemetry/exporters/otlp/otlp_recordable_utils.h"
#include "opentelemetry/sdk/resource/resource.h"
#include "opentelemetry/sdk/trace/exporter.h"
#include "opentelemetry/sdk/trace/id_generator.h"
#include "opentelemetry/sdk/trace/samplers/parent.h"
#include "opentelemetry/sdk/trace/samplers/always_on.h"
#include "opentelemetry/sdk/trace/simple_processor.h"
#include "opentelemetry/sdk/trace/tracer_provider.h"
#include "opentelemetry/trace/context.h"

#include "opentelemetry/proto/collector/trace/v1/trace_service.pb.h"

namespace otel = opentelemetry;
namespace trace = opentelemetry::trace;
namespace sdk = opentelemetry::sdk;
using otel::common::AttributeValue;
using otel::nostd::string_view;

namespace {

std::ofstream frames;
uint8_t ids[24];

class Writer : public sdk::trace::SpanExporter {
public:
	std::unique_ptr<sdk::trace::Recordable> MakeRecordable() noexcept override
	{
		return std::unique_ptr<sdk::trace::Recordable>(new otel::exporter::otlp::OtlpRecordable);
	}
	sdk::common::ExportResult Export(
		const otel::nostd::span<std::unique_ptr<sdk::trace::Recordable>> &spans) noexcept override
	{
		otel::proto::collector::trace::v1::ExportTraceServiceRequest request;
		std::string out;
		otel::exporter::otlp::OtlpRecordableUtils::PopulateRequest(spans, &request);
		request.SerializeToString(&out);
		uint32_t n = static_cast<uint32_t>(out.size());
		frames.put('P').write(reinterpret_cast<char *>(&n), 4).write(out.data(), n);
		return sdk::common::ExportResult::kSuccess;
	}
	bool ForceFlush(std::chrono::microseconds) noexcept override
	{
		return true;
	}
	bool Shutdown(std::chrono::microseconds) noexcept override
	{
		return true;
	}
};

class GivenIds : public sdk::trace::IdGenerator {
public:
	GivenIds() : IdGenerator(false)
	{
	}
	trace::TraceId GenerateTraceId() noexcept override
	{
		return trace::TraceId(otel::nostd::span<const uint8_t, 16>(ids, 16));
	}
	trace::SpanId GenerateSpanId() noexcept override
	{
		return trace::SpanId(otel::nostd::span<const uint8_t, 8>(ids + 16, 8));
	}
};

[[noreturn]] void die(const std::string &why)
{
	std::cerr << "peer_play: " << why << "\n";
	std::exit(2);
}

std::string unhex(const std::string &s)
{
	std::string out;
	for (size_t i = 0; i + 1 < s.size(); i += 2)
		out += static_cast<char>(std::stoi(s.substr(i, 2), nullptr, 16));
	return out;
}

std::string text_of(const std::string &word)
{
	return word.empty() || word[0] != '.' ? "" : unhex(word.substr(1));
}

double double_of(const std::string &hex)
{
	uint64_t bits = std::stoull(hex, nullptr, 16);
	double d;
	std::memcpy(&d, &bits, sizeof(d));
	return d;
}

std::vector<std::string> split(const std::string &s, char by)
{
	std::vector<std::string> out;
	std::stringstream in(s);
	for (std::string part; std::getline(in, part, by);)
		out.push_back(part);
	return out;
}

// Attributes, and what their values point to.
struct Attributes {
	std::vector<std::pair<std::string, AttributeValue>> list;
	std::vector<std::unique_ptr<std::string>> strings;
	std::vector<std::unique_ptr<std::vector<string_view>>> views;
	std::vector<std::unique_ptr<bool[]>> booleans;
	std::vector<std::unique_ptr<std::vector<int64_t>>> integers;
	std::vector<std::unique_ptr<std::vector<double>>> reals;

	string_view keep(const std::string &s)
	{
		strings.emplace_back(new std::string(s));
		return string_view(strings.back()->data(), strings.back()->size());
	}

	void add(const std::string &word)
	{
		size_t colon = word.find(':', 2);
		std::string key = text_of(word.substr(2, colon - 2)), v = word.substr(colon + 1);
		list.emplace_back(key, value(word[0], v));
	}

	AttributeValue value(char type, const std::string &v)
	{
		switch (type) {
		case 'b':
			return v == "1";
		case 'i':
			return static_cast<int64_t>(std::stoll(v));
		case 'd':
			return double_of(v);
		case 's':
			return keep(text_of(v));
		}
		auto parts = split(v, ',');
		size_t n = parts.size();
		switch (type) {
		case 'S':
			views.emplace_back(new std::vector<string_view>);
			for (auto &p : parts)
				views.back()->push_back(keep(text_of(p)));
			return otel::nostd::span<const string_view>(views.back()->data(), n);
		case 'B':
			booleans.emplace_back(new bool[n + 1]);
			for (size_t i = 0; i < n; i++)
				booleans.back()[i] = parts[i] == "1";
			return otel::nostd::span<const bool>(booleans.back().get(), n);
		case 'I':
			integers.emplace_back(new std::vector<int64_t>);
			for (auto &p : parts)
				integers.back()->push_back(std::stoll(p));
			return otel::nostd::span<const int64_t>(integers.back()->data(), n);
		case 'D':
			reals.emplace_back(new std::vector<double>);
			for (auto &p : parts)
				reals.back()->push_back(double_of(p));
			return otel::nostd::span<const double>(reals.back()->data(), n);
		}
		die("no such type of attribute");
	}
};

using Links = std::vector<std::pair<trace::SpanContext,
	std::vector<std::pair<std::string, AttributeValue>>>>;

struct Player {
	std::shared_ptr<sdk::trace::TracerProvider> provider;
	std::map<std::string, otel::nostd::shared_ptr<trace::Tracer>> tracers;
	std::map<std::string, otel::nostd::shared_ptr<trace::Span>> spans;
	std::map<std::string, uint64_t> starts;
	std::map<std::string, trace::SpanContext> contexts;

	void begin(std::istringstream &words)
	{
		Attributes all;
		for (std::string w; words >> w;)
			all.add(w);
		sdk::resource::ResourceAttributes of;
		for (auto &[key, value] : all.list)
			of.SetAttribute(key, value);
		provider = std::make_shared<sdk::trace::TracerProvider>(
			std::unique_ptr<sdk::trace::SpanProcessor>(new sdk::trace::SimpleSpanProcessor(
				std::unique_ptr<sdk::trace::SpanExporter>(new Writer))),
			sdk::resource::Resource::Create(of),
			std::unique_ptr<sdk::trace::Sampler>(new sdk::trace::ParentBasedSampler(
				std::make_shared<sdk::trace::AlwaysOnSampler>())),
			std::unique_ptr<sdk::trace::IdGenerator>(new GivenIds));
	}

	void tracer(std::istringstream &words)
	{
		std::string slot, name, version, schema;
		words >> slot >> name >> version >> schema;
		tracers[slot] = provider->GetTracer(text_of(name), text_of(version), text_of(schema));
	}

	void context(std::istringstream &words)
	{
		std::string slot, id, flags, remote, state;
		words >> slot >> id >> flags >> remote >> state;
		std::string bytes = unhex(id);
		const auto *p = reinterpret_cast<const uint8_t *>(bytes.data());
		contexts.insert_or_assign(slot, trace::SpanContext(
			trace::TraceId(otel::nostd::span<const uint8_t, 16>(p, 16)),
			trace::SpanId(otel::nostd::span<const uint8_t, 8>(p + 16, 8)),
			trace::TraceFlags(static_cast<uint8_t>(std::stoi(flags))), remote == "1",
			trace::TraceState::FromHeader(text_of(state))));
	}

	void start(std::istringstream &words)
	{
		std::string slot, tracer, id, parent, kind, at, name;
		words >> slot >> tracer >> id >> parent >> kind >> at >> name;
		std::memcpy(ids, unhex(id).data(), 24);
		trace::StartSpanOptions options;
		uint64_t ns = std::stoull(at);
		options.kind = static_cast<trace::SpanKind>(std::stoi(kind));
		options.start_system_time = otel::common::SystemTimestamp(std::chrono::nanoseconds(ns));
		options.start_steady_time = otel::common::SteadyTimestamp(std::chrono::nanoseconds(ns));
		if (parent[0] == 's')
			options.parent = spans[parent.substr(1)]->GetContext();
		else if (parent[0] == 'c')
			options.parent = contexts.at(parent.substr(1));
		else
			options.parent = otel::context::Context{}.SetValue(trace::kIsRootSpanKey, true);

		Attributes own;
		std::vector<std::unique_ptr<Attributes>> of_links;
		Links links;
		for (std::string w; words >> w;) {
			if (w[0] == '>') {
				of_links.emplace_back(new Attributes);
				links.emplace_back(contexts.at(w.substr(1)),
					std::vector<std::pair<std::string, AttributeValue>>{});
			} else if (of_links.empty()) {
				own.add(w);
			} else {
				of_links.back()->add(w);
			}
		}
		for (size_t i = 0; i < links.size(); i++)
			links[i].second = of_links[i]->list;
		starts[slot] = ns;
		spans[slot] = tracers[tracer]->StartSpan(text_of(name), own.list, links, options);
	}

	void attributes(std::istringstream &words)
	{
		std::string slot;
		Attributes all;
		words >> slot;
		for (std::string w; words >> w;)
			all.add(w);
		for (auto &[key, value] : all.list)
			spans[slot]->SetAttribute(key, value);
	}

	void event(std::istringstream &words)
	{
		std::string slot, name, at;
		Attributes all;
		words >> slot >> name >> at;
		for (std::string w; words >> w;)
			all.add(w);
		spans[slot]->AddEvent(text_of(name),
			otel::common::SystemTimestamp(std::chrono::nanoseconds(std::stoull(at))), all.list);
	}

	void end(std::istringstream &words)
	{
		std::string slot, at;
		words >> slot >> at;
		trace::EndSpanOptions options;
		options.end_steady_time =
			otel::common::SteadyTimestamp(std::chrono::nanoseconds(std::stoull(at)));
		spans[slot]->End(options);
		spans.erase(slot);
	}

	void line(const std::string &text)
	{
		std::istringstream words(text);
		std::string op, slot, word, more;
		if (!(words >> op))
			return;
		switch (op[0]) {
		case 'P':
			return begin(words);
		case 'T':
			return tracer(words);
		case 'C':
			return context(words);
		case 'S':
			return start(words);
		case 'A':
			return attributes(words);
		case 'E':
			return event(words);
		case 'U':
			words >> slot >> word >> more;
			return spans[slot]->SetStatus(
				static_cast<trace::StatusCode>(std::stoi(word)), text_of(more));
		case 'R':
			words >> slot >> word;
			return spans[slot]->UpdateName(text_of(word));
		case 'Z':
			return end(words);
		}
		die("operation " + op + " is not one of both");
	}
};

} // namespace

int main(int argc, char **argv)
{
	if (argc != 3)
		die("peer_play SCRIPT FRAMES");
	std::ifstream in(argv[1]);
	frames.open(argv[2], std::ios::binary);
	if (!in || !frames)
		die("cannot open the files");
	Player player;
	for (std::string text; std::getline(in, text);)
		player.line(text);
	player.spans.clear();
	frames.close();
	return frames.good() ? 0 : 2;
}
