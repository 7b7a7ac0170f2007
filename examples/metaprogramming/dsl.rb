# A small DSL by instance_eval.
class Page
  def initialize = (@lines, @depth = [], 0)

  def method_missing(tag, text = nil, **attributes, &block)
    open = attributes.map { |k, v| " #{k}=\"#{v}\"" }.join
    if block
      @lines << "#{"  " * @depth}<#{tag}#{open}>"
      @depth += 1
      instance_eval(&block)
      @depth -= 1
      @lines << "#{"  " * @depth}</#{tag}>"
    else
      @lines << "#{"  " * @depth}<#{tag}#{open}>#{text}</#{tag}>"
    end
  end

  def respond_to_missing?(*) = true
  def self.build(&block) = new.tap { |page| page.instance_eval(&block) }
  def to_s = @lines.join("\n")
end

puts(Page.build do
  html do
    body class: "main" do
      h1 "Title"
      ul { %w[a b].each { |x| li x } }
    end
  end
end)
