// SPDX-License-Identifier: MIT
// Fusing: one instruction of the private stream does what several in a row do.
//
// Only the first word of a sequence changes. The words behind stay as they are: jumps into the
// sequence find them, and so does the fused instruction when its guess fails, by going to the
// plain form of its first. What follows what is known before anything runs; what operands will be
// is a guess, and one that fails by type is not made again (unfuse in dispatch.c).
#include "interp/fuse.h"
#include "runtime/string.h"

// Longest sequence.
enum { FUSE_MAX = 9 }; // parts

// The stream being fused.
typedef struct Fuse {
  const Code *code;
  uint32_t *words;        // of the stream
  const uint32_t *begins; // indices of the first words of instructions
  uint32_t count;         // instructions
} Fuse;

// Further condition on a sequence; word: its first.
typedef bool (*FuseFits)(const Fuse *f, const uint32_t *word);

// A sequence and what stands for it.
typedef struct Fusion {
  uint16_t quick;             // StreamOp of the whole
  uint16_t ops[FUSE_MAX + 1]; // of its parts, FUSE_END behind them
  FuseFits fits;              // NULL: always
} Fusion;

enum {
  FUSE_END = STREAM_COUNT, // no further part
  FUSE_BRANCH,             // JUMP_IF_FALSE, JUMP_IF_TRUE or JUMP_IF_TRUE_BACK
};

// ---- conditions

// x += n of one local.
static bool fuse_same_local(const Fuse *f, const uint32_t *word) { return word[7] == word[1]; }

// The loop over self's elements in core code: i += n, then i < length.
static bool fuse_core_loop(const Fuse *f, const uint32_t *word) {
  return f->code->core && word[7] == word[1] && word[9] == word[1];
}

// Core code, where `self[i]` is no call.
static bool fuse_core(const Fuse *f, const uint32_t *word) { return f->code->core; }

// LOAD_LOCAL, CALL_METHOD without arguments.
static bool fuse_local_call(const Fuse *f, const uint32_t *word) {
  return ((const InlineCache *)f->code->caches)[word[3]].call.argc == 0;
}

// LOAD_SELF, CALL_METHOD without arguments.
static bool fuse_self_call(const Fuse *f, const uint32_t *word) {
  return ((const InlineCache *)f->code->caches)[word[2]].call.argc == 0;
}

// Two locals, the second of which no call takes: that goes with the call.
static bool fuse_two_locals(const Fuse *f, const uint32_t *word) {
  return word[4] != STREAM_CALL_METHOD;
}

// BUILD_DICT, a call with those keywords and without splat.
static bool fuse_keywords(const Fuse *f, const uint32_t *word) {
  uint32_t flags = ((const InlineCache *)f->code->caches)[word[3]].call.flags;
  return word[1] > 0 && (flags & (OPF_KW | OPF_SPLAT)) == OPF_KW;
}

// Words of the load of a local that a sequence begins with.
static uint32_t fuse_load_words(const uint32_t *word) { return *word == STREAM_LOAD_LOCAL ? 2 : 3; }

// BUILD_DICT, the load of a block, TO_BLOCK, a call with those keywords and without splat.
static bool fuse_keywords_pass(const Fuse *f, const uint32_t *word) {
  const uint32_t *call = word + 3 + fuse_load_words(word + 2);
  uint32_t flags = ((const InlineCache *)f->code->caches)[call[1]].call.flags;
  return word[1] > 0 && (flags & (OPF_KW | OPF_SPLAT)) == OPF_KW;
}

// BUILD_DICT, YIELD of those keywords without splat.
static bool fuse_keywords_yield(const Fuse *f, const uint32_t *word) {
  return word[1] > 0 && (word[4] & (OPF_KW | OPF_SPLAT)) == OPF_KW;
}

// Keywords of `...`: a Hash that is empty so far, for a call with a splat and a block, which takes
// nil for none.
static bool fuse_forwards(const Fuse *f, const uint32_t *word) {
  if (word[1] != 0) return false;
  const uint32_t *at = word + 4 + fuse_load_words(word + 2);
  if (*at != STREAM_LOAD_LOCAL && *at != STREAM_GET_UPVALUE_1) return false;
  at += fuse_load_words(at);
  if (at[0] != STREAM_TO_BLOCK || (at[1] != STREAM_CALL_PASS && at[1] != STREAM_SUPER_PASS))
    return false;
  uint32_t both = OPF_KW | OPF_SPLAT;
  return (((const InlineCache *)f->code->caches)[at[2]].call.flags & both) == both;
}

// BUILD_ARRAY, YIELD of one plain value.
static bool fuse_yield(const Fuse *f, const uint32_t *word) { return word[3] == 1 && !word[4]; }

// PUSH_CONST of a Symbol, PICK of what was the top.
static bool fuse_symbol_case(const Fuse *f, const uint32_t *word) {
  return word[3] == 1 && val_is_symbol(f->code->chunk->consts[word[1]]);
}

// PUSH_INT or PUSH_SHARED, PICK of what was the top.
static bool fuse_case(const Fuse *f, const uint32_t *word) { return word[3] == 1; }

// A FOLD that relies on operators alone. Texts rely on to_s, which changes no table of handlers.
static bool fuse_fold(const Fuse *f, const uint32_t *word) {
  return !val_is_string(f->code->chunk->consts[word[1]]);
}

// ---- sequences

#define SEQ(QUICK, fits, ...) \
  { STREAM_##QUICK, {__VA_ARGS__, FUSE_END}, fits }
#define LOCAL STREAM_LOAD_LOCAL
#define INT STREAM_PUSH_INT
// A comparison of a local with a local, of one with a small Integer; then the jump.
#define COMPARISON(NAME)                                                 \
  SEQ(NAME##_LOCALS_IF, NULL, LOCAL, LOCAL, STREAM_##NAME, FUSE_BRANCH), \
      SEQ(NAME##_LOCAL_INT_IF, NULL, LOCAL, INT, STREAM_##NAME, FUSE_BRANCH)
// One of the top with a small Integer.
#define COMPARISON_CONST(NAME) SEQ(NAME##_CONST_IF, NULL, INT, STREAM_##NAME, FUSE_BRANCH)

// `when` of a constant.
#define CASE_TEST(NAME, fits, first) \
  SEQ(NAME, fits, first, STREAM_PICK, STREAM_CASE_EQ, FUSE_BRANCH)

// Keywords and the block in a local; keywords of `...`.
#define PASSED(load, call) \
  SEQ(BUILD_DICT_PASS, fuse_keywords_pass, STREAM_BUILD_DICT, load, STREAM_TO_BLOCK, call)
#define FORWARDED(load) \
  SEQ(BUILD_DICT_FORWARD, fuse_forwards, STREAM_BUILD_DICT, load, STREAM_TO_HASH, STREAM_HASH_MERGE)

// By the first part. Where two sequences may match, the longer one comes first.
static const Fusion fuse_local[] = {
    SEQ(NEXT_ELEMENT, fuse_core_loop, LOCAL, INT, STREAM_ADD, STREAM_STORE_LOCAL, LOCAL,
        STREAM_LOAD_SELF, STREAM_CORE_LENGTH, STREAM_LT, STREAM_JUMP_IF_TRUE_BACK),
    SEQ(ADD_LOCAL_INT, fuse_same_local, LOCAL, INT, STREAM_ADD, STREAM_STORE_LOCAL),
    COMPARISON(EQ),
    COMPARISON(LT),
    COMPARISON(LE),
    COMPARISON(GT),
    COMPARISON(GE),
    SEQ(LT_LOCAL_SELF_IF, NULL, LOCAL, STREAM_LOAD_SELF, STREAM_LT, FUSE_BRANCH),
    SEQ(LOCAL_ELEMENT, NULL, LOCAL, LOCAL, STREAM_INDEX_GET),
    SEQ(LOCAL_PLUS_INT, NULL, LOCAL, INT, STREAM_ADD),
    SEQ(LOCAL_MINUS_INT, NULL, LOCAL, INT, STREAM_SUB),
    SEQ(LOAD_LOCAL_INT, NULL, LOCAL, INT),
    SEQ(LOAD_LOCAL_LOCAL, fuse_two_locals, LOCAL, LOCAL),
    SEQ(ATTR_LOCAL, fuse_local_call, LOCAL, STREAM_CALL_METHOD),
    SEQ(CALL_LOCAL, NULL, LOCAL, STREAM_CALL_METHOD),
    SEQ(ELEMENT_LOCAL, NULL, LOCAL, STREAM_INDEX_GET),
    SEQ(RETURN_LOCAL, NULL, LOCAL, STREAM_RETURN),
};
static const Fusion fuse_int[] = {
    CASE_TEST(CASE_INT_IF, fuse_case, INT),
    COMPARISON_CONST(EQ),
    COMPARISON_CONST(LT),
    COMPARISON_CONST(LE),
    COMPARISON_CONST(GT),
    COMPARISON_CONST(GE),
    SEQ(ADD_CONST, NULL, INT, STREAM_ADD),
    SEQ(SUB_CONST, NULL, INT, STREAM_SUB),
    SEQ(MUL_CONST, NULL, INT, STREAM_MUL),
    SEQ(MOD_CONST, NULL, INT, STREAM_MOD),
};
static const Fusion fuse_self[] = {
    SEQ(SELF_ELEMENT, fuse_core, STREAM_LOAD_SELF, LOCAL, STREAM_INDEX_GET),
    SEQ(ATTR_SELF, fuse_self_call, STREAM_LOAD_SELF, STREAM_CALL_METHOD),
};
static const Fusion fuse_dict[] = {
    SEQ(BUILD_DICT_CALL, fuse_keywords, STREAM_BUILD_DICT, STREAM_CALL_METHOD),
    SEQ(BUILD_DICT_CALL, fuse_keywords, STREAM_BUILD_DICT, STREAM_CALL_WITH_BLOCK),
    SEQ(BUILD_DICT_SUPER, fuse_keywords, STREAM_BUILD_DICT, STREAM_CALL_SUPER),
    SEQ(BUILD_DICT_SUPER, fuse_keywords, STREAM_BUILD_DICT, STREAM_SUPER_WITH_BLOCK),
    PASSED(LOCAL, STREAM_CALL_PASS),
    PASSED(LOCAL, STREAM_SUPER_PASS),
    PASSED(STREAM_GET_UPVALUE_1, STREAM_CALL_PASS),
    PASSED(STREAM_GET_UPVALUE_1, STREAM_SUPER_PASS),
    SEQ(BUILD_DICT_YIELD, fuse_keywords_yield, STREAM_BUILD_DICT, STREAM_YIELD),
    FORWARDED(LOCAL),
    FORWARDED(STREAM_GET_UPVALUE_1),
};
static const Fusion fuse_array[] = {
    SEQ(YIELD_LIST, fuse_yield, STREAM_BUILD_ARRAY, STREAM_YIELD),
};
static const Fusion fuse_consts[] = {
    CASE_TEST(CASE_SYMBOL_IF, fuse_symbol_case, STREAM_PUSH_CONST),
};
static const Fusion fuse_shared[] = {
    CASE_TEST(CASE_STRING_IF, fuse_case, STREAM_PUSH_SHARED),
};
static const Fusion fuse_folds[] = {
    SEQ(FOLD_WORD, fuse_fold, STREAM_FOLD),
};

#undef SEQ
#undef LOCAL
#undef INT
#undef COMPARISON
#undef COMPARISON_CONST
#undef CASE_TEST
#undef PASSED
#undef FORWARDED

// Sequences with the same first part.
typedef struct FuseGroup {
  const Fusion *at;
  size_t count;
} FuseGroup;

// The sequences that an instruction may begin. PERF: most begin none, and starting a program that
// runs each of its bodies once would spend a fifth of its time looking.
static FuseGroup fuse_group(uint32_t op) {
#define GROUP(table) \
  (FuseGroup) { table, MX_COUNT_OF(table) }
  switch (op) {
  case STREAM_LOAD_LOCAL: return GROUP(fuse_local);
  case STREAM_PUSH_INT: return GROUP(fuse_int);
  case STREAM_LOAD_SELF: return GROUP(fuse_self);
  case STREAM_PUSH_CONST: return GROUP(fuse_consts);
  case STREAM_PUSH_SHARED: return GROUP(fuse_shared);
  case STREAM_BUILD_DICT: return GROUP(fuse_dict);
  case STREAM_BUILD_ARRAY: return GROUP(fuse_array);
  case STREAM_FOLD: return GROUP(fuse_folds);
  default: return (FuseGroup){0};
  }
#undef GROUP
}

// Is the instruction of number `at` the part of a sequence?
static bool fuse_is_part(const Fuse *f, uint32_t at, uint16_t part) {
  if (at >= f->count) return false;
  uint32_t op = f->words[f->begins[at]];
  if (part == FUSE_BRANCH) return mx_stream_is_branch(op);
  return op == part;
}

// Does the sequence begin at the instruction of number `at`?
static bool fuse_matches(const Fuse *f, const Fusion *fusion, uint32_t at) {
  for (uint32_t i = 0; fusion->ops[i] != FUSE_END; i++)
    if (!fuse_is_part(f, at + i, fusion->ops[i])) return false;
  return !fusion->fits || fusion->fits(f, &f->words[f->begins[at]]);
}

void mx_stream_fuse(Code *code, uint32_t *words, const uint32_t *begins, uint32_t count) {
  Fuse f = {.code = code, .words = words, .begins = begins, .count = count};
  for (uint32_t at = 0; at < count; at++) {
    FuseGroup group = fuse_group(words[begins[at]]);
    for (size_t i = 0; i < group.count; i++) {
      if (!fuse_matches(&f, &group.at[i], at)) continue;
      words[begins[at]] = group.at[i].quick;
      break;
    }
  }
}
