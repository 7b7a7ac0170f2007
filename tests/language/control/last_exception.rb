# SPDX-License-Identifier: MIT
# $!: set while a handler runs, put back to what it was however the handler is left.
$log = []
def log(x) = $log << x
def logged
  $log.clear
  result = yield rescue :raised
  [result, $log.dup, $!]
end

# $! is that of the innermost handler, and is put back when it is left, however that happens.
def bang = $! && $!.message
seen = [bang]
begin
  raise "one"
rescue
  seen << bang
  begin
    raise "two"
  rescue
    seen << bang
  end
  seen << bang
  (raise "three" rescue seen << bang)
  seen << bang
  [1].each { begin; raise "four"; rescue; next; end }
  seen << bang
  while true do begin; raise "five"; rescue; break; end end
  seen << bang
  catch(:out) { begin; raise "six"; rescue; throw :out; end }
  seen << bang
  -> { begin; raise "seven"; rescue; return; end }.call
  seen << bang
  begin
    seen << bang
  ensure
    seen << bang
  end
end
seen << bang
p seen # => [nil, "one", "two", "one", "three", "one", "one", "one", "one", "one", "one", "one", nil]
def left_by_return
  raise "x"
rescue
  return bang
ensure
  log bang
end
p logged { left_by_return } # => ["x", [nil], nil]
def in_ensure_while_raising
  raise "y"
ensure
  log bang
end
p logged { in_ensure_while_raising } # => [:raised, ["y"], nil]
n = 0
begin
  n += 1
  log bang
  raise "try #{n}" if n < 3
rescue
  retry
end
p $log.last(2), bang # => [nil, nil]
# => nil
