# SPDX-License-Identifier: MIT
break # syntax error: Invalid break
next if 1 # syntax error: Invalid next
redo # syntax error: Invalid redo
retry # syntax error: Invalid retry without rescue
yield # syntax error: Invalid yield
class A
  return 1 # syntax error: Invalid return in class/module body
  yield # syntax error: Invalid yield
end
def m
  break # syntax error: Invalid break
  class << self
    return
  end
  yield
end
begin
  retry # syntax error: Invalid retry without rescue
rescue
  retry
ensure
  retry # syntax error: Invalid retry without rescue
end
