# A recursive-descent calculator over a token list.
class Calculator
  def initialize(text) = @tokens = text.scan(/\d+(?:\.\d+)?|[-+*\/()]/)

  def value
    result = sum
    raise ArgumentError, "unexpected #{@tokens.first}" unless @tokens.empty?
    result
  end

  private

  def sum
    left = product
    while %w[+ -].include?(@tokens.first)
      left = @tokens.shift == "+" ? left + product : left - product
    end
    left
  end

  def product
    left = atom
    while %w[* /].include?(@tokens.first)
      left = @tokens.shift == "*" ? left * atom : left / atom
    end
    left
  end

  def atom
    token = @tokens.shift or raise ArgumentError, "unexpected end"
    return -atom if token == "-"
    return token.include?(".") ? token.to_f : token.to_i unless token == "("
    inner = sum
    raise ArgumentError, "expected )" unless @tokens.shift == ")"
    inner
  end
end

["1 + 2 * 3", "(1 + 2) * 3", "10 / 4", "10.0 / 4", "-(2 + 3) * -2", "1 +", "(1", "2 3"].each do |text|
  puts "#{text} = #{Calculator.new(text).value}"
rescue ArgumentError => e
  puts "#{text}: #{e.message}"
end
