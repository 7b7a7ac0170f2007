# SPDX-License-Identifier: MIT
# The value of a method: its last statement's, nil for an empty body, or what return says.
def empty; end
def only_comment
  # nothing
end
def only_def
  def inner_def; end
end
def implicit_nil(x)
  1 if x
end
def last_loop
  i = 0
  i += 1 while i < 3
end
def last_while
  i = 0
  while i < 3
    i += 1
    next if i == 2
  end
end
def last_assign = @x = [1]
def last_ensure
  :body
ensure
  :ensure
end
def last_else
  :body
rescue
  :rescue
else
  :else
ensure
  :ensure
end
def last_rescue
  raise "x"
rescue ArgumentError
  1
rescue => e
  e.message
end
def return_none = (return if true)
def return_list
  return 1, *[2, 3], k: 4
end
def return_splat = (return *[5] if true)
def return_if(x)
  return x ? :yes : :no unless x.nil?
end
p empty, only_comment, only_def, implicit_nil(1), implicit_nil(nil), last_loop, last_while, last_assign, last_ensure, last_else, last_rescue
# => nil
# => nil
# => :inner_def
# => 1
# => nil
# => nil
# => nil
# => [1]
# => :body
# => :else
# => "x"
p return_none, return_list, return_splat, return_if(true), return_if(false), return_if(nil) # => nil
# => [1, 2, 3, {k: 4}]
# => [5]
# => :yes
# => :no
# => nil
