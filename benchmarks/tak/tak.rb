# SPDX-License-Identifier: MIT
# McCarthy's variant of Takeuchi's function: deep recursion with three arguments, hardly any work.
require_relative "../harness"

def tak(x, y, z)
  return z if y >= x

  tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
end

# The same with every result kept, so that each is computed once.
def tak_with_memory(x, y, z, memory = {})
  return z if y >= x

  memory[[x, y, z]] ||= begin
    a = tak_with_memory(x - 1, y, z, memory)
    b = tak_with_memory(y - 1, z, x, memory)
    c = tak_with_memory(z - 1, x, y, memory)
    tak_with_memory(a, b, c, memory)
  end
end

def arguments(size)
  [size, size * 2 / 3, size / 3]
end

benchmark(26, ->(size) { tak(*arguments(size)) },
          ->(size, result) { result == tak_with_memory(*arguments(size)) })
