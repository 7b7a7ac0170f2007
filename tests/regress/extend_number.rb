# Numbers and symbols have no singleton class; nil's is NilClass.
def failure
  yield.inspect
rescue StandardError => e
  "#{e.class}: #{e.message}"
end

puts failure { 0.extend(Comparable) } # => TypeError: can't define singleton
puts failure { 1.5.extend(Comparable) } # => TypeError: can't define singleton
puts failure { (2**70).extend(Comparable) } # => TypeError: can't define singleton
puts failure { :a.extend(Comparable) } # => TypeError: can't define singleton
puts failure { nil.extend(Comparable) } # => nil
