# SPDX-License-Identifier: MIT
# trace_var calls Procs, blocks and texts with what is assigned, the newest first; untrace_var ends it.
seen = []
second = proc { |value| seen << [:second, value] }
$watched = 0
trace_var(:$watched) { |value| seen << [:first, value] }
trace_var :$watched, second
trace_var :$watched, "$copy = $watched"
$watched = 1
p seen # => [[:second, 1], [:first, 1]]
p $copy # => 1
p untrace_var(:$watched, second) == [second] # => true
$watched += 1
p seen.last # => [:first, 2]
p untrace_var(:$watched).size # => 2
$watched = 3
p seen.size # => 3
trace_var(:$watched) { |value| raise "no #{value}" }
begin
  $watched = 4
rescue RuntimeError => error
  p [error.message, $watched] # => ["no 4", 4]
end
begin
  trace_var :$watched, nil
  trace_var :$watched
rescue ArgumentError => error
  puts error.message # => tried to create Proc object without a block
end
$watched = 5
begin
  untrace_var :$never_seen
rescue NameError => error
  puts error.message # => undefined global variable $never_seen
end
