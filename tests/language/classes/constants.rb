# Constants: places to look, missing ones, private ones, names of modules.
module Outer
  X = 1
  module Inner
    p X # => 1
  end
  class << self
    p X # => 1
  end
end

class Missing
  def self.const_missing(name) = "missing #{name}"
end
p Missing::Anything # => "missing Anything"
p Missing.const_get(:Other) # => "missing Other"

begin
  Outer::Nothing
rescue NameError => e
  puts e.message # => uninitialized constant Outer::Nothing
  p e.name, e.receiver
  # => :Nothing
  # => Outer
end

class Secret
  KEY = 1
  private_constant :KEY
  def self.key = KEY
end
p Secret.key # => 1
p Secret.constants # => []
begin
  Secret::KEY
rescue NameError => e
  puts e.message # => private constant Secret::KEY referenced
end

outer = Module.new
outer::Inner = Module.new
p outer.name # => nil
Named = outer; line = __LINE__
p outer::Inner # => Named::Inner
p Outer.const_defined?("Inner::Deep") # => false
p Object.const_source_location(:Named)[1] == line # => true
p defined?(Outer::X), defined?(Outer::Y)
# => "constant"
# => nil

begin
  class Named; end
rescue TypeError => e
  puts e.message.lines.first # => Named is not a class
end
p Errno::EWOULDBLOCK, Errno::ENOENT::Errno
# => Errno::EAGAIN
# => 2
