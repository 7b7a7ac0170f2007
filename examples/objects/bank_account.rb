# Encapsulation, errors of one's own, comparison.
class InsufficientFunds < StandardError
  attr_reader :missing

  def initialize(missing)
    @missing = missing
    super("#{missing} short")
  end
end

class Account
  include Comparable
  attr_reader :owner, :balance

  def initialize(owner, balance = 0)
    @owner, @balance = owner, balance
  end

  def deposit(amount)
    raise ArgumentError, "amount must be positive" unless amount.positive?
    @balance += amount
    self
  end

  def withdraw(amount)
    raise InsufficientFunds.new(amount - balance) if amount > balance
    @balance -= amount
    self
  end

  def <=>(other) = balance <=> other.balance
  def to_s = "#{owner}: #{balance}"
end

ann = Account.new("Ann", 100)
bob = Account.new("Bob").deposit(30).deposit(25)
puts ann, bob
puts ann > bob, [ann, bob].min
begin
  bob.withdraw(80)
rescue InsufficientFunds => e
  puts "#{e.message} (#{e.missing})"
end
begin
  ann.deposit(-1)
rescue ArgumentError => e
  puts e.message
end
puts bob.clamp(bob, ann)
