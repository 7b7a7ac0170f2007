# tail_calls: true
# SPDX-License-Identifier: MIT
# A return in the middle of a body, in a loop or in an arm of case/in makes tail calls; inside of
# a begin with clauses it makes none, so that the rescue and the ensure see what the call does.
DEEP = 30_000

def middle(n)
  if n > 0
    return middle(n - 1)
  end
  :middle
end
p middle(DEEP) # => :middle

def in_loop(n)
  while true
    return :loop if n == 0
    [n].each { n }
    return in_loop(n - 1)
  end
end
p in_loop(DEEP) # => :loop

def arms(n)
  case [n]
  in [0] then :arms
  in [Integer] then arms(n - 1)
  end
end
p arms(DEEP) # => :arms

def grouped(n)
  begin
    n == 0 ? :grouped : grouped(n - 1)
  end
end
p grouped(DEEP) # => :grouped

def fails = raise("failed")

def rescued
  begin
    return fails
  rescue => e
    return "rescued: #{e.message}"
  end
  1
end
p rescued # => "rescued: failed"

def modified
  (return fails) rescue "modified"
end
p modified # => "modified"

def ensured(log)
  begin
    return log.push(:call)
  ensure
    log.push(:ensure)
  end
  1
end
p ensured([]) # => [:call, :ensure]

def restored
  begin
    raise "first"
  rescue
    return $!.message + fails.to_s rescue $!.message
  end
end
p restored, $! # => "failed"
# => nil

def builtin(n)
  return Integer(n) if n
  0
end
p builtin("12") # => 12
