# SPDX-License-Identifier: MIT
# The forms of raise; causes; backtraces; re-raising.
class AppError < StandardError
  def initialize(msg = "app failed") = super
end

def attempt
  yield
rescue Exception => e
  e
end

p attempt { raise "text" }, attempt { raise AppError }, attempt { raise AppError, "given" } # => #<RuntimeError: text>
# => #<AppError: app failed>
# => #<AppError: given>
p attempt { raise AppError.new("object") }, attempt { raise } # => #<AppError: object>
# => RuntimeError
p attempt { raise 3 }, attempt { raise AppError, "a", ["x:1"] }.backtrace # => #<TypeError: exception class/object expected>
# => ["x:1"]
e = attempt do
  raise "inner"
rescue
  raise AppError
end
p e.cause, e.cause.cause # => #<RuntimeError: inner>
# => nil
p attempt { raise AppError, cause: IOError.new("given") }.cause # => #<IOError: given>
p attempt { raise "again" rescue raise cause: nil } # => #<ArgumentError: only cause is given with no arguments>
first = attempt { raise "kept" }
p attempt { raise first }.equal?(first), first.backtrace[0][/\d+:in .*/] # => true
# => "29:in 'block in <main>'"
p first.exception.equal?(first), first.exception("other") # => true
# => #<RuntimeError: other>
p $!, (raise "x" rescue $!.message), $! # => nil
# => "x"
# => nil
p AppError.new == AppError.new, AppError.new("a") == AppError.new("b") # => true
# => false
raise AppError, "at the end" # raises AppError: at the end
