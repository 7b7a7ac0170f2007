# Conditions that are literals: only what control can reach is compiled, and it means the same.
def chosen(list)
  list << :if if true
  list << :nil if nil
  list << :number unless 0
  list << (false ? :yes : :no)
  list << (1 ? :one : :zero)
  while false
    list << :while
  end
  begin
    list << :once
  end while false
  begin
    list << :rounds
    break list << :out if list.size > 5
  end while "text"
  until :symbol
    list << :until
  end
  list
end
p chosen([]) # => [:if, :no, :one, :once, :rounds, :rounds, :out]

p((nil || 3), (1 && 2), (false && missing), (:a || missing), (true and not nil)) # => 3
# => 2
# => false
# => :a
# => true
nil && missing
1 || missing

# Variables that are assigned where control never comes exist.
if false
  unset = 1
end
p unset # => nil
p defined?(unset) # => "local-variable"

def early
  return :early if true
  :late
end
p early # => :early

def loop_with_ensure
  while true
    begin
      return :left
    ensure
      puts "ensure" # => ensure
    end
  end
  :behind
end
p loop_with_ensure # => :left

def nothing_behind(value)
  case value
  in Integer then :int
  in String then :text
  end
end
p nothing_behind("a") # => :text
begin
  nothing_behind(nil)
rescue NoMatchingPatternError => e
  puts e.class # => NoMatchingPatternError
end

# Redo of a body that the condition never enters.
tries = 0
while false
  redo if (tries += 1) < 3
end
p tries # => 0
