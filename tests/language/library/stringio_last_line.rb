# SPDX-License-Identifier: MIT
# What StringIO#gets and #readline return is $_ of the method that calls them.
require "stringio"
io = StringIO.new("a\nb\nc\n")
def reads(io)
  io.readline
  $_
end
io.gets
p $_, reads(io), $_
# => "a\n"
# => "b\n"
# => "a\n"
io.send(:gets)
p $_
# => "c\n"
io.gets
p $_
# => nil
$_ = "kept"
io.readline rescue p $!.class
# => EOFError
p $_
# => nil
