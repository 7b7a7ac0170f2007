// SPDX-License-Identifier: MIT
// Unit tests of the IR's storage, graph and verifier: what the text tests do not reach.
#include "jit/ir/ir_cfg.h"
#include "jit/ir/ir_parse.h"
#include "jit/ir/ir_print.h"
#include "jit/ir/ir_verify.h"
#include "jit/opt/pipeline.h"
#include <check.h>

// A function from text, which must be right.
static IrFn *parse(Arena *arena, const char *text) {
  StrBuf error = STRBUF_INIT;
  mx_arena_init(arena, mx_arena_malloc_source());
  IrFn *fn = mx_ir_parse(arena, text, &error);
  ck_assert_msg(fn && mx_ir_verify(fn, &error), "%s", mx_strbuf_text(&error));
  mx_strbuf_free(&error);
  return fn;
}

// The verifier still accepts the function.
static void assert_sound(IrFn *fn) {
  StrBuf problem = STRBUF_INIT;
  ck_assert_msg(mx_ir_verify(fn, &problem), "%s", mx_strbuf_text(&problem));
  mx_strbuf_free(&problem);
}

// Free a function and its arena.
static void drop(IrFn *fn, Arena *arena) {
  mx_ir_free(fn);
  mx_arena_free(arena);
}

// Equal constants have one ref, by their bits, however many there are.
START_TEST(constants_are_interned) {
  Arena arena;
  mx_arena_init(&arena, mx_arena_malloc_source());
  IrFn *fn = mx_ir_new(&arena, "f");
  IrRef first = mx_ir_int(fn, 0);
  for (int64_t n = 1; n < 1000; n++) ck_assert_uint_ne(mx_ir_int(fn, n), first);
  ck_assert_uint_eq(mx_ir_int(fn, 0), first);
  ck_assert_uint_ne(mx_ir_double(fn, 0.0), mx_ir_double(fn, -0.0));
  ck_assert_uint_ne(mx_ir_bool(fn, false), first);
  ck_assert_int_eq((int64_t)mx_ir_word(fn, mx_ir_int(fn, -5)), -5);
  drop(fn, &arena);
}
END_TEST

static const char nest[] = "fn \"nest\" params 1\n"
                           "block 0: %1:bool = param #0 branch %1, b1, b2\n"
                           "block 1: jump b3\n"
                           "block 2: jump b3\n"
                           "block 3: %2:int = phi (1, 2, %2) jump b4\n"
                           "block 4: branch %1, b4, b5\n"
                           "block 5: branch %1, b3, b6\n"
                           "block 6: %3:val = box.int %2 return %3\n";

// Dominators and nested loops are found.
START_TEST(loops_are_found) {
  Arena arena;
  IrCfg cfg;
  IrFn *fn = parse(&arena, nest);
  mx_ir_cfg_make(fn, &cfg);
  ck_assert_uint_eq(cfg.count, 7);
  ck_assert_uint_eq(cfg.idom[3], 0);
  ck_assert(ir_cfg_dominates(&cfg, 3, 6));
  ck_assert(!ir_cfg_dominates(&cfg, 1, 3));
  ck_assert_uint_eq(cfg.loop_count, 2);
  ck_assert_uint_eq(cfg.loops[0].header, 3);
  ck_assert_uint_eq(cfg.loops[0].preheader, IR_NO_BLOCK);
  ck_assert_uint_eq(cfg.loops[0].count, 3);
  ck_assert_uint_eq(cfg.loops[1].header, 4);
  ck_assert_uint_eq(cfg.loops[1].preheader, 3);
  ck_assert_uint_eq(cfg.loops[1].parent, 0);
  ck_assert_uint_eq(cfg.loops[1].depth, 2);
  ck_assert(mx_ir_cfg_in_loop(&cfg, 0, 4));
  ck_assert(!mx_ir_cfg_in_loop(&cfg, 1, 5));
  mx_ir_cfg_free(&cfg);
  drop(fn, &arena);
}
END_TEST

// A preheader takes over what enters the loop; splitting edges leaves no critical one.
START_TEST(graph_changes_stay_sound) {
  Arena arena;
  IrFn *fn = parse(&arena, nest);
  ck_assert(mx_ir_cfg_preheaders(fn));
  assert_sound(fn);
  ck_assert(!mx_ir_cfg_preheaders(fn));
  mx_ir_cfg_split_critical(fn);
  assert_sound(fn);
  for (IrBlockId id = 0; id < fn->blocks.count; id++)
    for (uint32_t i = 0; i < IR_MAX_TARGETS && fn->blocks.at[id].targets[1] != IR_NO_BLOCK; i++)
      ck_assert_uint_eq(fn->blocks.at[fn->blocks.at[id].targets[i]].preds.count, 1);
  drop(fn, &arena);
}
END_TEST

// A cycle that is entered at two places is no loop, and passes leave it alone.
START_TEST(irreducible_graphs_are_known) {
  Arena arena;
  IrCfg cfg;
  IrFn *fn = parse(&arena, "fn \"f\" params 1\n"
                           "block 0: %1:bool = param #0 branch %1, b1, b2\n"
                           "block 1: branch %1, b2, b3\n"
                           "block 2: jump b1\n"
                           "block 3: return val:nil\n");
  mx_ir_cfg_make(fn, &cfg);
  ck_assert(cfg.irreducible);
  mx_ir_cfg_free(&cfg);
  StrBuf problem = STRBUF_INIT;
  PipelineOptions options = {.verify = true, .log = &problem};
  ck_assert_msg(mx_pipeline_run(fn, &options, &problem), "%s", mx_strbuf_text(&problem));
  mx_strbuf_free(&problem);
  drop(fn, &arena);
}
END_TEST

// Fuel bounds the number of changes, and the listing after each pass can be had.
START_TEST(fuel_bisects) {
  static const char text[] = "fn \"f\" params 1\n"
                             "block 0: %1:int = param #0 %2:int = add %1, 0 %3:int = mul %2, 1\n"
                             "%4:val = box.int %3 return %4\n";
  uint32_t changes[3];
  for (uint32_t fuel = 0; fuel < 3; fuel++) {
    Arena arena;
    IrFn *fn = parse(&arena, text);
    fn->fuel = fuel;
    changes[fuel] = mx_pass_fold(fn);
    ck_assert_uint_eq(fn->fuel, 0);
    assert_sound(fn);
    drop(fn, &arena);
  }
  ck_assert_uint_eq(changes[0], 0);
  ck_assert_uint_eq(changes[1], 1);
  ck_assert_uint_eq(changes[2], 2);
}
END_TEST

// The listing after each pass that changed something can be had.
START_TEST(passes_are_listed) {
  Arena arena;
  IrFn *fn = parse(&arena, "fn \"f\" params 1\n"
                           "block 0: %1:int = param #0 %2:int = add %1, 0 %3:int = mul %2, 7\n"
                           "%4:val = box.int %1 return %4\n");
  StrBuf problem = STRBUF_INIT, log = STRBUF_INIT;
  PipelineOptions options = {.verify = true, .log = &log};
  ck_assert_msg(mx_pipeline_run(fn, &options, &problem), "%s", mx_strbuf_text(&problem));
  ck_assert_ptr_nonnull(strstr(mx_strbuf_text(&log), "; after fold\nfn \"f\" params 1\n"));
  ck_assert_ptr_nonnull(strstr(mx_strbuf_text(&log), "; after dce\n"));
  ck_assert_ptr_null(strstr(mx_strbuf_text(&log), "; after escape\n"));
  ck_assert_ptr_null(mx_pipeline_find("folds", 5));
  mx_strbuf_free(&problem);
  mx_strbuf_free(&log);
  drop(fn, &arena);
}
END_TEST

static const char sound[] =
    "fn \"f\" params 1\n"
    "snap 0 reason 1\n"
    "  frame code 0 pc 0 site none self home block home locals [home] stack []\n"
    "block 0: %1:int = param #0 %2:int = add.ov %1, 5 !0 jump b1\n"
    "block 1: %3:int = add %2, 6 %4:val = box.int %3 return %4\n";

// What the verifier says of a function that was sound until it was damaged, which no text can say.
static void assert_damaged(void (*damage)(IrFn *fn), const char *says) {
  Arena arena;
  StrBuf problem = STRBUF_INIT;
  IrFn *fn = parse(&arena, sound);
  damage(fn);
  ck_assert(!mx_ir_verify(fn, &problem));
  ck_assert_msg(strstr(mx_strbuf_text(&problem), says), "%s", mx_strbuf_text(&problem));
  mx_strbuf_free(&problem);
  drop(fn, &arena);
}

static void damage_op(IrFn *fn) { mx_ir_at(fn, 1)->op = IR_NOP; }
static void damage_next(IrFn *fn) { mx_ir_at(fn, 1)->next = 1; }
static void damage_prev(IrFn *fn) { mx_ir_at(fn, 2)->prev = 3; }
static void damage_last(IrFn *fn) { mx_ir_block_at(fn, 0)->last = 1; }
static void damage_targets(IrFn *fn) { mx_ir_block_at(fn, 0)->targets[0] = IR_NO_BLOCK; }
static void damage_target(IrFn *fn) { mx_ir_block_at(fn, 0)->targets[0] = 9; }
static void damage_dead(IrFn *fn) { mx_ir_block_at(fn, 1)->dead = true; }
static void damage_operand(IrFn *fn) { mx_ir_at(fn, 3)->a[0] = 9999; }
static void damage_list(IrFn *fn) { mx_ir_at(fn, 3)->list = 9999; }
static void damage_type(IrFn *fn) { mx_ir_at(fn, 3)->type = IRT_DOUBLE; }
static void damage_declared(IrFn *fn) { mx_ir_at(fn, 1)->type = IRT_VOID; }
static void damage_code(IrFn *fn) { fn->snap_frames.at[0].code = 9; }
static void damage_site(IrFn *fn) { fn->snap_frames.at[0].site = 9; }
static void damage_constant(IrFn *fn) {
  mx_ir_at(fn, mx_ir_int(fn, 6))->imm = mx_ir_at(fn, mx_ir_int(fn, 5))->imm;
}

// Storage whose parts disagree is found, whatever made it so.
START_TEST(verifier_finds_damage) {
  assert_damaged(damage_op, "belongs into no block");
  assert_damaged(damage_next, "%1 is in a block twice");
  assert_damaged(damage_prev, "its links disagree with the block's");
  assert_damaged(damage_last, "its last instruction is another");
  assert_damaged(damage_targets, "0 targets, not as its last instruction says");
  assert_damaged(damage_target, "there is no block 9");
  assert_damaged(damage_dead, "dead, not empty");
  assert_damaged(damage_operand, "operand %9999 is no value");
  assert_damaged(damage_list, "the list of %3 lies outside");
  assert_damaged(damage_type, "gives int");
  assert_damaged(damage_declared, "gives no value");
  assert_damaged(damage_code, "snapshot: there is no code 9");
  assert_damaged(damage_site, "snapshot: there is no site 9");
  assert_damaged(damage_constant, "is there twice");
}
END_TEST

// Fuel lets some objects be sunk and not others.
START_TEST(fuel_sinks_objects) {
  static const char text[] = "fn \"f\" params 1\n"
                             "block 0: %1:val = param #0\n"
                             "%2:obj = new.object shape:7, #32 ivar.store %2, %1, #16\n"
                             "%3:obj = new.object shape:7, #32 ivar.store %3, %1, #24\n"
                             "%4:val = ivar.load %2, #16 return %4\n";
  for (uint32_t fuel = 0; fuel <= 2; fuel++) {
    Arena arena;
    IrFn *fn = parse(&arena, text);
    fn->fuel = fuel;
    mx_pass_escape(fn);
    assert_sound(fn);
    uint32_t objects = 0;
    for (IrRef ref = fn->blocks.at[0].first; ref; ref = mx_ir_at(fn, ref)->next)
      objects += mx_ir_at(fn, ref)->op == IR_NEW_OBJECT && !(mx_ir_at(fn, ref)->flags & IRI_SUNK);
    ck_assert_uint_eq(objects, 2 - fuel);
    drop(fn, &arena);
  }
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("ir");
  tcase_add_test(tests, constants_are_interned);
  tcase_add_test(tests, loops_are_found);
  tcase_add_test(tests, graph_changes_stay_sound);
  tcase_add_test(tests, irreducible_graphs_are_known);
  tcase_add_test(tests, fuel_bisects);
  tcase_add_test(tests, passes_are_listed);
  tcase_add_test(tests, verifier_finds_damage);
  tcase_add_test(tests, fuel_sinks_objects);
  Suite *suite = suite_create("ir");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
