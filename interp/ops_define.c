// SPDX-License-Identifier: MIT
// Definitions of the bytecode engine: what the operands of the instructions name.
#include "interp/define.h"
#include "interp/ops.h"

const MethodCode *mx_ops_definition(const Frame *fr, uint32_t body) {
  MethodCode *method = mx_gc_alloc_words(sizeof *method);
  *method = (MethodCode){.lex = fr->lex, .around = fr->code, .body = body};
  return method;
}

Value mx_ops_define_class(ExecCtx *ec, const Frame *fr, const uint32_t *ip,
                          const Value *scope_and_super) {
  Value under = mx_define_container(ec, fr->lex, ip[1], (ConstPlace)ip[3], scope_and_super[0]);
  if (val_is_exc(under)) return under;
  Value super = ip[2] & DEFINE_HAS_SUPER ? scope_and_super[1] : VAL_UNDEF;
  return mx_define_class(ec, VAL_CAST(ClassObj, under), ip[1], super);
}

Value mx_ops_define_module(ExecCtx *ec, const Frame *fr, const uint32_t *ip, Value scope) {
  Value under = mx_define_container(ec, fr->lex, ip[1], (ConstPlace)ip[3], scope);
  if (val_is_exc(under)) return under;
  return mx_define_module(ec, VAL_CAST(ClassObj, under), ip[1], (ip[2] & DEFINE_TRAIT) != 0);
}

Value mx_ops_run_body(ExecCtx *ec, const Frame *fr, Value module, uint32_t body) {
  Code *code = mx_stream_body(ec, fr->code, body);
  if (!code) return VAL_EXC;
  if (fr->lex->refinements) mx_stream_refine(code);
  return mx_define_body(ec, fr, module, code);
}
