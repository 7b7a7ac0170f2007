# SPDX-License-Identifier: MIT
# Arguments that a format does not ask for: a warning if $VERBOSE is true, an error if $DEBUG is.
def Warning.warn(text, **) = puts(text[/warning: .*/])
p format("%d", 1, 2) # => "1"
$VERBOSE = true
p "%d" % [1, 2]
# => warning: too many arguments for format string
# => "1"
p format("%2$d", 1, 2) # => "2"
p format("none", { a: 1 }) # => "none"
$DEBUG = true
begin
  format("%d", 1, 2)
rescue ArgumentError => error
  p error # => #<ArgumentError: too many arguments for format string>
end
