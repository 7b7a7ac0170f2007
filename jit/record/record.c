// SPDX-License-Identifier: MIT
// Following the interpreter: contexts are entered and left as frames are, and each instruction
// notes what it finds.
#include "jit/record/record.h"
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/proc.h"
#include "jit/record/loops.h"

// ---- sets of types

// Kinds by the low bits and the well-known words of a value.
static uint8_t seen_kind(Value v) {
  if (val_is_fixnum(v)) return SEEN_INT;
  if (val_is_flonum(v)) return SEEN_FLOAT;
  if (val_is_symbol(v)) return SEEN_SYMBOL;
  switch (v) {
  case VAL_NIL: return SEEN_NIL;
  case VAL_TRUE: return SEEN_TRUE;
  case VAL_FALSE: return SEEN_FALSE;
  case VAL_UNDEF: return SEEN_UNDEF;
  default: return SEEN_HEAP;
  }
}

// Enter a shape as the newest; whether that is new.
static bool seen_enter(TypeSet *set, uint32_t shape) {
  uint32_t at = 0;
  while (at < set->shape_count && set->shapes[at] != shape) at++;
  bool news = at == set->shape_count, full = news && at == SEEN_MAX_SHAPES;
  if (full) {
    news = !set->many;
    set->many = true;
    at = 0;
  } else if (news) {
    set->shape_count++;
  }
  uint32_t last = set->shape_count - 1u;
  for (; at < last; at++) set->shapes[at] = set->shapes[at + 1];
  set->shapes[last] = shape;
  return news;
}

// Note the shape of an object; whether that is new.
static bool seen_shape(TypeSet *set, Value v) {
  if (val_heap_type(v) == T_FLOAT) {
    bool news = !set->boxed;
    return set->boxed = true, news;
  }
  if (val_heap_type(v) == T_ARRAY)
    set->strategies |= (uint8_t)(1u << mx_array_strategy(val_to_array(v)));
  return seen_enter(set, val_header(v)->shape);
}

// Note a value; the number of facts that are new.
static uint32_t seen_add(TypeSet *set, Value v) {
  uint8_t kind = seen_kind(v);
  uint32_t news = !(set->kinds & kind);
  set->kinds |= kind;
  if (kind == SEEN_HEAP) news += seen_shape(set, v);
  return news;
}

uint8_t mx_seen_only(const TypeSet *set) {
  uint8_t kinds = set->kinds;
  if (set->boxed && set->shape_count == 0 && !(kinds & ~(SEEN_FLOAT | SEEN_HEAP)))
    return SEEN_FLOAT;
  return kinds & (uint8_t)(kinds - 1) ? 0 : kinds;
}

// ---- contexts

static RecordContext *record_context(Record *rec, RecordContext *caller, uint32_t call_pc,
                                     const Frame *fr) {
  RecordContext *cx = mx_arena_new(&rec->arena, RecordContext);
  cx->caller = caller;
  cx->frame.call_pc = call_pc;
  cx->frame.code = fr->code;
  cx->frame.me = fr->me;
  cx->frame.me_at = fr->me_at;
  cx->frame.lex = fr->lex;
  cx->frame.leaf = fr->leaf;
  cx->frame.flags = fr->flags & ~(uint32_t)(FRAME_ENTRY | FRAME_SWITCH_DUE);
  cx->depth = caller ? caller->depth + 1 : 0;
  cx->has_block = fr->block != NULL;
  cx->seen = mx_arena_array(&rec->arena, Seen *, fr->code->chunk->code_len + 1);
  return cx;
}

const Seen *mx_record_seen(const RecordContext *context, uint32_t pc) { return context->seen[pc]; }

// Keep what was noted at an instruction before the recording that follows an exit.
static void record_keep(Record *rec, Seen **slot) {
  RecordKept *kept = mx_gc_alloc_words(sizeof *kept);
  *kept = (RecordKept){.next = rec->kept, .slot = slot, .was = **slot};
  rec->kept = kept;
  (*slot)->kept = rec->number;
}

// What is noted at an instruction, made at need.
static Seen *record_at(Record *rec, RecordContext *cx, uint32_t pc) {
  if (!cx->seen[pc]) {
    cx->seen[pc] = mx_arena_new(&rec->arena, Seen);
    rec->facts++;
  }
  if (rec->keeps && cx->seen[pc]->kept != rec->number) record_keep(rec, &cx->seen[pc]);
  return cx->seen[pc];
}

// Copy what the region begins with, of each entry, to where it is kept or back.
static void record_copy_values(Record *rec, bool back) {
  for (uint32_t e = 0; e < rec->entries; e++) {
    RecordContext *cx = rec->entry[e].cx;
    size_t bytes = cx->frame.code->local_count * sizeof(TypeSet);
    TypeSet *kept = rec->kept_values[e];
    if (!back) kept = rec->kept_values[e] = mx_gc_alloc_words(bytes + sizeof(TypeSet));
    memcpy(back ? &cx->self : kept, back ? kept : &cx->self, sizeof(TypeSet));
    if (bytes) memcpy(back ? cx->locals : kept + 1, back ? kept + 1 : cx->locals, bytes);
  }
}

void mx_record_accept(Record *rec) {
  rec->keeps = false;
  rec->kept = NULL;
  memset(rec->kept_values, 0, sizeof rec->kept_values);
}

void mx_record_forget(Record *rec) {
  if (!rec->keeps) return;
  for (RecordKept *kept = rec->kept; kept; kept = kept->next) {
    **kept->slot = kept->was;
    if (kept->was.count == 0) *kept->slot = NULL;
  }
  record_copy_values(rec, true);
  rec->facts = rec->kept_facts;
  mx_record_accept(rec);
}

// How many activations of what a frame runs the path has. Closures of one code count as one when
// they are in one Env: a chain of different ones is no recursion.
static uint32_t record_recursion(const Record *rec, const Frame *fr) {
  uint32_t count = 0;
  for (const RecordContext *cx = rec->at; cx; cx = cx->caller)
    count += cx->frame.code == fr->code && rec->path[cx->depth]->outer == fr->outer;
  return count;
}

// The context of a callee of the instruction that the innermost frame executes; NULL where it has
// called too many different ones.
static RecordContext *record_callee(Record *rec, const Frame *fr) {
  uint32_t call_pc = mx_code_pc(rec->at->frame.code, rec->frame->ip - 1);
  Seen *call = record_at(rec, rec->at, call_pc);
  uint32_t count = 0;
  for (RecordContext *cx = call->callees; cx; cx = cx->next, count++)
    if (cx->frame.code == fr->code && cx->frame.me == fr->me && cx->frame.leaf == fr->leaf)
      return cx;
  if (count >= RECORD_MAX_CALLEES) return NULL;
  RecordContext *cx = record_context(rec, rec->at, call_pc, fr);
  cx->next = call->callees;
  call->callees = cx;
  rec->facts++;
  return cx;
}

// A frame was pushed by the one that is followed: follow it, or wait until it is left. One that C
// has made for backtraces alone never runs.
static void record_enter_one(Record *rec, Frame *fr) {
  bool inlines = fr->prev == rec->frame && !(fr->flags & FRAME_ENTRY) && fr->ip &&
                 fr->code->stream && rec->at->depth < rec->params->inline_depth &&
                 rec->at->depth < RECORD_MAX_DEPTH &&
                 record_recursion(rec, fr) < rec->params->inline_recursion;
  RecordContext *callee = inlines ? record_callee(rec, fr) : NULL;
  if (!callee) {
    rec->opaque = fr;
    return;
  }
  rec->at = callee;
  rec->frame = rec->path[rec->at->depth] = fr;
  rec->last = NULL;
}

// Frames were pushed: one, or as many as machine code that was left rebuilt.
static void record_enter_all(Record *rec, Frame *fr) {
  if (fr->prev > rec->frame) record_enter_all(rec, fr->prev);
  if (!rec->opaque) record_enter_one(rec, fr);
}

// Follow them. False: another frame lies in the place of the one that was followed.
static bool record_enter(Record *rec, Frame *fr) {
  if (rec->frame->code != rec->at->frame.code) return false;
  record_enter_all(rec, fr);
  return true;
}

// Frames were popped down to fr: go back to its context. False: the head was left, or another frame
// lies in the place of the one that was followed (machine code took an exception and called).
static bool record_leave(Record *rec, const Frame *fr) {
  while (rec->frame != fr) {
    if (rec->at == rec->head || rec->frame < fr) return false;
    uint32_t call_pc = rec->at->frame.call_pc;
    rec->at = rec->at->caller;
    rec->frame = rec->path[rec->at->depth];
    rec->last = record_at(rec, rec->at, call_pc);
  }
  return fr->code == rec->at->frame.code;
}

// ---- loops

bool mx_record_knows_loop(Record *rec, const Frame *fr, uint32_t pc) {
  if (rec->opaque) return fr >= rec->opaque;
  if (fr != rec->frame || !rec->at->seen[pc]) return false;
  Seen *header = rec->at->seen[pc];
  header->quiet = header->facts == rec->facts ? header->quiet + 1 : 0;
  header->facts = rec->facts;
  return header->quiet >= rec->params->known;
}

uint32_t mx_record_work(const Record *rec) {
  uint32_t rounds = rec->starts + rec->turns;
  return rounds ? rec->noted / rounds : rec->noted;
}

// Is it a method of the program that its caller calls plainly?
static bool record_can_call(const RecordContext *cx) {
  if (!cx->caller || !(cx->frame.flags & FRAME_METHOD)) return false;
  if (cx->frame.flags & (FRAME_CORE | FRAME_NEW) || cx->apart) return false;
  return cx->caller->frame.code->chunk->code[cx->frame.call_pc] == OP_CALL_METHOD;
}

bool mx_record_set_apart(Record *rec, RecordContext *cx) {
  while (cx && !record_can_call(cx)) cx = cx->caller;
  if (!cx) return false;
  cx->apart = true;
  rec->facts++;
  return true;
}

bool mx_record_set_cautious(Record *rec, RecordContext *cx, uint32_t pc) {
  Seen *seen = record_at(rec, cx, pc);
  if (seen->cautious) return false;
  seen->cautious = true;
  rec->facts++;
  return true;
}

void mx_record_skipped(Record *rec) { rec->last = NULL; }

bool mx_record_waits(const Record *rec, const Frame *fr) {
  return rec->opaque && fr >= rec->opaque;
}

// ---- steps

// Collected memory: contexts keep the codes and methods alive that they name.
static void *record_memory(void *ctx, size_t bytes) {
  (void)ctx;
  return mx_gc_alloc_words(bytes);
}

// The context of a frame that the region is entered with.
static RecordContext *record_entry(Record *rec, const EntryFrames *entry, uint32_t index) {
  const Frame *fr = entry->at[index];
  RecordContext *caller = index ? rec->entry[index - 1].cx : NULL;
  uint32_t call_pc = caller ? mx_code_pc(caller->frame.code, fr->prev->ip - 1) : 0;
  RecordContext *cx = record_context(rec, caller, call_pc, fr);
  cx->locals = mx_arena_array(&rec->arena, TypeSet, fr->code->local_count + 1);
  if (caller) record_at(rec, caller, call_pc)->callees = cx;
  return cx;
}

void mx_record_init(Record *rec, const JitParams *params, const EntryFrames *entry, const Value *sp,
                    uint32_t pc) {
  const Frame *root = entry->at[0];
  *rec = (Record){.params = params, .pc = pc};
  rec->end = mx_loop_end(mx_entry_head(entry)->code, pc);
  mx_arena_init(&rec->arena, (ChunkAlloc){.alloc = record_memory});
  for (uint32_t i = 0; i < entry->count; i++)
    rec->entry[i] = (RecordEntry){record_entry(rec, entry, i), mx_entry_words(entry, i),
                                  mx_entry_operands(entry, i, sp)};
  rec->entries = entry->count;
  rec->root = rec->entry[0].cx;
  rec->head = rec->entry[entry->count - 1].cx;
  rec->taken = !mx_entry_is_home(root);
  rec->root_has_block = root->block != NULL;
  rec->root_symbol = mx_entry_symbol(root->block);
  rec->blocks = mx_entry_blocks(root->block);
}

void mx_record_init_method(Record *rec, const JitParams *params, const Code *body, bool given) {
  *rec = (Record){.params = params, .end = UINT32_MAX, .method = body, .root_has_block = given};
  mx_arena_init(&rec->arena, (ChunkAlloc){.alloc = record_memory});
}

void mx_record_await(Record *rec) {
  rec->head_frame = NULL;
  rec->abort = ABORT_NONE;
}

// Is the root's block what was recorded?
static bool record_block_fits(const Record *rec, const Block *block) {
  if ((block != NULL) != rec->root_has_block) return false;
  if (mx_entry_symbol(block) != rec->root_symbol) return false;
  EntryBlocks blocks = mx_entry_blocks(block);
  return blocks.whole == rec->blocks.whole &&
         memcmp(blocks.bodies, rec->blocks.bodies, sizeof blocks.bodies) == 0;
}

bool mx_record_fits(const Record *rec, const EntryFrames *entry, const Value *sp) {
  if (entry->count != rec->entries || !record_block_fits(rec, entry->at[0]->block)) return false;
  if (rec->taken == mx_entry_is_home(entry->at[0])) return false;
  if (rec->taken && entry->at[0]->me != rec->root->frame.me) return false;
  for (uint32_t i = 0; i < entry->count; i++) {
    const Frame *fr = entry->at[i];
    const RecordEntry *e = &rec->entry[i];
    const TierFrame *of = &e->cx->frame;
    bool same = fr->code == of->code && fr->lex == of->lex &&
                mx_entry_words(entry, i) == e->words &&
                mx_entry_operands(entry, i, sp) == e->operands;
    if (!same) return false;
    if (i > 0 && (fr->me != of->me || mx_code_pc(fr->prev->code, fr->prev->ip - 1) != of->call_pc))
      return false;
  }
  return true;
}

// Go on with the record at the head.
static void record_begin(Record *rec, Frame *head) {
  rec->head_frame = rec->frame = head;
  rec->at = rec->head;
  rec->opaque = NULL;
  rec->last = NULL;
  rec->steps = rec->waits = 0;
  rec->round_facts = rec->facts;
  rec->abort = ABORT_NONE;
}

void mx_record_start(Record *rec, const EntryFrames *entry) {
  for (uint32_t i = 0; i < entry->count; i++) rec->path[i] = entry->at[i];
  record_begin(rec, mx_entry_head(entry));
  mx_record_accept(rec);
}

void mx_record_extend(Record *rec) {
  mx_record_accept(rec);
  rec->rounds = rec->quiet = 0;
  rec->keeps = true;
  rec->number++;
  rec->kept_facts = rec->facts;
  record_copy_values(rec, false);
}

void mx_record_resume(Record *rec, uint32_t count, Frame *const *frames,
                      RecordContext *const *contexts) {
  record_begin(rec, frames[rec->entries - 1]);
  for (uint32_t i = 0; i < count; i++) rec->path[i] = frames[i];
  for (uint32_t e = 0; e < rec->entries; e++)
    rec->facts += seen_add(&rec->entry[e].cx->self, frames[e]->self);
  rec->frame = frames[count - 1];
  rec->at = contexts[count - 1];
}

void mx_record_beyond(Record *rec, uint32_t pc) {
  Seen *seen = record_at(rec, rec->at, pc);
  rec->facts += !seen->beyond;
  seen->beyond = true;
}

// A round is over: have the last ones taught anything?
static bool record_round(Record *rec) {
  rec->rounds++;
  rec->quiet = rec->facts > rec->round_facts ? 0 : rec->quiet + 1;
  rec->round_facts = rec->facts;
  return rec->quiet >= rec->params->quiet_rounds || rec->rounds >= rec->params->rounds;
}

// Note what the region begins with.
static void record_values(Record *rec) {
  for (uint32_t e = 0; e < rec->entries; e++) {
    const Frame *fr = rec->path[e];
    rec->facts += seen_add(&rec->entry[e].cx->self, fr->self);
    for (uint32_t i = 0; i < fr->code->local_count; i++)
      rec->facts += seen_add(&rec->entry[e].cx->locals[i], fr->locals[i]);
  }
}

// The head is about to execute the first instruction of the loop.
static bool record_at_start(Record *rec) {
  rec->comes_round |= rec->steps > 1;
  rec->starts++;
  record_values(rec);
  return rec->steps > 1 && record_round(rec);
}

// Is an activation one of what the root is of? Blocks of one code may stand in several methods.
static bool record_is_root(const Record *rec, const Frame *fr) {
  const RecordContext *root = rec->root;
  if (fr->code != rec->method) return false;
  if (!(fr->flags & FRAME_BLOCK) && rec->root_has_block != (fr->block != NULL)) return false;
  if (!root) return true;
  const TierFrame *of = &root->frame;
  uint32_t flags = FRAME_BLOCK | FRAME_LAMBDA | FRAME_PROC_METHOD;
  return !(of->flags & FRAME_BLOCK) ||
         (!((of->flags ^ fr->flags) & flags) && of->lex == fr->lex && of->me == fr->me &&
          of->me_at == fr->me_at && root->has_block == (fr->block != NULL));
}

// The awaited activation of a method begins; false when it is another one.
static bool record_arrive(Record *rec, Frame *fr, const uint32_t *ip) {
  if (ip != fr->code->stream || !record_is_root(rec, fr)) return false;
  EntryFrames entry = {.at = {fr}, .count = 1};
  if (!rec->root) {
    rec->entry[0] = (RecordEntry){.cx = record_entry(rec, &entry, 0)};
    rec->entries = 1;
    rec->root = rec->head = rec->entry[0].cx;
  }
  mx_record_start(rec, &entry);
  rec->starts++;
  record_values(rec);
  return true;
}

// The call cache of an instruction, or NULL.
static const CallCache *record_call_cache(const Code *code, uint32_t pc) {
  const uint32_t *ip = code->stream + mx_stream_instruction(code, pc);
  OpCode op = mx_stream_base((StreamOp)*ip);
  bool calls = mx_stream_has_cache(op) && op != OP_LOAD_IVAR && op != OP_STORE_IVAR &&
               op != OP_LOAD_CONST && op != OP_LOAD_CONST_FROM && op != OP_LOAD_CONST_TOP;
  return calls ? &((InlineCache *)code->caches)[ip[1]].call : NULL;
}

// Note whether an index is inside its Array, and whether a Hash has a Proc for what it lacks;
// whether that it is not, or has one, is new. Array or Hash and index lie `depth` below the top.
static uint32_t record_index(Seen *seen, const Value *sp, uint32_t depth) {
  Value array = sp[-1 - (int64_t)depth], index = sp[-(int64_t)depth];
  if (!seen->outside && val_is_hash(array))
    return seen->outside = (val_header(array)->flags & FL_HASH_PROC_DEFAULT) != 0;
  if (seen->outside || !val_is_fixnum(index) || !val_is_array(array)) return 0;
  int64_t at = val_to_fixnum(index);
  seen->outside = at < 0 || at >= (int64_t)mx_array_len(array);
  return seen->outside;
}

// Note how long an Array is that is spread, or that a block may take apart; whether that is new.
static uint32_t record_length(ExecCtx *ec, Seen *seen, Value array) {
  if (seen->spreads || !val_is_array(array)) return 0;
  uint32_t before = seen->spread, facts = 0;
  seen->spread = (uint32_t)mx_array_len(array) + 1;
  seen->spreads = before && before != seen->spread;
  if (seen->spread == 2) facts = seen_add(&seen->spread_only, mx_array_get(ec, array, 0));
  return (before != seen->spread) + facts;
}

// Likewise of the Array that the instruction spreads, takes apart, or yields alone.
static uint32_t record_spread(ExecCtx *ec, const Code *code, uint32_t pc, Seen *seen,
                              const Value *sp) {
  const Chunk *chunk = code->chunk;
  Instruction in;
  if (!mx_op_decode(chunk->code, chunk->code_len, pc, &in)) return 0;
  int at = mx_op_find_operand(in.op, 'F');
  uint32_t flags = at >= 0 ? in.operands[at] : 0;
  uint32_t above = (in.op == OP_CALL_PASS || in.op == OP_SUPER_PASS) + (flags & OPF_KW ? 1u : 0u);
  bool alone = in.op == OP_SPREAD || (in.op == OP_YIELD && in.operands[0] == 1 && !flags);
  return flags & OPF_SPLAT || alone ? record_length(ec, seen, sp[-1 - (int64_t)above]) : 0;
}

// Note the name that is sent, the first argument; whether that is new.
static uint32_t record_name(Seen *seen, const CallCache *cc, const Value *sp, uint32_t above) {
  bool sends = cc->name == SYM_send || cc->name == SYM___send__ || cc->name == SYM_public_send;
  if (!sends || cc->argc == 0 || seen->name_count > SEEN_MAX_NAMES) return 0;
  Value name = sp[-(int64_t)(above + cc->argc)];
  if (!val_is_symbol(name)) return 0;
  for (uint32_t i = 0; i < seen->name_count; i++)
    if (seen->names[i] == val_to_sym(name)) return 0;
  if (seen->name_count++ < SEEN_MAX_NAMES) seen->names[seen->name_count - 1] = val_to_sym(name);
  return 1;
}

// Is it a Proc or Method whose call enters no body that can be built in place? What a Symbol's Proc
// calls depends on the argument.
static bool record_is_strange(Value called) {
  if (val_is_type(called, T_PROC)) {
    const Block *block = &VAL_CAST(const Proc, called)->block;
    if (block->kind != BLOCK_METHOD) return block->kind != BLOCK_CODE;
    called = block->value;
  }
  if (!val_is_type(called, T_METHOD)) return false;
  uint8_t kind = VAL_CAST(const MethodObj, called)->me->kind;
  return kind != METHOD_GUEST && kind != METHOD_PROC;
}

// Note whether the receiver is such a one; whether that is new.
static uint32_t record_strange(Seen *seen, Value receiver) {
  bool before = seen->strange;
  seen->strange |= record_is_strange(receiver);
  return seen->strange != before;
}

// Note the receiver of a call; how much of that is new.
static uint32_t record_receiver(Seen *seen, Value receiver) {
  return seen_add(&seen->receiver, receiver) + record_strange(seen, receiver);
}

// Note what the instruction before this one left, and the operands of this one.
static void record_note(Record *rec, ExecCtx *ec, uint32_t pc, const Value *sp,
                        const Value *bottom) {
  Seen *seen = record_at(rec, rec->at, pc);
  seen->count++;
  rec->noted++;
  if (rec->last && sp > bottom) rec->facts += seen_add(&rec->last->out, sp[-1]);
  for (uint32_t i = 0; i < SEEN_MAX_OPERANDS && sp - i > bottom; i++)
    rec->facts += seen_add(&seen->in[i], sp[-1 - (int64_t)i]);
  OpCode op = mx_stream_base(
      (StreamOp) * (rec->at->frame.code->stream + mx_stream_instruction(rec->at->frame.code, pc)));
  if (op == OP_INDEX_GET) rec->facts += record_index(seen, sp, 1);
  if (op == OP_INDEX_SET) rec->facts += record_index(seen, sp, 2);
  rec->facts += record_spread(ec, rec->at->frame.code, pc, seen, sp);
  const CallCache *cc = record_call_cache(rec->at->frame.code, pc);
  if (cc) rec->facts += record_name(seen, cc, sp, op == OP_CALL_PASS);
  uint32_t above = cc ? cc->argc + (op == OP_CALL_PASS) : 0; // the receiver
  if (cc && sp - above > bottom) rec->facts += record_receiver(seen, sp[-1 - (int64_t)above]);
  rec->last = seen;
}

static RecordStep record_abort(Record *rec, AbortReason why) {
  rec->rounds = rec->quiet = 0;
  rec->abort = why;
  return RECORD_ABORT;
}

// The loop or method was left, which ends a round.
static RecordStep record_left(Record *rec) {
  if (!record_round(rec) || !rec->root) return RECORD_LEFT;
  return rec->method || rec->comes_round ? RECORD_DONE : record_abort(rec, ABORT_NO_ROUND);
}

RecordStep mx_record_ended(Record *rec) { return record_left(rec); }

// An instruction of a frame that is not followed. It may take long: then this round, or activation,
// is given up, and counts as one that taught something.
static RecordStep record_wait(Record *rec) {
  if (++rec->waits < rec->params->wait) return RECORD_MORE;
  rec->facts++;
  return record_left(rec);
}

RecordStep mx_record_step(Record *rec, ExecCtx *ec, Frame *fr, const uint32_t *ip,
                          const Value *sp) {
  if (!rec->head_frame && !record_arrive(rec, fr, ip)) return record_left(rec);
  if (rec->opaque) {
    if (fr >= rec->opaque) return record_wait(rec);
    rec->opaque = NULL;
  }
  if (++rec->steps > rec->params->record_limit)
    return rec->method ? record_left(rec) : record_abort(rec, ABORT_TOO_LONG);
  if (!(fr > rec->frame ? record_enter(rec, fr) : record_leave(rec, fr))) return record_left(rec);
  if (rec->opaque) return record_wait(rec);
  if (mx_stream_is_extra((StreamOp)*ip)) return RECORD_MORE;
  uint32_t pc = mx_code_pc(fr->code, ip);
  if (fr == rec->head_frame && (pc < rec->pc || pc >= rec->end)) return record_left(rec);
  bool start = !rec->method && fr == rec->head_frame && pc == rec->pc;
  if (start && record_at_start(rec)) return RECORD_DONE;
  rec->turns += !start && rec->at == rec->before && pc <= rec->before_pc;
  rec->before = rec->at;
  rec->before_pc = pc;
  record_note(rec, ec, pc, sp, mx_frame_stack(fr));
  bool ends = rec->method && fr == rec->head_frame && mx_stream_base((StreamOp)*ip) == OP_RETURN;
  return ends ? record_left(rec) : RECORD_MORE;
}
