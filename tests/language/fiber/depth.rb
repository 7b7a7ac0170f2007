# A fiber may call 1,500 frames deep, in every engine, whatever the frames hold.
# Depth reached by `levels`, a block that calls itself one level deeper until the stack ends.
def reached
  Fiber.new do
    yield 1
  rescue SystemStackError => e
    "#{$level} #{e.message}"
  end.resume
end

def plain(n)
  $level = n
  plain(n + 1)
end
p reached { plain(_1) } # => "1498 stack level too deep"

def of_blocks(n)
  $level = n
  [n].each { of_blocks(_1 + 1) }
end
p reached { of_blocks(_1) } # => "749 stack level too deep"

def from_c(n)
  $level = n
  [3, n].max_by { |x| x == n ? from_c(x + 1) : 0 }
end
p reached { from_c(_1) } # => "749 stack level too deep"

def with_locals(n)
  a = b = c = d = e = f = g = h = i = j = k = l = $level = n
  begin
    case n
    when Integer then [a, b, [with_locals(n + 1), c + d]] if n > 0
    end
  ensure
    a + b + c + d + e + f + g + h + i + j + k + l
  end
end
p reached { with_locals(_1) } # => "1498 stack level too deep"

def of_text(n)
  $level = n
  eval("of_text(n + 1)")
end
p reached { of_text(_1) } # => "749 stack level too deep"

def by_send(n)
  $level = n
  send(:by_send, n + 1)
end
p reached { by_send(_1) } # => "1498 stack level too deep"

class Ghost
  def method_missing(name, n)
    $level = n
    absent(n + 1)
  end
end
p reached { Ghost.new.absent(_1) } # => "1498 stack level too deep"

def by_instance_eval(n)
  $level = n
  instance_eval { by_instance_eval(n + 1) }
end
p reached { by_instance_eval(_1) } # => "749 stack level too deep"

# A fiber in a fiber has its own count.
p Fiber.new { Fiber.new { Fiber.yield reached { plain(_1) } }.resume }.resume # => "1498 stack level too deep"
