# private, protected, public, module_function and their errors.
class Account
  def initialize(n) = @n = n
  def >(other) = n > other.n
  def show = secret
  def self_show = self.secret
  protected def n = @n
  private

  def secret = "secret #{@n}"
  public

  def open = "open"
  def late = "late"
  private :late
  private_class_method def self.hidden = 1
end
a = Account.new(1)
p a > Account.new(0) # => true
puts a.show # => secret 1
puts a.self_show # => secret 1
def try
  yield
rescue NoMethodError => e
  e.message[/\A[a-z]+ method .\w+/]
end
puts try { a.secret }.tr("`", "'") # => private method 'secret
puts try { a.n }.tr("`", "'") # => protected method 'n
puts try { a.late }.tr("`", "'") # => private method 'late
puts try { Account.hidden }.tr("`", "'") # => private method 'hidden
puts a.open # => open
p a.send(:secret) # => "secret 1"
p a.respond_to?(:secret) # => false
p a.respond_to?(:secret, true) # => true

module Tools
  module_function

  def helper = :helped
end
p Tools.helper # => :helped
p Tools.respond_to?(:helper) # => true

class Child < Account
  public :secret
end
p Child.new(3).secret # => "secret 3"
p Account.private_instance_methods(false).sort # => [:initialize, :late, :secret]
p Account.protected_instance_methods(false) # => [:n]
