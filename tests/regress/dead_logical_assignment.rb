# What stands behind a jump is never run; compiling it keeps the stack's depth right.
list = [nil]
if true
  p 1 # => 1
elsif false
  list[0] ||= nil
end
turn = 0
while (turn += 1) < 3
  next
  list[0] &&= list[1] ||= 2
end
case []
in _
  p list # => [nil]
in _ if list
  list[0] ||= 1
else
  case list
  in [*, 1 => one, *rest]
    list[0] = one
  end
end
p turn # => 3
