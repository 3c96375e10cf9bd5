/* Stand-in: the C wrapper's handles, each with a table of functions, and the macros that call them. */
#ifndef TESTS_INCLUDE_OPENTELEMETRY_C_WRAPPER_INCLUDE_H
#define TESTS_INCLUDE_OPENTELEMETRY_C_WRAPPER_INCLUDE_H

#pragma GCC system_header

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Calls f with the handle, and with its address: the latter leaves the handle NULL. */
#define OTELC_OPS(p, f, ...)                                                                       \
	({                                                                                         \
		__typeof__(p) _p = (p);                                                            \
		_p->ops->f(_p, ##__VA_ARGS__);                                                     \
	})
#define OTELC_OPSR(p, f, ...)                                                                      \
	({                                                                                         \
		__typeof__(&(p)) _p = &(p);                                                        \
		(*_p)->ops->f(_p, ##__VA_ARGS__);                                                  \
	})

#define OTELC_RET_ERROR -1
#define OTELC_RET_OK    0

struct otelc_ctx;
struct otelc_logger;
struct otelc_meter;
struct otelc_span;
struct otelc_span_context;
struct otelc_tracer;

/* ---- Values, keys, maps ------------------------------------------------------------------ */

typedef enum {
	OTELC_VALUE_NULL,
	OTELC_VALUE_BOOL,
	OTELC_VALUE_INT32,
	OTELC_VALUE_INT64,
	OTELC_VALUE_UINT32,
	OTELC_VALUE_UINT64,
	OTELC_VALUE_DOUBLE,
	OTELC_VALUE_STRING,
	OTELC_VALUE_DATA,
} otelc_value_type_t;

struct otelc_value {
	otelc_value_type_t u_type;
	union {
		bool value_bool;
		int32_t value_int32;
		int64_t value_int64;
		uint32_t value_uint32;
		uint64_t value_uint64;
		double value_double;
		const char *value_string;
		void *value_data;
	} u;
};

struct otelc_kv {
	char *key;
	bool key_is_dynamic;
	struct otelc_value value;
};

typedef enum {
	OTELC_TEXT_MAP_DUP_KEY = 1,
	OTELC_TEXT_MAP_DUP_VALUE = 2,
	OTELC_TEXT_MAP_FREE_KEY = 4,
	OTELC_TEXT_MAP_FREE_VALUE = 8,
} otelc_text_map_flags_t;

struct otelc_text_map {
	otelc_text_map_flags_t *flags;
	char **key;
	char **value;
	size_t count;
	size_t size;
	bool is_dynamic;
};

struct otelc_text_map *otelc_text_map_new(struct otelc_text_map *text_map, size_t size);
int otelc_text_map_add(struct otelc_text_map *text_map, const char *key, size_t key_len,
	const char *value, size_t value_len, otelc_text_map_flags_t flags);
void otelc_text_map_free(struct otelc_text_map *text_map);
void otelc_text_map_destroy(struct otelc_text_map **text_map);

/* ---- Carriers ---------------------------------------------------------------------------- */

struct otelc_text_map_writer {
	struct otelc_text_map text_map;
	int (*set)(struct otelc_text_map_writer *writer, const char *key, const char *value);
};

struct otelc_text_map_reader {
	struct otelc_text_map text_map;
	int (*foreach_key)(const struct otelc_text_map_reader *reader,
		int (*handler)(void *arg, const char *key, const char *value), void *arg);
};

struct otelc_http_headers_writer {
	struct otelc_text_map text_map;
	int (*set)(struct otelc_http_headers_writer *writer, const char *key, const char *value);
};

struct otelc_http_headers_reader {
	struct otelc_text_map text_map;
	int (*foreach_key)(const struct otelc_http_headers_reader *reader,
		int (*handler)(void *arg, const char *key, const char *value), void *arg);
};

/* ---- Spans ------------------------------------------------------------------------------- */

typedef enum {
	OTELC_SPAN_STATUS_IGNORE = -1,
	OTELC_SPAN_STATUS_UNSET,
	OTELC_SPAN_STATUS_OK,
	OTELC_SPAN_STATUS_ERROR,
} otelc_span_status_t;

typedef enum {
	OTELC_SPAN_KIND_UNSPECIFIED = -1,
	OTELC_SPAN_KIND_INTERNAL,
	OTELC_SPAN_KIND_SERVER,
	OTELC_SPAN_KIND_CLIENT,
	OTELC_SPAN_KIND_PRODUCER,
	OTELC_SPAN_KIND_CONSUMER,
} otelc_span_kind_t;

struct otelc_span_link {
	const struct otelc_span *span;
	const struct otelc_span_context *context;
	const struct otelc_kv *kv;
	size_t kv_len;
};

struct otelc_span_context_ops {
	int (*is_valid)(const struct otelc_span_context *context);
	int (*is_sampled)(const struct otelc_span_context *context);
	int (*is_remote)(const struct otelc_span_context *context);
	int (*get_id)(const struct otelc_span_context *context, uint8_t *span_id,
		size_t span_id_size, uint8_t *trace_id, size_t trace_id_size,
		uint8_t *trace_flags);
	void (*destroy)(struct otelc_span_context **context);
};

struct otelc_span_context {
	int64_t idx;
	const struct otelc_span_context_ops *ops;
};

struct otelc_span_ops {
	int (*get_id)(const struct otelc_span *span, uint8_t *span_id, size_t span_id_size,
		uint8_t *trace_id, size_t trace_id_size, uint8_t *trace_flags);
	int (*is_recording)(const struct otelc_span *span);
	void (*end)(struct otelc_span **span);
	void (*end_with_options)(struct otelc_span **span, const struct timespec *ts_steady,
		otelc_span_status_t status, const char *desc);
	void (*set_operation_name)(const struct otelc_span *span, const char *operation_name);
	int (*set_baggage_var)(
		const struct otelc_span *span, const char *key, const char *value, ...);
	int (*set_baggage_kv_var)(const struct otelc_span *span, const struct otelc_kv *kv, ...);
	int (*set_baggage_kv_n)(
		const struct otelc_span *span, const struct otelc_kv *kv, size_t kv_len);
	int (*set_baggage)(const struct otelc_span *span, const char *key, const char *value);
	char *(*get_baggage)(const struct otelc_span *span, const char *key);
	struct otelc_text_map *(*get_baggage_var)(
		const struct otelc_span *span, const char *key, ...);
	int (*set_attribute_var)(const struct otelc_span *span, const char *key,
		const struct otelc_value *value, ...);
	int (*set_attribute_kv_var)(
		const struct otelc_span *span, const struct otelc_kv *kv, ...);
	int (*set_attribute_kv_n)(
		const struct otelc_span *span, const struct otelc_kv *kv, size_t kv_len);
	int (*add_event_var)(const struct otelc_span *span, const char *name,
		const struct timespec *ts_system, const char *key, const struct otelc_value *value,
		...);
	int (*add_event_kv_var)(const struct otelc_span *span, const char *name,
		const struct timespec *ts_system, const struct otelc_kv *kv, ...);
	int (*add_event_kv_n)(const struct otelc_span *span, const char *name,
		const struct timespec *ts_system, const struct otelc_kv *kv, size_t kv_len);
	int (*add_link)(const struct otelc_span *span, const struct otelc_span *link_span,
		const struct otelc_span_context *link_context, const struct otelc_kv *kv,
		size_t kv_len);
	int (*set_status)(
		const struct otelc_span *span, otelc_span_status_t status, const char *desc);
	int (*inject_text_map)(
		const struct otelc_span *span, struct otelc_text_map_writer *carrier);
	int (*inject_http_headers)(
		const struct otelc_span *span, struct otelc_http_headers_writer *carrier);
	int (*record_exception)(const struct otelc_span *span, const char *type,
		const char *message, const char *stacktrace, const struct timespec *ts_system,
		const struct otelc_kv *kv, size_t kv_len);
	void (*destroy)(struct otelc_span **span);
};

struct otelc_span {
	int64_t idx;
	struct otelc_tracer *tracer;
	const struct otelc_span_ops *ops;
};

/* ---- Tracers ----------------------------------------------------------------------------- */

struct otelc_tracer_ops {
	struct otelc_span *(*start_span)(struct otelc_tracer *tracer, const char *operation_name);
	struct otelc_span *(*start_span_with_options)(struct otelc_tracer *tracer,
		const char *operation_name, const struct otelc_span *parent_span,
		const struct otelc_span_context *parent_context, const struct timespec *ts_steady,
		const struct timespec *ts_system, otelc_span_kind_t kind,
		const struct otelc_span_link *links, size_t links_len);
	struct otelc_span_context *(*extract_text_map)(
		struct otelc_tracer *tracer, const struct otelc_text_map_reader *carrier);
	struct otelc_span_context *(*extract_http_headers)(
		struct otelc_tracer *tracer, const struct otelc_http_headers_reader *carrier);
	int (*enabled)(struct otelc_tracer *tracer);
	int (*force_flush)(struct otelc_tracer *tracer, const struct timespec *timeout);
	int (*shutdown)(struct otelc_tracer *tracer, const struct timespec *timeout);
	int (*start)(struct otelc_tracer *tracer);
	void (*destroy)(struct otelc_tracer **tracer);
};

struct otelc_tracer {
	char *err;
	char *scope_name;
	bool enabled;
	const struct otelc_tracer_ops *ops;
	const struct otelc_ctx *ctx;
	void *impl;
};

struct otelc_tracer *otelc_tracer_create(const struct otelc_ctx *ctx, char **err);
struct otelc_ctx *otelc_init(const char *cfgfile, const char *name, char **err);
void otelc_deinit(struct otelc_ctx **ctx, struct otelc_tracer **tracer,
	struct otelc_meter **meter, struct otelc_logger **logger);

#ifdef __cplusplus
}
#endif

#endif
