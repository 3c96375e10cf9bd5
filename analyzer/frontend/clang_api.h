/* The functions of libclang that the frontend uses, found in the library at run time. */
#ifndef OTEL_TIDY_FRONTEND_CLANG_API_H
#define OTEL_TIDY_FRONTEND_CLANG_API_H

#include "base/arena.h"

#include <clang-c/Index.h>
#include <stdbool.h>

/* X(name without "clang_"). All exist in libclang 18; the newest of them, the operator kinds and
 * clang_getUnqualifiedType, came with 16 and 17. */
#define CLANG_API(X)                                                                               \
	X(CXXConstructor_isCopyConstructor)                                                        \
	X(CXXConstructor_isMoveConstructor)                                                        \
	X(CXXMethod_isConst)                                                                       \
	X(CXXMethod_isDefaulted)                                                                   \
	X(CXXMethod_isStatic)                                                                      \
	X(CXXMethod_isVirtual)                                                                     \
	X(Cursor_Evaluate)                                                                         \
	X(Cursor_getArgument)                                                                      \
	X(Cursor_getNumArguments)                                                                  \
	X(Cursor_getStorageClass)                                                                  \
	X(Cursor_getVarDeclInitializer)                                                            \
	X(Cursor_hasAttrs)                                                                         \
	X(Cursor_isInlineNamespace)                                                                \
	X(Cursor_isNull)                                                                           \
	X(Cursor_isVariadic)                                                                       \
	X(EnumDecl_isScoped)                                                                       \
	X(EvalResult_dispose)                                                                      \
	X(EvalResult_getAsDouble)                                                                  \
	X(EvalResult_getAsLongLong)                                                                \
	X(EvalResult_getAsUnsigned)                                                                \
	X(EvalResult_getKind)                                                                      \
	X(EvalResult_isUnsignedInt)                                                                \
	X(IndexAction_create)                                                                      \
	X(IndexAction_dispose)                                                                     \
	X(Location_isInSystemHeader)                                                               \
	X(PrintingPolicy_dispose)                                                                  \
	X(PrintingPolicy_setProperty)                                                              \
	X(Type_getNumTemplateArguments)                                                            \
	X(Type_getTemplateArgumentAsType)                                                          \
	X(createIndex)                                                                             \
	X(disposeDiagnostic)                                                                       \
	X(disposeIndex)                                                                            \
	X(disposeString)                                                                           \
	X(disposeTranslationUnit)                                                                  \
	X(equalCursors)                                                                            \
	X(getArgType)                                                                              \
	X(getArrayElementType)                                                                     \
	X(getCString)                                                                              \
	X(getCanonicalType)                                                                        \
	X(getClangVersion)                                                                         \
	X(getCursorBinaryOperatorKind)                                                             \
	X(getCursorDefinition)                                                                     \
	X(getCursorExtent)                                                                         \
	X(getCursorKind)                                                                           \
	X(getCursorLinkage)                                                                        \
	X(getCursorLocation)                                                                       \
	X(getCursorPrettyPrinted)                                                                  \
	X(getCursorPrintingPolicy)                                                                 \
	X(getCursorReferenced)                                                                     \
	X(getCursorResultType)                                                                     \
	X(getCursorSemanticParent)                                                                 \
	X(getCursorSpelling)                                                                       \
	X(getCursorType)                                                                           \
	X(getCursorUSR)                                                                            \
	X(getCursorUnaryOperatorKind)                                                              \
	X(getDiagnostic)                                                                           \
	X(getDiagnosticLocation)                                                                   \
	X(getDiagnosticSeverity)                                                                   \
	X(getDiagnosticSpelling)                                                                   \
	X(getEnumConstantDeclValue)                                                                \
	X(getExpansionLocation)                                                                    \
	X(getFile)                                                                                 \
	X(getFileContents)                                                                         \
	X(getFileName)                                                                             \
	X(getInclusions)                                                                           \
	X(getLocation)                                                                             \
	X(getNullCursor)                                                                           \
	X(getNumArgTypes)                                                                          \
	X(getNumDiagnostics)                                                                       \
	X(getPointeeType)                                                                          \
	X(getRangeEnd)                                                                             \
	X(getRangeStart)                                                                           \
	X(getResultType)                                                                           \
	X(getSpecializedCursorTemplate)                                                            \
	X(getSpellingLocation)                                                                     \
	X(getTranslationUnitCursor)                                                                \
	X(getTypeDeclaration)                                                                      \
	X(getTypeSpelling)                                                                         \
	X(getUnqualifiedType)                                                                      \
	X(indexSourceFileFullArgv)                                                                 \
	X(isConstQualifiedType)                                                                    \
	X(isDeclaration)                                                                           \
	X(isExpression)                                                                            \
	X(isInvalidDeclaration)                                                                    \
	X(isPODType)                                                                               \
	X(isStatement)                                                                             \
	X(isVolatileQualifiedType)                                                                 \
	X(parseTranslationUnit2FullArgv)                                                           \
	X(visitChildren)

struct clang_api {
#define X(name) __typeof__(clang_##name) *name;
	CLANG_API(X)
#undef X
};

/* Filled by clang_api_load; there is one library in a process. */
extern struct clang_api clang;

struct clang_library {
	void *handle;
	const char *path;
	const char *version;
	int major;
};

/* The i-th name under which the library is looked for; NULL after the last. */
const char *clang_api_place(struct arena *a, size_t i);

/* False: `error` says what was tried and what to install. */
bool clang_api_load(struct arena *a, struct clang_library *lib, const char **error);

#endif
