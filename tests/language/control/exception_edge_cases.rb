# SPDX-License-Identifier: MIT
# Exceptions: deep nesting, exceptions in ensure and rescue, re-raising, unwinding, native methods.
$log = []
def log(x) = $log << x
def logged
  $log.clear
  result = begin
    yield
  rescue Exception => e
    [e.class, e.message]
  end
  [result, $log.dup, $!]
end

# Deeply nested begin blocks: each level handles its own class.
def nest(n, error)
  begin
    n.zero? ? raise(error, "deep") : nest(n - 1, error)
  rescue ArgumentError
    raise TypeError, "at #{n}" if n == 2
    raise
  rescue TypeError => e
    log [n, e.message]
    raise IndexError, e.message if n == 5
    raise
  ensure
    log n
  end
end
p logged { nest(6, ArgumentError) } # => [[IndexError, "at 2"], [0, 1, 2, [3, "at 2"], 3, [4, "at 2"], 4, [5, "at 2"], 5, 6], nil]
p logged { nest(2, KeyError) } # => [[KeyError, "deep"], [0, 1, 2], nil]
def textual
  begin
    begin
      begin
        begin
          raise KeyError, "1"
        rescue TypeError
          log :wrong
        ensure
          log :e4
        end
      rescue IndexError => e
        log e.message
        raise "2"
      else
        log :wrong
      ensure
        log :e3
      end
    rescue RuntimeError => e
      log [e.message, e.cause.message]
      raise e
    ensure
      log :e2
    end
  rescue => e
    [e.message, e.cause.message, $!.equal?(e)]
  ensure
    log :e1
  end
end
p logged { textual } # => [["2", "1", true], [:e4, "1", :e3, ["2", "1"], :e2, :e1], nil]

# An exception in ensure replaces the one on its way, and remembers it.
def in_ensure(body, final)
  body.call
ensure
  final.call
end
p logged { in_ensure(-> { raise "body" }, -> { raise "final" }) } # => [[RuntimeError, "final"], [], nil]
p logged { in_ensure(-> { 1 }, -> { raise "final" }) } # => [[RuntimeError, "final"], [], nil]
p logged { in_ensure(-> { raise "body" }, -> { (raise "inner" rescue log($!.message)) }) } # => [[RuntimeError, "body"], ["inner"], nil]
p (begin; in_ensure(-> { raise "body" }, -> { raise "final" }); rescue => e; e.cause.message; end) # => "body"
def final_value = (begin; return :body; ensure; log(:final); :ignored; end)
p logged { final_value } # => [:body, [:final], nil]
def final_return = (begin; raise "lost"; ensure; return :final; end)
p logged { final_return } # => [:final, [], nil]
def final_break = while true do begin; raise "lost"; ensure; break :broken; end end
p logged { final_break } # => [:broken, [], nil]
def final_next = [1, 2].map { |x| begin; raise "lost"; ensure; next x * 10; end }
p logged { final_next } # => [[10, 20], [], nil]
def final_throw = catch(:t) { begin; raise "lost"; ensure; throw :t, :thrown; end }
p logged { final_throw } # => [:thrown, [], nil]

# Re-raising from rescue keeps the object, its backtrace and its cause.
def again
  yield
rescue => e
  log e.object_id
  raise
end
p logged { again { again { raise "x" } } }.then { |r, l, _| [r, l.uniq.size, l.size] } # => [[RuntimeError, "x"], 1, 2]
original = (raise "first" rescue $!)
p ((again { raise original }) rescue [$!.equal?(original), $!.cause]) # => [true, nil]
line = (begin; raise "here"; rescue => e; begin; raise e; rescue => f; [e.backtrace == f.backtrace, f.cause]; end; end)
p line # => [true, nil]
p (begin; raise "a"; rescue; begin; raise "b"; rescue; begin; raise "c"; rescue => e; [e.message, e.cause.message, e.cause.cause.message]; end; end; end)
# => ["c", "b", "a"]
p (begin; raise "a"; rescue; begin; raise "b", cause: nil; rescue => e; [e.message, e.cause]; end; end) # => ["b", nil]
p (begin; raise "a"; rescue => a; begin; raise TypeError.new("b"), cause: KeyError.new("k"); rescue => e; [e.cause.class, a.message]; end; end)
# => [KeyError, "a"]
p (begin; raise; rescue RuntimeError => e; e.message; end) # => ""
p (begin; begin; raise "outer"; rescue; (raise "in" rescue nil); raise; end; rescue => e; e.message; end) # => "outer"

# Exceptions of native methods, through blocks called by native methods, and by lookup.
def kind = (yield; :fine) rescue [$!.class, $!.message.lines.first.chomp]
p kind { 1 / 0 }, kind { Integer("zz") }, kind { [1, 2].first(-1) }, kind { {}.fetch(:k) }, kind { "x".to_sym.to_proc.call }
# => [ZeroDivisionError, "divided by 0"]
# => [ArgumentError, "invalid value for Integer(): \"zz\""]
# => [ArgumentError, "negative array size"]
# => [KeyError, "key not found: :k"]
# => [ArgumentError, "no receiver given"]
p kind { [3, "a"].sort }, kind { [1].fetch(9) }, kind { Float("1.x") }, kind { :a <=> 1; :a + 1 }.first, kind { nil.foo }.first
# => [ArgumentError, "comparison of Integer with String failed"]
# => [IndexError, "index 9 outside of array bounds: -1...1"]
# => [ArgumentError, "invalid value for Float(): \"1.x\""]
# => NoMethodError
# => NoMethodError
p kind { [1, 2].each { |x| [3].map { raise IndexError, "in #{x}" } } }, kind { [2, 1].sort_by { |x| raise KeyError, "s" } }
# => [IndexError, "in 1"]
# => [KeyError, "s"]
p kind { { a: 1 }.each { raise "hash" } }, kind { [1].inject(1) { raise "inject" } }, kind { "ab".gsub(/b/) { raise "gsub" } }
# => [RuntimeError, "hash"]
# => [RuntimeError, "inject"]
# => [RuntimeError, "gsub"]
p kind { Class.new { def method_missing(n, *) = raise(TypeError, "lookup of #{n}") }.new.any } # => [TypeError, "lookup of any"]
p kind { Class.new { def respond_to_missing?(*) = raise("asked"); def to_s = 1 }.new.respond_to?(:q) } # => [RuntimeError, "asked"]
p kind { Comparable.instance_method(:<).bind_call(Object.new, 1) }.first, kind { Object.const_get(:Nope) }, kind { BasicObject.new.inspect }.first
# => ArgumentError
# => [NameError, "uninitialized constant Nope"]
# => NoMethodError
p kind { Hash.new { |h, k| raise KeyError, "default #{k}" }[:z] }, kind { Struct.new(:a).new(1, 2) }, kind { loop { raise "loop" } }
# => [KeyError, "default z"]
# => [ArgumentError, "struct size differs"]
# => [RuntimeError, "loop"]
p kind { loop { raise StopIteration } }, kind { catch { |t| raise "in catch" } }, kind { throw :unknown }.first # => :fine
# => [RuntimeError, "in catch"]
# => UncaughtThrowError

# Unwinding through many frames of every kind runs every ensure, innermost first.
def frames(n, &b)
  [n].each { |x| x.zero? ? b.call : 1.times { frames(x - 1, &b) } }
ensure
  log n
end
p logged { frames(3) { raise "bottom" } } # => [[RuntimeError, "bottom"], [0, 1, 2, 3], nil]
p logged { frames(2) { next :value } }.first # => [2]
p logged { catch(:top) { frames(2) { throw :top, 1 } } } # => [1, [0, 1, 2], nil]
def early = frames(2) { return :early }
p logged { early } # => [:early, [0, 1, 2], nil]
p logged { frames(1) { define_singleton_method(:made) { raise "made" }; send(:made) } } # => [[RuntimeError, "made"], [0, 1], nil]
p logged { eval("frames(1) { eval('raise %q(evaluated)') }") } # => [[RuntimeError, "evaluated"], [0, 1], nil]
p logged { frames(1) { Fiber.new { frames(0) { raise "fiber" } }.resume } } # => [[RuntimeError, "fiber"], [0, 0, 1], nil]
p logged { Thread.new { Thread.current.report_on_exception = false; frames(1) { raise "thread" } }.value }
# => [[RuntimeError, "thread"], [0, 1], nil]
