# SPDX-License-Identifier: MIT
# public, private, protected, module_function, private_class_method.
class Account
  def initialize(n) = @n = n

  def more_than?(other) = n > other.n

  def self.build = new(1)
  private_class_method :new

  protected

  attr_reader :n

  private

  def secret = 1
  public

  def open_again = secret
end

p Account.public_instance_methods(false) # => [:more_than?, :open_again]
p Account.protected_instance_methods(false) # => [:n]
p Account.private_instance_methods(false) # => [:initialize, :secret]
p Account.build.open_again # => 1
begin
  Account.build.n
rescue NoMethodError => e
  puts e.message # => protected method 'n' called for an instance of Account
end
begin
  Account.new(1)
rescue NoMethodError => e
  puts e.message # => private method 'new' called for class Account
end
module Tool
  module_function

  def help = :help
end
p Tool.help, Tool.private_instance_methods # => :help
# => [:help]
class Child < Account
  public :secret
  public_class_method :new
end
p Child.new(3).secret, Child.new(3).more_than?(Child.new(2)) # => 1
# => true
p(Class.new { p private(def hidden = 1) }.private_method_defined?(:hidden)) # => :hidden
# => true
