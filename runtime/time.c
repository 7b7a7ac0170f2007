// SPDX-License-Identifier: MIT
// Time as data: calendars, zones, conversion of numbers.
#include "runtime/time.h"
#include "runtime/float.h"
#include "runtime/integer.h"
#include "runtime/rational.h"
#include "runtime/semantics.h"

#include <math.h>

enum { SECONDS_OF_DAY = 86400, NANOSECONDS = 1000000000 };

static const ForeignType time_type = {.name = "Time", .size = sizeof(TimeObj)};

// Allocate the moment 0.
static Value time_allocate(ExecCtx *ec, ClassObj *klass) {
  return val_from_ptr(mx_foreign_new(ec, klass, &time_type));
}

// Boot: how instances are made.
void mx_time_boot(VM *vm) { vm->cls.Time->allocate = time_allocate; }

// The payload; NULL when v is no Time.
TimeObj *mx_time_get(Value v) { return mx_foreign_get(v, &time_type); }

// A Time of a class with the zone of another.
Value mx_time_new(ExecCtx *ec, ClassObj *klass, int64_t sec, int64_t nsec, const TimeObj *like) {
  Value v = time_allocate(ec, klass);
  TimeObj *time = mx_time_get(v);
  if (like) *time = *like;
  int64_t carry = nsec / NANOSECONDS - (nsec % NANOSECONDS < 0);
  time->sec = sec + carry;
  time->nsec = (int32_t)(nsec - carry * NANOSECONDS);
  return v;
}

// A local Time.
Value mx_time_at(ExecCtx *ec, int64_t sec, int64_t nsec) {
  return mx_time_new(ec, ec->vm->cls.Time, sec, nsec, NULL);
}

// ---- calendar

// Quotient rounded down.
static int64_t time_floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

// Days since 1970 of a date, counting years from March so that leap days come last.
int64_t mx_time_days(int64_t year, int32_t month, int32_t day) {
  year -= month <= 2;
  int64_t era = time_floor_div(year, 400);
  int64_t of_era = year - era * 400;
  int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

// Is it a leap year?
static bool time_is_leap(int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

// Date of a number of days since 1970.
static void time_civil(int64_t days, TimeParts *out) {
  int64_t shifted = days + 719468;
  int64_t era = time_floor_div(shifted, 146097);
  int64_t of_era = shifted - era * 146097;
  int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  int64_t month = (5 * of_year + 2) / 153;
  out->day = (int32_t)(of_year - (153 * month + 2) / 5 + 1);
  out->month = (int32_t)(month < 10 ? month + 3 : month - 9);
  out->year = year + era * 400 + (out->month <= 2);
  out->wday = (int32_t)(((days % 7) + 11) % 7);
  out->yday = (int32_t)(days - mx_time_days(out->year, 1, 1) + 1);
}

// Parts of seconds that are counted in the zone already.
static void time_split_seconds(int64_t local, TimeParts *out) {
  int64_t days = time_floor_div(local, SECONDS_OF_DAY);
  int32_t rest = (int32_t)(local - days * SECONDS_OF_DAY);
  time_civil(days, out);
  out->hour = rest / 3600;
  out->min = rest / 60 % 60;
  out->sec = rest % 60;
}

// Parts in the zone of the process.
static void time_local_parts(const TimeObj *time, TimeParts *out) {
  struct tm tm = {0};
  time_t sec = time->sec;
  localtime_r(&sec, &tm);
  time_split_seconds(time->sec + tm.tm_gmtoff, out);
  out->offset = (int32_t)tm.tm_gmtoff;
  out->dst = tm.tm_isdst > 0;
  if (!tm.tm_zone) return;
  strncpy(out->zone, tm.tm_zone, sizeof out->zone - 1);
}

// A moment as a calendar shows it.
void mx_time_parts(const TimeObj *time, TimeParts *out) {
  *out = (TimeParts){.nsec = time->nsec};
  if (time->zone == ZONE_LOCAL) {
    time_local_parts(time, out);
    return;
  }
  out->offset = time->zone == ZONE_FIXED ? time->offset : 0;
  time_split_seconds(time->sec + out->offset, out);
  if (time->zone == ZONE_UTC) memcpy(out->zone, "UTC", 4);
}

// Seconds since 1970 of parts in the zone of the process.
static int64_t time_from_local(const TimeParts *parts) {
  struct tm tm = {.tm_year = (int)(parts->year - 1900),
                  .tm_mon = parts->month - 1,
                  .tm_mday = parts->day,
                  .tm_hour = parts->hour,
                  .tm_min = parts->min,
                  .tm_sec = parts->sec,
                  .tm_isdst = -1};
  return mktime(&tm);
}

// Seconds since 1970 of parts.
int64_t mx_time_from_parts(const TimeParts *parts, TimeZoneKind zone) {
  bool in_range = parts->year > -1000000 && parts->year < 1000000;
  if (zone == ZONE_LOCAL && in_range) return time_from_local(parts);
  int64_t days = mx_time_days(parts->year, parts->month, parts->day);
  int64_t sec = days * SECONDS_OF_DAY + parts->hour * 3600 + parts->min * 60 + parts->sec;
  if (!time_is_leap(parts->year) && parts->month == 2 && parts->day > 29) return sec;
  return zone == ZONE_FIXED ? sec - parts->offset : sec;
}

// ---- numbers

// Split a Rational: floor, then nanoseconds of the rest.
static bool time_split_rational(ExecCtx *ec, Value v, int64_t *sec, int64_t *nsec) {
  Value num = mx_rational_num(v), den = mx_rational_den(v), whole, rest;
  if (!mx_int_divmod(ec, num, den, &whole, &rest)) return false;
  Value scaled = mx_int_mul(ec, rest, val_from_fixnum(NANOSECONDS));
  Value nanos = mx_int_div(ec, scaled, den);
  if (val_is_exc(nanos)) return false;
  if (mx_int_to_i64(whole, sec) && mx_int_to_i64(nanos, nsec)) return true;
  (void)mx_raise_range(ec, "bignum out of Time range");
  return false;
}

// Split a double exactly (nanoseconds are cut off).
static bool time_split_double(ExecCtx *ec, double d, int64_t *sec, int64_t *nsec) {
  if (isnan(d) || isinf(d)) {
    (void)mx_raise(ec, ec->vm->cls.FloatDomainError,
                   isnan(d) ? "NaN"
                   : d < 0  ? "-Infinity"
                            : "Infinity");
    return false;
  }
  if (fabs(d) > 9e18) {
    (void)mx_raise_range(ec, "float %g out of range of Time", d);
    return false;
  }
  Value exact = mx_rational_from_double(ec, d);
  return !val_is_exc(exact) && time_split_rational(ec, exact, sec, nsec);
}

// Seconds and nanoseconds of a number; of anything else by to_r.
static bool time_split_number(ExecCtx *ec, Value v, int64_t *sec, int64_t *nsec) {
  *nsec = 0;
  if (val_is_fixnum(v)) {
    *sec = val_to_fixnum(v);
    return true;
  }
  if (val_is_float(v)) return time_split_double(ec, val_to_double(v), sec, nsec);
  if (val_is_bignum(v) || val_is_type(v, T_RATIONAL)) return time_split_rational(ec, v, sec, nsec);
  bool text = val_is_nil(v) || val_is_type(v, T_STRING) || !val_is_heap(v);
  Value exact = text ? VAL_UNDEF : mx_send_if(ec, v, SYM_to_r, 0, NULL);
  if (val_is_undef(exact) && !text) exact = mx_send_if(ec, v, SYM_to_int, 0, NULL);
  if (val_is_exc(exact)) return false;
  if (val_is_integer(exact) || val_is_type(exact, T_RATIONAL))
    return time_split_rational(ec, exact, sec, nsec);
  (void)mx_raise_type(
      ec, "can't convert %s into an exact number",
      val_is_nil(v) ? "nil"
      : mx_class_real(mx_class_of(ec->vm, v))->name
          ? mx_sym_text(&ec->vm->symtab, mx_class_real(mx_class_of(ec->vm, v))->name)
          : "object");
  return false;
}

// Seconds and nanoseconds of a Time or number.
bool mx_time_split(ExecCtx *ec, Value v, int64_t *sec, int64_t *nsec) {
  const TimeObj *time = mx_time_get(v);
  if (!time) return time_split_number(ec, v, sec, nsec);
  *sec = time->sec;
  *nsec = time->nsec;
  return true;
}

// The same for system calls.
bool mx_time_to_timespec(ExecCtx *ec, Value v, struct timespec *out) {
  int64_t sec, nsec;
  if (!mx_time_split(ec, v, &sec, &nsec)) return false;
  *out = (struct timespec){sec, nsec};
  return true;
}
