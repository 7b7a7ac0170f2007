// SPDX-License-Identifier: MIT
// The life of a VM: classes of classes.def and errors.def, the main object, contexts.
#include "runtime/vm.h"
#include "runtime/array.h"
#include "runtime/builtin.h"
#include "runtime/class_list.h"
#include "runtime/core.h"
#include "runtime/encoding.h"
#include "runtime/errno_class.h"
#include "runtime/float.h"
#include "runtime/io.h"
#include "runtime/numeric.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

#include <sys/random.h>

// One class or module to make at boot.
typedef struct VmClassRow {
  const char *name; // last part of the name
  uint16_t id;      // bytes of its pointer inside BootClasses
  uint16_t outer;   // likewise of the module it is named in
  uint16_t super;   // likewise of its superclass
  uint8_t type;     // T_* of the instances; T_MODULE as `is_module`'s own type is implied
  uint8_t flags;    // CLASS_*
  bool is_module;
} VmClassRow;

#define AT(Id) offsetof(BootClasses, Id)
#define ROW_CLASS(Outer, Id, text, Super, TYPE, class_flags) \
  {.name = text,                                             \
   .id = AT(Id),                                             \
   .outer = AT(Outer),                                       \
   .super = AT(Super),                                       \
   .type = T_##TYPE,                                         \
   .flags = (class_flags)},
#define ROW_MODULE(Outer, Id, text) \
  {.name = text, .id = AT(Id), .outer = AT(Outer), .is_module = true},

static const VmClassRow vm_classes[] = {
#define CLASS(Id, name, Super, TYPE, flags) ROW_CLASS(Object, Id, name, Super, TYPE, flags)
#define MODULE(Id, name) ROW_MODULE(Object, Id, name)
#define CLASS_IN(Outer, Id, name, Super, TYPE, flags) ROW_CLASS(Outer, Id, name, Super, TYPE, flags)
#define MODULE_IN(Outer, Id, name) ROW_MODULE(Outer, Id, name)
#include "runtime/classes.def"
#define ERROR(Id, name, Super) ROW_CLASS(Object, Id, name, Super, OBJECT, 0)
#define ERROR_IN(Outer, Id, name, Super) ROW_CLASS(Outer, Id, name, Super, OBJECT, 0)
#include "runtime/errors.def"
};

#undef AT
#undef ROW_CLASS
#undef ROW_MODULE

enum { VM_KEPT_ROOM = 1024 }; // more classes than are made at boot

// The class pointer at an offset of BootClasses.
static ClassObj **vm_class_at(VM *vm, uint16_t offset) {
  return (ClassObj **)((char *)&vm->cls + offset);
}

// Set what a row says of a class's instances.
static void vm_set_instances(VM *vm, ClassObj *klass, const VmClassRow *row) {
  bool abstract = row->flags & CLASS_ABSTRACT;
  klass->flags |= CLASS_BUILTIN | row->flags;
  klass->instance_type = row->type;
  klass->allocate = abstract || row->type == T_NONE ? NULL : mx_class_allocate;
  if (row->type != T_OBJECT) klass->inline_cap = 0;
  klass->instance_shape = mx_shape_get(vm, klass, klass->root_layout, 0, klass->inline_cap);
}

// Make the class or module of a row, or name one of the first four.
static void vm_boot_class(ExecCtx *ec, const VmClassRow *row) {
  VM *vm = ec->vm;
  ClassObj **place = vm_class_at(vm, row->id);
  ClassObj *outer = *vm_class_at(vm, row->outer);
  Sym name = mx_sym(vm, row->name);
  if (row->is_module) {
    *place = mx_module_define(ec, outer, name);
    return;
  }
  if (*place)
    mx_class_define_existing(ec, outer, name, *place);
  else
    *place = mx_class_define(ec, outer, name, *vm_class_at(vm, row->super));
  vm_set_instances(vm, *place, row);
}

// Include Kernel in Object, as soon as there is one and while few classes are below Object.
static void vm_include_kernel(VM *vm) {
  ClassObj *object = vm->cls.Object;
  mx_classlist_push(&object->includes, vm->cls.Kernel);
  mx_classlinks_push(&vm->cls.Kernel->dependents, object);
  mx_class_update_mro(vm, object);
}

// Numbers are frozen from birth.
static void vm_freeze_numbers(VM *vm) {
  ClassObj *frozen[] = {vm->cls.Integer, vm->cls.Float, vm->cls.Rational, vm->cls.Complex};
  for (size_t i = 0; i < MX_COUNT_OF(frozen); i++)
    frozen[i]->instance_shape =
        mx_shape_get(vm, frozen[i], frozen[i]->root_layout, SHAPE_FROZEN, 0);
}

// Make all classes and modules.
static void vm_boot_classes(ExecCtx *ec) {
  VM *vm = ec->vm;
  mx_class_boot(ec);
  vm->cls.Object->consts = mx_nametable_new(MX_COUNT_OF(vm_classes) + 32);
  for (size_t i = 0; i < MX_COUNT_OF(vm_classes); i++) {
    vm_boot_class(ec, &vm_classes[i]);
    if (vm_classes[i].id == offsetof(BootClasses, Kernel)) vm_include_kernel(vm);
  }
  vm_freeze_numbers(vm);
}

// Draw the key of the hash function.
static void vm_seed_hashes(VM *vm) {
  vm->hash_seed[0] = vm->options.seed;
  vm->hash_seed[1] = ~vm->options.seed;
  if (vm->options.deterministic) return;
  if (getrandom(vm->hash_seed, sizeof vm->hash_seed, GRND_NONBLOCK) < 0)
    vm->hash_seed[0] ^= (uint64_t)(uintptr_t)vm;
}

// Make the values that the VM holds itself.
static void vm_boot_values(ExecCtx *ec) {
  VM *vm = ec->vm;
  vm->main_object = mx_object_new(ec, vm->cls.Object);
  vm->cls.MainSingleton = mx_class_singleton(ec, vm->main_object);
  vm->zero_float = val_from_ptr(mx_object_alloc(ec, vm->cls.Float, T_FLOAT, sizeof(FloatObj)));
  vm->argv = mx_array_new(ec, 0);
  vm->load_path = mx_array_new(ec, 0);
  vm->loaded_features = mx_array_new(ec, 0);
  vm->at_exit = mx_array_new(ec, 0);
  vm->out_of_memory = mx_error_new_str(ec, vm->cls.NoMemoryError,
                                       mx_str_from_cstr(ec, "failed to allocate memory"));
}

// Give the main object the methods that the core library has for it.
static void vm_extend_main(ExecCtx *ec) {
  VM *vm = ec->vm;
  const ConstEntry *entry = mx_const_own(vm->cls.Metorex, mx_sym(vm, "MainObject"));
  if (entry && !mx_class_include(ec, vm->cls.MainSingleton, VAL_CAST(ClassObj, entry->value)))
    MX_ASSERT(false, "main object");
}

// Take from classes what only modules can do.
static void vm_undef_for_classes(ExecCtx *ec) {
  static const char *const names[] = {"append_features", "prepend_features", "extend_object",
                                      "module_function", "refine"};
  for (size_t i = 0; i < MX_COUNT_OF(names); i++)
    mx_method_enter(ec->vm->cls.Class,
                    mx_method_new(ec, METHOD_UNDEF, mx_sym(ec->vm, names[i]), VIS_PUBLIC));
}

// Classes whose instances programs cannot make have no `new`.
static void vm_undef_new(ExecCtx *ec) {
  for (size_t i = 0; i < MX_COUNT_OF(vm_classes); i++) {
    if (!(vm_classes[i].flags & CLASS_ABSTRACT)) continue;
    ClassObj *klass = *vm_class_at(ec->vm, vm_classes[i].id);
    mx_method_enter(mx_class_singleton(ec, val_from_ptr(klass)),
                    mx_method_new(ec, METHOD_UNDEF, SYM_new, VIS_PUBLIC));
  }
}

// Enter the second names of classes that are nested in Thread.
static void vm_alias_constants(ExecCtx *ec) {
  VM *vm = ec->vm;
  (void)!mx_const_set(ec, vm->cls.BasicObject, mx_sym(vm, "BasicObject"),
                      val_from_ptr(vm->cls.BasicObject));
  if (!mx_const_autoload(ec, vm->cls.Object, mx_sym(vm, "TOPLEVEL_BINDING"), VAL_TRUE))
    MX_ASSERT(false, "constant of the top level");
  ClassObj *nested[] = {vm->cls.Mutex, vm->cls.Queue, vm->cls.SizedQueue,
                        vm->cls.ConditionVariable};
  for (size_t i = 0; i < MX_COUNT_OF(nested); i++)
    if (!mx_const_set(ec, vm->cls.Object, nested[i]->name, val_from_ptr(nested[i])))
      MX_ASSERT(false, "second name of a class");
}

// Make the tables that everything else needs.
static VM *vm_alloc(const Upcalls *upcalls, const VmOptions *options) {
  GcFreeLists *lists = mx_gc_init();
  VM *vm = mx_gc_alloc_uncollectable(sizeof(VM));
  vm->lists = lists;
  vm->up = upcalls;
  if (options) vm->options = *options;
  mx_symtab_init(&vm->symtab);
  mx_shapes_init(vm);
  vm->life = mx_class_life_new(vm);
  vm->kept =
      (ClassList){.at = mx_gc_alloc_words(VM_KEPT_ROOM * sizeof(ClassObj *)), .room = VM_KEPT_ROOM};
  mx_method_cache_init(vm);
  vm->generic_ivars = mx_addrtable_new();
  vm->object_ids = mx_addrtable_new();
  vm->next_object_id = 16;
  vm->globals = mx_nametable_new(0);
  vm->symbol_procs = mx_nametable_new(0);
  vm_seed_hashes(vm);
  return vm;
}

// Create a VM with its classes, builtins and core index entered.
VM *mx_vm_new(const Upcalls *upcalls, const VmOptions *options) {
  VM *vm = vm_alloc(upcalls, options);
  ExecCtx *ec = vm->main_ec = mx_ec_new(vm);
  vm_boot_classes(ec);
  vm_boot_values(ec);
  mx_enc_boot(ec);
  mx_errno_boot(ec);
  mx_io_boot(ec);
  mx_builtins_boot(ec);
  mx_numbers_boot(ec);
  mx_objects_boot(ec);
  mx_core_boot(ec);
  vm_extend_main(ec);
  vm_undef_for_classes(ec);
  vm_undef_new(ec);
  vm_alias_constants(ec);
  mx_gc_notify(&ec->poll, POLL_FINALIZE);
  if (vm->options.gc_stress)
    mx_gc_stress(vm->lists, vm->options.gc_stress, vm->options.stress_seed);
  mx_prng_seed(&vm->stack_prng, vm->options.stack_seed);
  if (vm->options.stack_stress) vm->stack_chances = mx_vm_stack_distance(vm);
  return vm;
}

uint32_t mx_vm_stack_distance(VM *vm) {
  return 1 + (uint32_t)mx_prng_below(&vm->stack_prng, 2 * (uint64_t)vm->options.stack_stress - 1);
}

// Free a VM; none of its values may be used any more.
void mx_vm_free(VM *vm) {
  mx_gc_notify(NULL, 0);
  if (vm->options.gc_stress) mx_gc_stress(vm->lists, 0, 0);
  mx_method_cache_free(vm);
  mx_class_life_end(vm);
  mx_shapes_free(vm);
  mx_symtab_free(&vm->symtab);
  mx_gc_free(vm->lists);
  mx_gc_free(vm);
}

// Make a context; stacks are set by its fiber.
ExecCtx *mx_ec_new(VM *vm) {
  ExecCtx *ec = mx_gc_alloc_words(sizeof *ec);
  ec->vm = vm;
  ec->result = VAL_UNDEF;
  return ec;
}
