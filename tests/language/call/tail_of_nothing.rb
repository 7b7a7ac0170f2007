# SPDX-License-Identifier: MIT
# tail_calls: true
# The value of a method whose tail has no statement.
def nothing() = ()
def branch(yes)
  if yes
  else
  end
end
def begins
  begin
  end
end
p nothing, branch(true), branch(false), begins
# => nil
# => nil
# => nil
# => nil
