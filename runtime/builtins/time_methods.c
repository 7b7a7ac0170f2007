// SPDX-License-Identifier: MIT
// Leaves of Time: fields, arithmetic, comparison, strftime, and what core/time.mx is built on.
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/rational.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/time.h"
#include "runtime/builtins/rows.h"

enum { NANOSECONDS = 1000000000 };

// ---- fields

#define FIELD(fn, field)                      \
  Value fn(ExecCtx *ec, Value self) {         \
    TimeParts parts;                          \
    mx_time_parts(mx_time_get(self), &parts); \
    return mx_int_from_i64(ec, parts.field);  \
  }
FIELD(mx_time_m_year, year)
FIELD(mx_time_m_month, month)
FIELD(mx_time_m_day, day)
FIELD(mx_time_m_hour, hour)
FIELD(mx_time_m_min, min)
FIELD(mx_time_m_sec, sec)
FIELD(mx_time_m_wday, wday)
FIELD(mx_time_m_yday, yday)
FIELD(mx_time_m_utc_offset, offset)
#undef FIELD

// Time#usec
Value mx_time_m_usec(ExecCtx *ec, Value self) {
  return val_from_fixnum(mx_time_get(self)->nsec / 1000);
}

// Time#nsec
Value mx_time_m_nsec(ExecCtx *ec, Value self) { return val_from_fixnum(mx_time_get(self)->nsec); }

// Time#subsec: the fraction of the second, 0 or a Rational
Value mx_time_m_subsec(ExecCtx *ec, Value self) {
  int32_t nsec = mx_time_get(self)->nsec;
  if (nsec == 0) return val_from_fixnum(0);
  return mx_rational_new(ec, val_from_fixnum(nsec), val_from_fixnum(NANOSECONDS));
}

// Time#utc?
Value mx_time_m_is_utc(ExecCtx *ec, Value self) {
  return val_bool(mx_time_get(self)->zone == ZONE_UTC);
}

// Time#dst?
Value mx_time_m_is_dst(ExecCtx *ec, Value self) {
  TimeParts parts;
  mx_time_parts(mx_time_get(self), &parts);
  return val_bool(parts.dst);
}

// ---- as numbers

// Time#to_i
Value mx_time_m_to_i(ExecCtx *ec, Value self) {
  return mx_int_from_i64(ec, mx_time_get(self)->sec);
}

// Time#to_f
Value mx_time_m_to_f(ExecCtx *ec, Value self) {
  Value exact = mx_time_m_to_r(ec, self);
  double d;
  return val_is_exc(exact) || !mx_to_double(ec, exact, &d) ? VAL_EXC : mx_float_new(ec, d);
}

// Nanoseconds since 1970.
static Value time_nanoseconds(ExecCtx *ec, const TimeObj *time) {
  Value sec = mx_int_mul(ec, mx_int_from_i64(ec, time->sec), val_from_fixnum(NANOSECONDS));
  return mx_int_add(ec, sec, val_from_fixnum(time->nsec));
}

// Time#to_r
Value mx_time_m_to_r(ExecCtx *ec, Value self) {
  Value nanos = time_nanoseconds(ec, mx_time_get(self));
  return mx_rational_new(ec, nanos, val_from_fixnum(NANOSECONDS));
}

// ---- arithmetic

// A time moved by a number of seconds.
static Value time_move(ExecCtx *ec, Value self, Value by, int sign) {
  int64_t sec, nsec, sum;
  const TimeObj *time = mx_time_get(self);
  if (!mx_time_split(ec, by, &sec, &nsec)) return VAL_EXC;
  if (__builtin_add_overflow(time->sec, sign * sec, &sum))
    return mx_raise_range(ec, "time out of range");
  ClassObj *klass = mx_class_real(mx_class_of(ec->vm, self));
  return mx_time_new(ec, klass, sum, time->nsec + sign * nsec, time);
}

// Time#+
Value mx_time_m_plus(ExecCtx *ec, Value self, Value a) {
  if (mx_time_get(a)) return mx_raise_type(ec, "time + time?");
  return time_move(ec, self, a, 1);
}

// Time#-: a Float of seconds between two times, or an earlier time
Value mx_time_m_minus(ExecCtx *ec, Value self, Value a) {
  const TimeObj *other = mx_time_get(a), *time = mx_time_get(self);
  if (!other) return time_move(ec, self, a, -1);
  Value nanos = mx_int_sub(ec, time_nanoseconds(ec, time), time_nanoseconds(ec, other));
  Value exact = mx_rational_new(ec, nanos, val_from_fixnum(NANOSECONDS));
  double d;
  return val_is_exc(exact) || !mx_to_double(ec, exact, &d) ? VAL_EXC : mx_float_new(ec, d);
}

// Order of two times.
static int time_order(const TimeObj *a, const TimeObj *b) {
  if (a->sec != b->sec) return a->sec < b->sec ? -1 : 1;
  return a->nsec == b->nsec ? 0 : a->nsec < b->nsec ? -1 : 1;
}

// Time#<=>
Value mx_time_m_compare(ExecCtx *ec, Value self, Value a) {
  const TimeObj *other = mx_time_get(a);
  if (other) return val_from_fixnum(time_order(mx_time_get(self), other));
  if (!val_is_heap(a)) return VAL_NIL;
  Value reverse = mx_send_if(ec, a, SYM_CMP, 1, &self);
  if (val_is_undef(reverse) || val_is_nil(reverse)) return VAL_NIL;
  int64_t sign;
  if (val_is_exc(reverse) || !mx_to_int64(ec, reverse, &sign)) return VAL_EXC;
  return val_from_fixnum(sign < 0 ? 1 : sign > 0 ? -1 : 0);
}

// Time#eql?
Value mx_time_m_is_eql(ExecCtx *ec, Value self, Value a) {
  const TimeObj *other = mx_time_get(a);
  return val_bool(other && time_order(mx_time_get(self), other) == 0);
}

// Time#hash
Value mx_time_m_hash(ExecCtx *ec, Value self) {
  const TimeObj *time = mx_time_get(self);
  uint64_t hash = mx_hash_mix((uint64_t)time->sec, (uint64_t)time->nsec);
  return val_from_fixnum((int64_t)(hash >> 2));
}

// ---- text

// Name of the zone of a fixed offset, for %Z.
static void time_put_zone(const TimeObj *time, TimeParts *parts) {
  if (time->zone != ZONE_FIXED || !val_is_string(time->name)) return;
  size_t len = mx_str_len(time->name);
  if (len >= sizeof parts->zone) len = sizeof parts->zone - 1;
  memcpy(parts->zone, mx_str_bytes(time->name), len);
  parts->zone[len] = 0;
}

// Time#strftime
Value mx_time_m_strftime(ExecCtx *ec, Value self, Value a) {
  TimeParts parts;
  Value format = mx_to_str(ec, a);
  if (val_is_exc(format)) return format;
  if (!mx_enc_info(mx_str_enc(format))->ascii_compat)
    return mx_raise_arg(ec, "format should have ASCII compatible encoding");
  const TimeObj *time = mx_time_get(self);
  mx_time_parts(time, &parts);
  time_put_zone(time, &parts);
  StrBuf out = STRBUF_INIT;
  mx_time_format(time, &parts, mx_str_bytes(format), mx_str_len(format), &out);
  Value text = mx_str_new(ec, mx_strbuf_text(&out), out.len, mx_str_enc(format));
  mx_strbuf_free(&out);
  return text;
}

// ---- for core code

// Time#initialize_copy
Value mx_time_m_initialize_copy(ExecCtx *ec, Value self, Value a) {
  const TimeObj *from = mx_time_get(a);
  if (!from) return mx_raise_type(ec, "wrong argument type");
  *mx_time_get(self) = *from;
  return self;
}

// Primitive.time_now(time): make it the present, local
Value mx_time_p_now(ExecCtx *ec, Value self, Value a) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  *mx_time_get(a) = (TimeObj){.sec = now.tv_sec, .nsec = (int32_t)now.tv_nsec};
  return a;
}

// Zone of core code: nil local, :utc, or an Integer offset.
static void time_take_zone(TimeObj *time, Value zone) {
  time->name = VAL_NIL;
  time->zone = val_is_nil(zone) ? ZONE_LOCAL : val_is_fixnum(zone) ? ZONE_FIXED : ZONE_UTC;
  time->offset = val_is_fixnum(zone) ? (int32_t)val_to_fixnum(zone) : 0;
}

// Primitive.time_set(time, seconds, nanoseconds, zone)
Value mx_time_p_set(ExecCtx *ec, Value self, Value a, Value b, Value c, Value d) {
  TimeObj *time = mx_time_get(a);
  int64_t sec, nsec;
  if (!mx_to_int64(ec, b, &sec) || !mx_to_int64(ec, c, &nsec)) return VAL_EXC;
  int64_t carry = nsec / NANOSECONDS - (nsec % NANOSECONDS < 0);
  time->sec = sec + carry;
  time->nsec = (int32_t)(nsec - carry * NANOSECONDS);
  time_take_zone(time, d);
  return a;
}

// Primitive.time_civil([year, month, day, hour, minute, second], zone): seconds since 1970
Value mx_time_p_civil(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t n[6];
  for (int i = 0; i < 6; i++)
    if (!mx_to_int64(ec, mx_array_get(ec, a, i), &n[i])) return VAL_EXC;
  if (n[0] > 200000000000 || n[0] < -200000000000) return mx_raise_range(ec, "year too big");
  TimeParts parts = {.year = n[0],
                     .month = (int32_t)n[1],
                     .day = (int32_t)n[2],
                     .hour = (int32_t)n[3],
                     .min = (int32_t)n[4],
                     .sec = (int32_t)n[5]};
  TimeObj zone = {0};
  time_take_zone(&zone, b);
  parts.offset = zone.offset;
  return mx_int_from_i64(ec, mx_time_from_parts(&parts, (TimeZoneKind)zone.zone));
}

// Primitive.time_seconds(number or time): [seconds, nanoseconds]
Value mx_time_p_seconds(ExecCtx *ec, Value self, Value a) {
  int64_t sec, nsec;
  if (!mx_time_split(ec, a, &sec, &nsec)) return VAL_EXC;
  return MX_ARRAY_OF(ec, mx_int_from_i64(ec, sec), val_from_fixnum(nsec));
}

// Primitive.time_set_zone(time, zone, name)
Value mx_time_p_set_zone(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  TimeObj *time = mx_time_get(a);
  time_take_zone(time, b);
  time->name = c;
  return a;
}

// Primitive.time_zone_name(time): abbreviation, zone object or nil
Value mx_time_p_zone_name(ExecCtx *ec, Value self, Value a) {
  TimeParts parts;
  const TimeObj *time = mx_time_get(a);
  if (time->zone == ZONE_FIXED) return time->name;
  mx_time_parts(time, &parts);
  return mx_str_ascii(ec, parts.zone);
}

// Primitive.time_fixed_offset(time): its offset when that is fixed, else nil
Value mx_time_p_fixed_offset(ExecCtx *ec, Value self, Value a) {
  const TimeObj *time = mx_time_get(a);
  return time->zone == ZONE_FIXED ? val_from_fixnum(time->offset) : VAL_NIL;
}
