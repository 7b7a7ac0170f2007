# SPDX-License-Identifier: MIT
# $/ keeps a frozen copy; each separator is named in errors as it was written, and in warnings.
given = +"|"
$/ = given
p $/.frozen?, given.frozen? # => true
# => false
begin
  $-0 = 1
rescue TypeError => error
  puts error.message # => value of $-0 must be String
end
begin
  $/ = true
rescue TypeError => error
  puts error.message # => value of $/ must be String
end
$-0 = "\n"
p $/ # => "\n"
def Warning.warn(text, **) = puts(text[/warning: .*/])
Warning[:deprecated] = true
$, = "-" # => warning: '$,' is deprecated
$, = nil
$; = "," # => warning: '$;' is deprecated
$; = nil
$= = 1 # => warning: variable $= is no longer effective; ignored
p $=
# => warning: variable $= is no longer effective
# => false
