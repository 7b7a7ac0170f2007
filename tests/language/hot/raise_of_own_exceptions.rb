# SPDX-License-Identifier: MIT
# raise of classes that have their own initialize, in hot loops.
class Plain < StandardError
  def initialize(message = "plain") = super
end
class Coded < StandardError
  attr_reader :code
  def initialize(code = 7, *more)
    @code = code
    super("code #{code}")
  end
end
class Wrong < StandardError
  def initialize(m = nil)
    $seen = caller(1, 1)[0][/\d+:in.*/]
    raise ArgumentError, "in initialize" if $wrong
    super(m || "w")
  end
end
def loops(n)
  out = Hash.new(0)
  i = 0
  while i < n
    begin
      case i % 4
      when 0 then raise Plain
      when 1 then raise Coded, i % 3
      when 2 then raise Coded.new(i % 5)
      else raise Plain, "given"
      end
    rescue Coded => e
      out[[e.message, e.code, e.backtrace[0][/\d+:in.*/]]] += 1
    rescue Plain => e
      out[[e.message, e.cause, e.backtrace.size, e.backtrace[0][/\d+:in.*/]]] += 1
    end
    i += 1
  end
  out.to_a
end
loops(80).each { |x| p x }
def fails(n)
  out = Hash.new(0)
  i = 0
  while i < n
    $wrong = i % 7 == 6
    begin
      raise Wrong
    rescue Wrong, ArgumentError => e
      out[[e.class, e.message, $seen, e.backtrace.map { |l| l[/\d+:in.*/] }]] += 1
    end
    i += 1
  end
  out.to_a
end
fails(50).each { |x| p x }
class Changing < StandardError
  def initialize(m = "old")
    $count = $count.to_i + 1
    Integer.class_eval { alias_method :old_plus, :+; def +(o) = old_plus(o).old_plus(1) } if $count == 20
    Integer.class_eval { alias_method :+, :old_plus } if $count == 30
    super
  end
end
def changes(n)
  out = []
  i = 0
  while i < n
    begin
      raise Changing
    rescue => e
      out << i + 100
    end
    Changing.class_eval { def initialize(m = "new") = super } if i == 40
    i = i.succ
  end
  [out.sum, $count]
end
p changes(50)
def nested(n)
  out = []
  i = 0
  while i < n
    begin
      begin
        raise Coded, i if i.odd?
        raise Plain
      rescue Coded => e
        raise Plain, "outer"
      end
    rescue Plain => e
      out << [e.message, e.cause&.message]
    end
    i += 1
  end
  out.uniq.size
end
p nested(40)
