// SPDX-License-Identifier: MIT
// Stacks of fibers.
//
// A slab is one mapping that holds the stacks of many fibers: without a guard page for each, since
// a process may have only some 32,000 mappings and a guard costs two. Overflow is caught by the
// checks of mx_frame_push instead, which keep PARAM_C_STACK_RESERVE bytes for C leaves.
// Pages are reserved, not committed: an unused stack costs address space only. A thread may call
// as deep as the main program; most pages of its stacks are given back when it ends.
#include "interp/fiber_stack.h"
#include "runtime/params.h"
#include "interp/program.h"
#include <stdlib.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#define STACK_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define STACK_ASAN 1
#endif
#endif
#ifndef STACK_ASAN
#define STACK_ASAN 0
#endif

enum {
  // The sanitizer's red zones make frames some times as large.
  STACK_C_BYTES = PARAM_FIBER_C_STACK * (STACK_ASAN ? 4 : 1),
  STACKS_PER_SLAB = 256,
  STACK_KEPT = 256 << 10, // bytes of each of a thread's stacks that it keeps its pages of
};

struct StackPool {
  // Ready to be used; malloc memory, since stacks are no collected memory.
  VEC(FiberStack) free;    // of fibers
  VEC(FiberStack) threads; // of threads
  bool closed;             // the VM has ended: nobody takes stacks any more
};

static void *stack_map(size_t bytes) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK;
  void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

// Split memory into a C stack (below, growing down) and a VM stack (above, growing up).
static FiberStack stack_split(char *memory, size_t c_bytes, size_t vm_bytes) {
  char *middle = memory + c_bytes;
  return (FiberStack){memory, middle, (Value *)(void *)middle,
                      (Value *)(void *)(middle + vm_bytes)};
}

StackPool *mx_stack_pool(VM *vm) {
  if (!vm->fiber_stacks) vm->fiber_stacks = mx_gc_alloc_words(sizeof(StackPool));
  return vm->fiber_stacks;
}

static bool stack_map_slab(StackPool *pool, size_t c_bytes) {
  size_t bytes = c_bytes + PARAM_FIBER_VM_STACK;
  char *slab = stack_map(bytes * STACKS_PER_SLAB);
  for (size_t i = STACKS_PER_SLAB; slab && i-- > 0;)
    vec_push(&pool->free, stack_split(slab + i * bytes, c_bytes, PARAM_FIBER_VM_STACK));
  return slab != NULL;
}

static bool stack_map_thread(StackPool *pool) {
  char *memory = stack_map((size_t)PARAM_THREAD_C_STACK + PARAM_THREAD_VM_STACK);
  if (!memory) return false;
  vec_push(&pool->threads, stack_split(memory, PARAM_THREAD_C_STACK, PARAM_THREAD_VM_STACK));
  return true;
}

bool mx_stack_take(VM *vm, bool thread, FiberStack *out) {
  StackPool *pool = mx_stack_pool(vm);
  if (thread) {
    if (pool->threads.count == 0 && !stack_map_thread(pool)) return false;
    *out = vec_pop(&pool->threads);
  } else {
    size_t c_bytes = mx_interp(vm)->options.walker ? PARAM_FIBER_WALKER_STACK : STACK_C_BYTES;
    if (pool->free.count == 0 && !stack_map_slab(pool, c_bytes)) return false;
    *out = vec_pop(&pool->free);
  }
  mx_stack_forget(out);
  return true;
}

// A thread's stack; the pages that few threads use are given back. The thread may still be on it,
// with its last step before it is left.
static void stack_give_thread(StackPool *pool, const FiberStack *stack) {
  char *rest = (char *)stack->vstack + STACK_KEPT;
  madvise(stack->low, (size_t)(stack->high - STACK_KEPT - stack->low), MADV_DONTNEED);
  madvise(rest, (size_t)((char *)stack->vstack_end - rest), MADV_DONTNEED);
  vec_push(&pool->threads, *stack);
}

void mx_stack_give(StackPool *pool, FiberStack *stack) {
  if (!stack->low) return;
  bool thread = (char *)stack->vstack_end - (char *)stack->vstack == PARAM_THREAD_VM_STACK;
  if (!pool->closed && thread)
    stack_give_thread(pool, stack);
  else if (!pool->closed)
    vec_push(&pool->free, *stack);
  *stack = (FiberStack){0};
}

void mx_stack_pool_free(VM *vm) {
  StackPool *pool = vm->fiber_stacks;
  if (!pool) return;
  vec_free(&pool->free);
  vec_free(&pool->threads);
  pool->closed = true;
  vm->fiber_stacks = NULL;
}

void mx_stack_map_main(FiberStack *out) {
  char *memory = stack_map((size_t)PARAM_MAIN_C_STACK + PARAM_MAIN_VM_STACK);
  if (!memory) mx_check_out_of_memory(PARAM_MAIN_C_STACK);
  *out = stack_split(memory, PARAM_MAIN_C_STACK, PARAM_MAIN_VM_STACK);
}

// The switch: push callee-saved registers, exchange stack pointers, pop, return.
#if defined(__x86_64__)
__asm__(".text\n"
        ".globl mx_stack_switch\n"
        ".hidden mx_stack_switch\n"
        ".type mx_stack_switch, @function\n"
        "mx_stack_switch:\n"
        "  pushq %rbp\n  pushq %rbx\n  pushq %r12\n  pushq %r13\n  pushq %r14\n  pushq %r15\n"
        "  movq %rsp, (%rdi)\n"
        "  movq %rsi, %rsp\n"
        "  popq %r15\n  popq %r14\n  popq %r13\n  popq %r12\n  popq %rbx\n  popq %rbp\n"
        "  ret\n"
        ".size mx_stack_switch, .-mx_stack_switch\n"
        ".type stack_begin, @function\n"
        "stack_begin:\n"
        "  movq %r12, %rdi\n"
        "  callq *%r13\n"
        "  ud2\n"
        ".size stack_begin, .-stack_begin\n");

// Words from the saved pointer up: r15 r14 r13 r12 rbx rbp, return address, two of padding,
// so that stack_begin runs with an aligned stack.
enum { STACK_SAVED_WORDS = 9, STACK_ENTRY = 2, STACK_ARG = 3, STACK_RETURN = 6 };
#elif defined(__aarch64__)
__asm__(".text\n"
        ".globl mx_stack_switch\n"
        ".hidden mx_stack_switch\n"
        ".type mx_stack_switch, %function\n"
        "mx_stack_switch:\n"
        "  sub sp, sp, #160\n"
        "  stp x19, x20, [sp]\n  stp x21, x22, [sp, #16]\n  stp x23, x24, [sp, #32]\n"
        "  stp x25, x26, [sp, #48]\n  stp x27, x28, [sp, #64]\n  stp x29, x30, [sp, #80]\n"
        "  stp d8, d9, [sp, #96]\n  stp d10, d11, [sp, #112]\n  stp d12, d13, [sp, #128]\n"
        "  stp d14, d15, [sp, #144]\n"
        "  mov x9, sp\n  str x9, [x0]\n  mov sp, x1\n"
        "  ldp x19, x20, [sp]\n  ldp x21, x22, [sp, #16]\n  ldp x23, x24, [sp, #32]\n"
        "  ldp x25, x26, [sp, #48]\n  ldp x27, x28, [sp, #64]\n  ldp x29, x30, [sp, #80]\n"
        "  ldp d8, d9, [sp, #96]\n  ldp d10, d11, [sp, #112]\n  ldp d12, d13, [sp, #128]\n"
        "  ldp d14, d15, [sp, #144]\n"
        "  add sp, sp, #160\n  ret\n"
        ".size mx_stack_switch, .-mx_stack_switch\n"
        ".type stack_begin, %function\n"
        "stack_begin:\n"
        "  mov x0, x19\n  blr x20\n  brk #1\n"
        ".size stack_begin, .-stack_begin\n");

// Words from the saved pointer up: x19 x20 ... x29 x30, d8-d15.
enum { STACK_SAVED_WORDS = 20, STACK_ARG = 0, STACK_ENTRY = 1, STACK_RETURN = 11 };
#else
#error "no stack switch for this processor"
#endif

MX_FUNC void stack_begin(void);

void *mx_stack_prepare(const FiberStack *stack, void (*entry)(void *), void *arg) {
  uintptr_t *sp = (uintptr_t *)(void *)stack->high - STACK_SAVED_WORDS;
  memset(sp, 0, STACK_SAVED_WORDS * sizeof *sp);
  sp[STACK_ENTRY] = (uintptr_t)entry;
  sp[STACK_ARG] = (uintptr_t)arg;
  sp[STACK_RETURN] = (uintptr_t)stack_begin;
  return sp;
}

#if STACK_ASAN
void __asan_unpoison_memory_region(const volatile void *low, size_t size);
void __sanitizer_start_switch_fiber(void **fake, const void *bottom, size_t size);
void __sanitizer_finish_switch_fiber(void *fake, const void **bottom, size_t *size);

void mx_stack_switch_start(void **leaving, const FiberStack *to) {
  __sanitizer_start_switch_fiber(leaving, to->low, (size_t)(to->high - to->low));
}

// A fiber that was abandoned, or ended by a switch, left red zones in its frames.
void mx_stack_forget(const FiberStack *stack) {
  __asan_unpoison_memory_region(stack->low, (size_t)(stack->high - stack->low));
}

void mx_stack_switch_finish(void *fake) { __sanitizer_finish_switch_fiber(fake, NULL, NULL); }
void mx_stack_switch_finish_first(FiberStack *left) {
  const void *low;
  size_t size;
  __sanitizer_finish_switch_fiber(NULL, &low, &size);
  left->low = (char *)(uintptr_t)low;
  left->high = left->low + size;
}
#else
void mx_stack_switch_start(void **leaving, const FiberStack *to) {
  MX_UNUSED(leaving);
  MX_UNUSED(to);
}
void mx_stack_forget(const FiberStack *stack) { MX_UNUSED(stack); }
void mx_stack_switch_finish(void *fake) { MX_UNUSED(fake); }
void mx_stack_switch_finish_first(FiberStack *left) { MX_UNUSED(left); }
#endif
