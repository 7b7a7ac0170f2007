// SPDX-License-Identifier: MIT
// Summing up counts and samples.
#include "interp/profile_sum.h"
#include "runtime/string.h"
#include "interp/backtrace.h"

// What the functions of this file hand on.
typedef struct Sum {
  ExecCtx *ec;
  ProfileSum *out;
  const CodeProfile *profile; // being visited
  uint32_t method;            // its entry
  uint32_t first_loop;        // its first entry of loops
} Sum;

// ---- entries

// The number of an entry with a key; *fresh: it is new, the next one of its table.
static uint32_t sum_find(ByteMap *map, const void *key, size_t len, uint32_t next, bool *fresh) {
  uint64_t value = next;
  *fresh = mx_bytemap_intern(map, key, len, &value) != NULL;
  return (uint32_t)value;
}

// The method entry with a label at a place; file is NULL in the library.
static uint32_t sum_method(Sum *s, Value label, const char *file, uint32_t line,
                           ProfileEngine engine) {
  ProfileSum *out = s->out;
  StrBuf key = STRBUF_INIT;
  mx_strbuf_add(&key, mx_str_bytes(label), mx_str_len(label));
  if (file) mx_strbuf_printf(&key, "\n%s:%u", file, line);
  bool fresh;
  uint32_t at = sum_find(&out->method_keys, key.at, key.len, out->methods.count, &fresh);
  mx_strbuf_free(&key);
  if (!fresh) return at;
  char *name = mx_arena_copy(&out->arena, mx_str_bytes(label), mx_str_len(label));
  char *path = file ? mx_arena_copy(&out->arena, file, strlen(file)) : NULL;
  vec_push(&out->methods,
           ((ProfileMethod){.name = name, .file = path, .line = line, .engine = engine}));
  return at;
}

// The entry of a C leaf or a method of the library.
static uint32_t sum_leaf_method(Sum *s, const MethodEntry *me) {
  bool fresh, leaf = me->kind != METHOD_GUEST;
  uint32_t at = sum_find(&s->out->code_keys, &me, sizeof me, 0, &fresh);
  if (!fresh) return at;
  const Code *code = leaf ? NULL : ((const MethodCode *)me->as.code)->made;
  ProfileEngine engine = leaf ? PROFILE_C : code->stream ? PROFILE_BYTECODE : PROFILE_AST;
  // A label of any code with a method is that of the method.
  at = sum_method(s, mx_backtrace_method_label(s->ec, me), NULL, 0, engine);
  (void)mx_bytemap_put(&s->out->code_keys, (const char *)&me, sizeof me, at);
  return at;
}

// The method that a code belongs to; NULL for none.
static const MethodEntry *sum_method_of(const Code *code) {
  while (code && !code->method) code = code->parent ? code->parent : code->unit->outer;
  return code ? code->method : NULL;
}

// The entry of a code. Blocks in a method of the library are parts of it.
static uint32_t sum_code_method(Sum *s, const Code *code) {
  bool fresh;
  uint32_t at = sum_find(&s->out->code_keys, &code, sizeof code, 0, &fresh);
  if (!fresh) return at;
  const MethodEntry *me = sum_method_of(code);
  if (code->core && me) {
    at = sum_leaf_method(s, me);
  } else {
    Value label = mx_backtrace_label(s->ec, code, me);
    at = sum_method(s, label, code->core ? NULL : code->unit->source->name,
                    code->core ? 0 : mx_code_line(code, code->start),
                    code->stream ? PROFILE_BYTECODE : PROFILE_AST);
  }
  (void)mx_bytemap_put(&s->out->code_keys, (const char *)&code, sizeof code, at);
  return at;
}

// The entry of a line of a code of the program.
static uint32_t sum_line(Sum *s, const Code *code, uint32_t place) {
  ProfileSum *out = s->out;
  const Source *source = code->unit->source;
  uint32_t line = mx_code_line(code, mx_frame_site_of(code, place));
  StrBuf key = STRBUF_INIT;
  mx_strbuf_printf(&key, "%s:%u", source->name, line);
  bool fresh;
  uint32_t at = sum_find(&out->line_keys, key.at, key.len, out->lines.count, &fresh);
  mx_strbuf_free(&key);
  if (fresh)
    vec_push(&out->lines, ((ProfileLine){.source = source, .file = source->name, .line = line}));
  return at;
}

// ---- counts

// Note the loop that a jump back closes.
static void sum_loop(Sum *s, const Instruction *in) {
  int jump = mx_op_find_operand(in->op, 'J');
  if (jump < 0 || in->operands[jump] > in->pc || s->profile->code->core) return;
  if (in->op == OP_BREAK || in->op == OP_CONTINUE) return;
  ProfileSum *out = s->out;
  uint32_t start = in->operands[jump], line = sum_line(s, s->profile->code, in->pc);
  for (uint32_t i = s->first_loop; i < out->loops.count; i++) {
    if (out->loops.at[i].start != start) continue;
    out->loops.at[i].end = in->pc;
    return;
  }
  vec_push(&out->loops,
           ((ProfileLoop){.code = s->profile->code, .start = start, .end = in->pc, .line = line}));
}

// Add the executions of one instruction.
static void sum_instruction(void *ctx, const Instruction *in, uint64_t count) {
  Sum *s = ctx;
  const Code *code = s->profile->code;
  s->out->ops[in->op] += count;
  s->out->methods.at[s->method].instructions += count;
  *(code->core ? &s->out->library : &s->out->instructions) += count;
  if (code->core || count == 0) return;
  uint32_t line = sum_line(s, code, in->pc);
  s->out->lines.at[line].instructions += count;
  sum_loop(s, in);
}

// Add them to the loops that they are in.
static void sum_in_loops(void *ctx, const Instruction *in, uint64_t count) {
  Sum *s = ctx;
  for (uint32_t i = s->first_loop; i < s->out->loops.count; i++) {
    ProfileLoop *loop = &s->out->loops.at[i];
    if (in->pc >= loop->start && in->pc <= loop->end) loop->instructions += count;
    if (in->pc == loop->start) loop->iterations = count;
  }
}

// Add the objects that were allocated in a code of the program.
static void sum_allocations(Sum *s) {
  const CodeProfile *profile = s->profile;
  ProfileMethod *method = &s->out->methods.at[s->method];
  method->allocations += profile->allocated;
  for (uint32_t pc = 0; profile->allocs && pc < profile->code->chunk->code_len; pc++) {
    uint64_t count = profile->allocs[pc];
    if (count == 0) continue;
    method->allocations += count;
    uint32_t line = sum_line(s, profile->code, pc);
    s->out->lines.at[line].allocations += count;
  }
}

// Add all that was counted of one code.
static void sum_code(Sum *s, const CodeProfile *profile) {
  s->profile = profile;
  s->method = sum_code_method(s, profile->code);
  s->first_loop = s->out->loops.count;
  ProfileMethod *method = &s->out->methods.at[s->method];
  uint64_t calls = mx_profile_calls(profile);
  // Blocks inside a library method are no calls of it.
  if (!profile->code->core || profile->code->method) method->calls += calls;
  method->counted = true;
  if (!profile->code->core) s->out->calls += calls;
  mx_profile_each(profile, sum_instruction, s);
  if (!profile->code->core) sum_allocations(s);
  if (s->out->loops.count == s->first_loop) return;
  mx_profile_each(profile, sum_in_loops, s);
  (void)mx_bytemap_put(&s->out->loop_keys, (const char *)&profile->code, sizeof profile->code,
                       s->first_loop);
}

// ---- samples

// What a node of the sample tree stands for.
typedef struct SumNode {
  uint32_t shown;    // entry of stacks
  uint32_t guest;    // the innermost frame of the program in it, 0 for none
  uint32_t line;     // that frame's line
  bool taken;        // behind that frame stands a method of the library already
  uint64_t total_ns; // of the node and those above
} SumNode;

// The stack of a method that another stack called.
static uint32_t sum_stack(ProfileSum *out, uint32_t parent, uint32_t method) {
  uint32_t key[2] = {parent, method};
  bool fresh;
  uint32_t at = sum_find(&out->stack_keys, key, sizeof key, out->stacks.count, &fresh);
  if (fresh) vec_push(&out->stacks, ((ProfileStack){.parent = parent, .method = method}));
  return at;
}

// Place a node behind its parent's, by the rules of backtraces.
static SumNode sum_place(Sum *s, const SampleNode *node, SumNode at, uint32_t number) {
  at.total_ns = node->ns;
  const MethodEntry *leaf = node->leaf;
  bool core = !node->code || node->code->core;
  if (core && node->code && !leaf) leaf = node->code->method;
  if (core && node->code && leaf && mx_backtrace_calls_on(s->ec, leaf)) leaf = NULL;
  if (leaf && !at.taken) {
    at.shown = sum_stack(s->out, at.shown, sum_leaf_method(s, leaf));
    at.taken = true;
  }
  if (core) return at;
  at.shown = sum_stack(s->out, at.shown, sum_code_method(s, node->code));
  at.line = sum_line(s, node->code, node->place);
  at.guest = number;
  at.taken = false;
  return at;
}

// Is a frame in a loop?
static bool sum_is_in(const ProfileLoop *loop, const SampleNode *node) {
  return node->code == loop->code && node->place >= loop->start && node->place <= loop->end;
}

// Does a caller of the node stand in the loop, too?
static bool sum_loop_again(const SampleTree *tree, const ProfileLoop *loop, uint32_t number) {
  for (uint32_t i = tree->nodes[number].parent; i > 1; i = tree->nodes[i].parent)
    if (sum_is_in(loop, &tree->nodes[i])) return true;
  return false;
}

// Does a caller of the node stand at the same line, too?
static bool sum_line_again(const SampleTree *tree, const SumNode *nodes, uint32_t number) {
  for (uint32_t i = tree->nodes[number].parent; i > 1; i = tree->nodes[i].parent)
    if (nodes[i].guest == i && nodes[i].line == nodes[number].line) return true;
  return false;
}

// Add a node's time to the loops around the frame `at`; self: the node, if it is its own time and
// not that of all above.
static void sum_loop_times(Sum *s, const SampleTree *tree, uint32_t at, uint64_t ns,
                           const SampleNode *self) {
  const SampleNode *node = &tree->nodes[at];
  uint64_t first;
  if (!mx_bytemap_get(&s->out->loop_keys, (const char *)&node->code, sizeof node->code, &first))
    return;
  for (uint32_t i = (uint32_t)first; i < s->out->loops.count; i++) {
    ProfileLoop *loop = &s->out->loops.at[i];
    if (loop->code != node->code) break;
    if (!sum_is_in(loop, node)) continue;
    if (self) {
      loop->self_ns += ns;
      if (self->machine) loop->machine_ns += ns;
    } else if (!sum_loop_again(tree, loop, at)) {
      loop->total_ns += ns;
    }
  }
}

// Add one node's time to its line, loops and stack.
static void sum_node(Sum *s, const SampleTree *tree, const SumNode *nodes, uint32_t number) {
  const SampleNode *node = &tree->nodes[number];
  const SumNode *at = &nodes[number];
  ProfileStack *stack = &s->out->stacks.at[at->shown];
  stack->samples += node->samples;
  stack->self_ns += node->ns;
  if (node->machine && node->code) stack->machine_ns += node->ns; // C is C, whoever calls it
  if (at->guest == 0) return;
  s->out->lines.at[at->line].self_ns += node->ns;
  if (node->machine) s->out->lines.at[at->line].machine_ns += node->ns;
  sum_loop_times(s, tree, at->guest, node->ns, node);
  if (at->guest != number) return;
  if (!sum_line_again(tree, nodes, number)) s->out->lines.at[at->line].total_ns += at->total_ns;
  sum_loop_times(s, tree, number, at->total_ns, NULL);
}

// Is the method of a stack among its callers?
static bool sum_method_again(const ProfileSum *out, uint32_t number) {
  for (uint32_t i = out->stacks.at[number].parent; i; i = out->stacks.at[i].parent)
    if (out->stacks.at[i].method == out->stacks.at[number].method) return true;
  return false;
}

// Add the times of stacks to their methods. Callees have greater numbers than their callers.
static void sum_methods(ProfileSum *out) {
  for (uint32_t i = out->stacks.count - 1; i > 0; i--) {
    ProfileStack *stack = &out->stacks.at[i];
    ProfileMethod *method = &out->methods.at[stack->method];
    stack->total_ns += stack->self_ns;
    out->stacks.at[stack->parent].total_ns += stack->total_ns;
    method->samples += stack->samples;
    method->self_ns += stack->self_ns;
    method->machine_ns += stack->machine_ns;
    if (!sum_method_again(out, i)) method->total_ns += stack->total_ns;
  }
}

// Add all samples.
static void sum_samples(Sum *s, const SampleTree *tree) {
  VEC(SumNode) nodes = {0};
  vec_push(&s->out->stacks, (ProfileStack){0});
  vec_push(&nodes, (SumNode){.total_ns = tree->nodes[0].ns});
  uint32_t cut = 0;
  if (tree->nodes[1].samples > 0 || tree->samples > 0)
    cut = sum_stack(s->out, 0, sum_method(s, mx_str_from_cstr(s->ec, "..."), NULL, 0, PROFILE_C));
  vec_push(&nodes, ((SumNode){.shown = cut, .total_ns = tree->nodes[1].ns}));
  for (uint32_t i = 2; i < tree->count; i++) {
    SumNode node = sum_place(s, &tree->nodes[i], nodes.at[tree->nodes[i].parent], i);
    vec_push(&nodes, node);
  }
  for (uint32_t i = tree->count - 1; i > 1; i--)
    nodes.at[tree->nodes[i].parent].total_ns += nodes.at[i].total_ns;
  for (uint32_t i = 0; i < tree->count; i++) sum_node(s, tree, nodes.at, i);
  vec_free(&nodes);
  sum_methods(s->out);
}

void mx_profile_sum(ExecCtx *ec, const Profiler *profiler, ProfileSum *out) {
  *out = (ProfileSum){0};
  mx_arena_init(&out->arena, mx_arena_malloc_source());
  Sum s = {.ec = ec, .out = out};
  if (!profiler->options.sample_only)
    for (const CodeProfile *p = profiler->codes; p; p = p->next) sum_code(&s, p);
  sum_samples(&s, &profiler->tree);
}

void mx_profile_sum_free(ProfileSum *sum) {
  vec_free(&sum->methods);
  vec_free(&sum->lines);
  vec_free(&sum->loops);
  vec_free(&sum->stacks);
  mx_bytemap_free(&sum->method_keys);
  mx_bytemap_free(&sum->code_keys);
  mx_bytemap_free(&sum->line_keys);
  mx_bytemap_free(&sum->stack_keys);
  mx_bytemap_free(&sum->loop_keys);
  mx_arena_free(&sum->arena);
}
