# SPDX-License-Identifier: MIT
# $~ of a thread's block is its own, not that of the method around it.
"outer" =~ /u/
Thread.new do
  p $~ # => nil
  "thread" =~ /r/
  p $~[0] # => "r"
  [1].each { p $& } # => "r"
  "block" =~ /l/ if [1].any? { true }
  def within = "method".match?(/t/) || $~
  p $1, $~[0] # => nil
  # => "l"
end.join
p $~[0] # => "u"

line = Thread.new { $_ = "thread"; $_ }
p line.value, $_ # => "thread"
# => nil
