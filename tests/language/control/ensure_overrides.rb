# SPDX-License-Identifier: MIT
# Jumps inside ensure clauses: those that leave win, others leave the one on its way alone.
$log = []
def log(x) = ($log << x; x)
def logged
  $log.clear
  r = begin
    yield
  rescue => e
    [:raised, e.message]
  end
  [r, *$log]
end

# Jumps that start inside an ensure clause win over the one on its way.
def override(first, second)
  3.times do |i|
    catch(:tag) do
      begin
        case first
        when :return then return [:first, i]
        when :raise then raise "first"
        when :throw then throw :tag
        when :break then break
        end
      ensure
        log [:ensure, i]
        case second
        when :next then next
        when :break then break
        when :return then return [:second, i]
        when :raise then raise "second"
        when :throw then throw :tag
        end
      end
    end
    log [:round, i]
  end
end
[:return, :raise, :throw, :break].each do |first|
  [:next, :break, :return, :raise, :throw, :normal].each { |second| p [first, second, logged { override(first, second) }] }
  # => [:return, :next, [3, [:ensure, 0], [:round, 0], [:ensure, 1], [:round, 1], [:ensure, 2], [:round, 2]]]
  # => [:return, :break, [3, [:ensure, 0], [:round, 0], [:ensure, 1], [:round, 1], [:ensure, 2], [:round, 2]]]
  # => [:return, :return, [[:second, 0], [:ensure, 0]]]
  # => [:return, :raise, [[:raised, "second"], [:ensure, 0]]]
  # => [:return, :throw, [3, [:ensure, 0], [:round, 0], [:ensure, 1], [:round, 1], [:ensure, 2], [:round, 2]]]
  # => [:return, :normal, [[:first, 0], [:ensure, 0]]]
  # => [:raise, :next, [3, [:ensure, 0], [:round, 0], [:ensure, 1], [:round, 1], [:ensure, 2], [:round, 2]]]
  # => [:raise, :break, [3, [:ensure, 0], [:round, 0], [:ensure, 1], [:round, 1], [:ensure, 2], [:round, 2]]]
  # => [:raise, :return, [[:second, 0], [:ensure, 0]]]
  # => [:raise, :raise, [[:raised, "second"], [:ensure, 0]]]
  # => [:raise, :throw, [3, [:ensure, 0], [:round, 0], [:ensure, 1], [:round, 1], [:ensure, 2], [:round, 2]]]
  # => [:raise, :normal, [[:raised, "first"], [:ensure, 0]]]
  # => [:throw, :next, [3, [:ensure, 0], [:round, 0], [:ensure, 1], [:round, 1], [:ensure, 2], [:round, 2]]]
  # => [:throw, :break, [3, [:ensure, 0], [:round, 0], [:ensure, 1], [:round, 1], [:ensure, 2], [:round, 2]]]
  # => [:throw, :return, [[:second, 0], [:ensure, 0]]]
  # => [:throw, :raise, [[:raised, "second"], [:ensure, 0]]]
  # => [:throw, :throw, [3, [:ensure, 0], [:round, 0], [:ensure, 1], [:round, 1], [:ensure, 2], [:round, 2]]]
  # => [:throw, :normal, [3, [:ensure, 0], [:round, 0], [:ensure, 1], [:round, 1], [:ensure, 2], [:round, 2]]]
  # => [:break, :next, [3, [:ensure, 0], [:round, 0], [:ensure, 1], [:round, 1], [:ensure, 2], [:round, 2]]]
  # => [:break, :break, [3, [:ensure, 0], [:round, 0], [:ensure, 1], [:round, 1], [:ensure, 2], [:round, 2]]]
  # => [:break, :return, [[:second, 0], [:ensure, 0]]]
  # => [:break, :raise, [[:raised, "second"], [:ensure, 0]]]
  # => [:break, :throw, [3, [:ensure, 0], [:round, 0], [:ensure, 1], [:round, 1], [:ensure, 2], [:round, 2]]]
  # => [:break, :normal, [3, [:ensure, 0], [:round, 0], [:ensure, 1], [:round, 1], [:ensure, 2], [:round, 2]]]
end

# Loops, returns and blocks inside an ensure clause do not disturb the jump on its way.
def busy_ensure
  [1, 2].each do |x|
    begin
      return [:result, x]
    ensure
      i = 0
      while true
        i += 1
        next if i < 2
        break if i > 3
        begin
          log i
        ensure
          log [1, 2].each { |y| break y * 100 if y == 2 }
        end
      end
      log (begin; raise "caught inside"; rescue => e; e.message; end)
      log catch(:inner) { throw :inner, :inner }
      log -> { return :from_lambda }.call
      log helper_with_ensure
    end
  end
end
def helper_with_ensure
  return :helper
ensure
  log :helper_ensure
end
p logged { busy_ensure } # => [[:result, 1], 2, 200, 3, 200, "caught inside", :inner, :from_lambda, :helper_ensure, :helper]

# The value on its way is computed before the ensure clause runs, which can change only objects.
def value_kept
  x = 1
  s = +"a"
  return [x, s]
ensure
  x = 2
  s << "b"
end
p value_kept # => [1, "ab"]
def break_value = [1].each { |v| begin; break v; ensure; v = 9; end }
p break_value # => 1
def while_value(v) = while true do begin; break v; ensure; v = 9; end end
p while_value(3) # => 3
def next_value = [1, 2].map { |v| begin; next v; ensure; v += 10; end }
p next_value # => [1, 2]
