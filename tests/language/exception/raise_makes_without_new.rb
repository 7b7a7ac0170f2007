# `raise` asks a class for its exception; the one that classes are born with does not call `new`.
class Own < StandardError
  def self.new(*) = raise("never")
  def initialize(text = "born") = super("<#{text}>")
end
begin
  raise Own
rescue => e
  p e # => #<Own: <born>>
end
begin
  raise Own, "text"
rescue => e
  p e, e.backtrace.size # => #<Own: <text>>
  # => 1
end
p Own.exception("made") # => #<Own: <made>>
class Asked < StandardError
  def self.exception(*a) = (puts "asked"; super)
end
begin
  raise Asked, "x" # => asked
rescue => e
  p e # => #<Asked: x>
end
class Fails < StandardError
  def initialize = raise(ArgumentError, "in initialize")
end
begin
  raise Fails
rescue => e
  p e, e.backtrace.map { |l| l[/\d+:in.*/] } # => #<ArgumentError: in initialize>
  # => ["27:in 'Fails#initialize'", "30:in '<main>'"]
end
begin
  raise Own, cause: nil
rescue => e
  p e.cause # => nil
end
begin
  raise Own.allocate.singleton_class
rescue TypeError => e
  puts e.message # => can't create instance of singleton class
end
