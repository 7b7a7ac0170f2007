# Error classes of one's own, causes, re-raising, full messages.
class AppError < StandardError
  def initialize(message = "something broke") = super
end
class ConfigError < AppError
  attr_reader :key
  def initialize(key)
    @key = key
    super("missing #{key}")
  end
end

def load_config(hash)
  hash.fetch(:port)
rescue KeyError
  raise ConfigError.new(:port)
end

begin
  load_config({})
rescue AppError => e
  puts e.class, e.message, e.key, e.cause.class, e.is_a?(StandardError)
end
begin
  raise AppError
rescue => e
  puts e.message
end
def chain
  Integer("x")
rescue ArgumentError
  begin
    nil.nothing
  rescue NoMethodError => e
    raise AppError, "outer"
  end
end
begin
  chain
rescue AppError => e
  until e.nil?
    puts e.class
    e = e.cause
  end
end
puts [ZeroDivisionError, KeyError, FrozenError].map { |c| c.superclass }.inspect
x = Integer("12x") rescue -1
puts x
