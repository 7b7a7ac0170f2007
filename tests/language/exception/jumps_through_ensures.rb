# SPDX-License-Identifier: MIT
# return, next and break on their way through ensure clauses: short ones, long ones, both, with rescue
# clauses and loops in between.
$log = []
def note(x) = $log << x
def show(name)
  $log = []
  value = yield
  p [name, value, $log, $!]
rescue => error
  p [name, error.class, error.message, $log, error.cause&.message]
end

def returns
  begin
    return note(1).size
  ensure
    note(:a)
  end
  note(:never)
end
show("return") { returns }

def through_three
  begin
    begin
      begin
        return 1
      ensure
        note(:inner)
      end
    ensure
      [1, 2].each { |x| note(x) } # a block: long
      note(:middle)
    end
  ensure
    note(:outer)
  end
end
show("three, one long") { through_three }

def through_short
  begin
    begin
      return [1, *note(2)]
    ensure
      note(:inner)
    end
  rescue
    note(:never)
  else
    note(:never)
  ensure
    note(:outer)
  end
end
show("two short") { through_short }

def from_rescue(deep)
  begin
    begin
      raise "first"
    rescue => e
      return [e.message, $!.message] if deep
      note($!.message)
    ensure
      note([:ensure, $!])
    end
  ensure
    note([:outer, $!])
  end
  :end
end
show("return from rescue") { from_rescue(true) }
show("no return from rescue") { from_rescue(false) }

def rescue_around
  begin
    begin
      begin
        return 1
      ensure
        note(:clause)
        raise "in the clause"
      end
    rescue => e
      note(e.message)
    end
  rescue => e
    note(:never)
  end
  :went_on
end
show("the clause raises, rescued outside") { rescue_around }

def not_its_own
  begin
    return 1
  rescue => e
    note(:never)
  ensure
    raise ArgumentError, "not rescued by its own begin"
  end
end
show("the clause raises") { not_its_own }

def once
  begin
    return 1
  ensure
    note(:once)
    raise "x" if $log.size < 2
  end
end
show("the clause runs once") { once }

def overridden
  begin
    return 1
  ensure
    return 2
  end
end
show("return in the clause") { overridden }

def loops(n)
  log = []
  i = 0
  while i < n
    i += 1
    begin
      next if i == 2
      break if i == 4
      log << i
    ensure
      note(i)
    end
  end
  log
end
show("loop") { loops(6) }

def loop_value
  while true
    begin
      begin
        break 5
      ensure
        note(:in)
      end
    ensure
      note(:out)
    end
  end
end
show("value of a loop") { loop_value }
show("clause breaks instead") do
  x = while true
    begin
      break 1
    ensure
      break 2
    end
  end
  x
end
show("clause goes on instead") do
  i = 0
  x = while (i += 1) < 4
    begin
      break :left
    ensure
      next if i < 3
      note(i)
    end
  end
  x
end
show("next of a block") do
  [1, 2, 3].map do |x|
    begin
      next x * 10 if x == 2
      x
    ensure
      note(x)
    end
  end
end
show("break of a block") { [1, 2, 3].each { |x| begin; break x if x == 2; ensure; note(x); end } }
show("do while") do
  i = 0
  begin
    i += 1
    begin
      next if i < 3
      note(:body)
    ensure
      note(i)
    end
  end while i < 4
  i
end
show("operands below") do
  [1, (while true do begin; break [2]; ensure; note(3); end end), *[4]]
end
def in_arguments = note([1, (begin; return :early; ensure; note(2); end), 3])
show("among arguments") { in_arguments }
show("redo and retry") do
  tries = 0
  begin
    begin
      tries += 1
      raise "again" if tries < 3
      tries
    ensure
      note(tries)
    end
  rescue
    retry
  end
end
lambda_returns = lambda do |x|
  begin
    return x + 1
  ensure
    note(x)
  end
end
show("lambda") { lambda_returns.call(4) }
def yields
  begin
    yield
  ensure
    note(:after_yield)
  end
end
def outer_return
  yields { return :out }
  :never
end
show("return of a block") { outer_return }
def conditional_clause(x)
  begin
    return x
  ensure
    if x then note(:yes) else note(:no) end
  end
end
show("condition in the clause") { [conditional_clause(true), conditional_clause(nil)] }
def locals_of_the_clause
  begin
    y = 1
    return y
  ensure
    y = note(y).size
    z = y + 1
    note(z)
  end
end
show("locals") { locals_of_the_clause }
def value_is_taken_before(a)
  begin
    return a.dup
  ensure
    a << 1
  end
end
show("value before clause") { value_is_taken_before([0]) }
def lines
  begin
    return 1
  ensure
    raise "line"
  end
end
begin
  lines
rescue => e
  p e.backtrace.first[/:(\d+)/, 1].to_i - __LINE__
end
def out_of_loops(list)
  begin
    for x in list
      y = x
      while true
        begin
          return y if y > 20
        ensure
          note(y)
        end
        y += x
        break if y > 50
      end
    end
  ensure
    note(:done)
  end
end
show("return out of loops") { out_of_loops([9, 10]) }
# A rescue clause that a return has split keeps its $! in a loop over the split, and loses it in retry.
def split_clause(list)
  tries = 0
  begin
    begin
      tries += 1
      raise "number #{tries}"
    rescue => e
      i = 0
      while i < 3
        i += 1
        begin
          return [e.message, $!.message] if i == list[0]
        ensure
          note($!&.message)
        end
        redo_it = i == 2 && list.delete(:redo)
        note($!.message)
        redo if redo_it
      end
      retry if tries < list[1]
      $!.message
    end
  ensure
    note([:end, $!&.message])
  end
end
show("split clause, return") { split_clause([2, 3]) }
show("split clause, retry") { split_clause([9, 2]) }
show("split clause, redo") { split_clause([9, 1, :redo]) }
def state_of_the_clause(list)
  list.each do |x|
    begin
      next
    ensure
      note(x) if (x == 2)..(x == 4)
      note(:matched) if x.to_s =~ /[35]/
    end
  end
  :end
end
show("a clause that is there once") { state_of_the_clause([1, 2, 3, 4, 5]) }

# Clauses that jump themselves, in each other: the code stays small.
def nested(levels)
  "lambda do |x|\n#{"begin\n" * levels}x += 1\nreturn x if x > 9\n" +
    "ensure\n$log << x if x == 3\nreturn x if x == 7\nend\n" * levels + "end"
end
[1, 3, 4, 5, 40, 200, 300].each do |levels|
  $log = []
  body = eval(nested(levels))
  p [levels, body.call(1), body.call(10), body.call(6), body.call(2), $log.size]
end

# A jump that each of many clauses may replace by its own.
returning = (0...300).inject("return -1") do |body, level|
  "begin\n#{body}\nensure\nreturn #{level} if x == #{level}\nend"
end
body = eval("lambda do |x|\n#{returning}\nend")
p [-5, 0, 150, 299].map { |x| body.call(x) }

# A jump that is reached by a jump backwards only, through clauses that are too long to be copied.
def found(list)
  i = 0
  begin
    begin
      while i < list.size
        return [:found, i] if list[i] == 3
        i += 1
      end
      :none
    ensure
      $log << :a << i << list.size << :b << :c
      $log << :d << i << list.size << :e << :f
      $log.clear if $log.size > 50
      $log << :g << i << list.size << :h
    end
  ensure
    $log << :i << i << list.size << :j << :k
    $log << :l << i << list.size << :m << :n
    $log.clear if $log.size > 50
    $log << :o << i << list.size << :p
  end
end
$log = []
p found([1, 2, 3]), $log.size
p found([1, 2]), $log.last(4)
