# SPDX-License-Identifier: MIT
# What exception classes know: names, receivers, keys, status, errno; full and detailed messages.
def attempt
  yield
rescue Exception => e
  e
end

e = attempt { nil.nothing(1, 2) }
p e.name, e.receiver, e.args, e.message # => :nothing
# => nil
# => [1, 2]
# => "undefined method 'nothing' for nil"
e = attempt { unknown_name }
p e.class, e.message # => NameError
# => "undefined local variable or method 'unknown_name' for main"
e = attempt { { a: 1 }.fetch(:b) }
p e.key, e.receiver, e.message # => :b
# => {a: 1}
# => "key not found: :b"
e = attempt { "x".freeze << "y" }
p e.receiver, e.message # => "x"
# => "can't modify frozen String: \"x\""
e = attempt { Integer("z") }
p e.message # => "invalid value for Integer(): \"z\""
p NameError.new("m", :n, receiver: 1).receiver, KeyError.new("k", key: 2).key # => 1
# => 2
p attempt { KeyError.new("k").key }.message # => "no key is available"
p SystemCallError.new("file", 2).class, Errno::ENOENT.new("f").message # => Errno::ENOENT
# => "No such file or directory - f"
p Errno::ENOENT::Errno, SystemCallError === Errno::EPERM.new, Errno::EPERM.new.errno # => 2
# => true
# => 1
error = RuntimeError.new("one\ntwo")
p error.detailed_message, error.inspect # => "one (RuntimeError)\ntwo"
# => "#<RuntimeError: \"one\\ntwo\">"
p RuntimeError.new("").detailed_message, StandardError.new("s").full_message(highlight: false)[/s \(.*/] # => "unhandled exception"
# => "s (StandardError)"
p error.detailed_message(highlight: true) # => "\e[1mone (\e[1;4mRuntimeError\e[m\e[1m)\e[m\n\e[1mtwo\e[m"
p attempt { private_thing = Object.new; private_thing.puts }.message[/\A.{31}/] # => "private method 'puts' called fo"
