# SPDX-License-Identifier: MIT
# JSON: text from values and values from text.
module JSON
  class JSONError < StandardError; end
  class ParserError < JSONError; end
  class NestingError < ParserError; end
  class GeneratorError < JSONError; end

  MAX_NESTING = 100
  NaN = Float::NAN
  Infinity = Float::INFINITY
  MinusInfinity = -Float::INFINITY

  # What reading asks for. The scanner is Metorex.json_read, which calls the private methods.
  class Parser
    def self.parse(source, **options) = new(source, **options).parse

    def initialize(source, symbolize_names: false, max_nesting: MAX_NESTING, allow_nan: false,
                   create_additions: false, object_class: nil, array_class: nil,
                   decimal_class: nil, freeze: false, **)
      text = String.try_convert(source)
      raise TypeError, "no implicit conversion of #{source.nil? ? "nil" : source.class} into String" unless text
      text = text.dup.force_encoding(Encoding::UTF_8) if text.encoding == Encoding::BINARY
      @text = text.encoding == Encoding::UTF_8 ? text : text.encode(Encoding::UTF_8)
      @limit = max_nesting || 0
      object_class = nil if object_class == Hash
      array_class = nil if array_class == Array
      decimal_class = nil if decimal_class == Float
      @decimal_class = decimal_class
      @options = [symbolize_names, allow_nan, freeze, object_class, array_class, decimal_class]
    end

    def parse = Metorex.json_read(self, @text, @limit, @options)

    private

    # A number with a fraction or an exponent, as the class that was asked for.
    def decimal(text)
      return @decimal_class.try_convert(text) if @decimal_class.respond_to?(:try_convert)
      name = @decimal_class.name
      return send(name, text) if name && Kernel.private_method_defined?(name)
      @decimal_class.new(text)
    end

    def fail_depth(depth)
      raise NestingError, "nesting of #{depth} is too deep"
    end

    # Positions are bytes.
    def fail_at(what, at)
      raise ParserError, "unexpected end of input" if at >= @text.bytesize
      before = @text.byteslice(0, at).b
      line = before.count("\n") + 1
      column = at - (before.rindex("\n") || -1)
      raise ParserError, "#{what} at '#{@text.byteslice(at, 20).scrub}' line #{line} column #{column}"
    end
  end

  # How values are written. The generator is Metorex.json_write, which reads the variables, keeps
  # the depth true and calls the private methods.
  class State
    attr_reader :indent, :space, :space_before, :object_nl, :array_nl, :max_nesting, :allow_nan,
                :ascii_only, :script_safe
    attr_accessor :depth

    def initialize(indent: "", space: "", space_before: "", object_nl: "", array_nl: "",
                   max_nesting: MAX_NESTING, allow_nan: false, ascii_only: false,
                   script_safe: false, escape_slash: false, **)
      @indent = indent
      @space = space
      @space_before = space_before
      @object_nl = object_nl
      @array_nl = array_nl
      @max_nesting = max_nesting || 0
      @allow_nan = allow_nan
      @ascii_only = ascii_only
      @script_safe = script_safe || escape_slash
      @depth = 0
    end

    def generate(value) = Metorex.json_write(self, value, false)

    # Append the text of a value, whatever its to_json says.
    def write(value, out) = out << Metorex.json_write(self, value, true)

    private

    def fail_depth(depth)
      raise NestingError, "nesting of #{depth} is too deep"
    end

    def fail_float(value)
      raise GeneratorError, "#{value} not allowed in JSON"
    end

    def fail_text(_text)
      raise GeneratorError, "source sequence is illegal/malformed utf-8"
    end
  end

  PRETTY = { indent: "  ", space: " ", object_nl: "\n", array_nl: "\n" }.freeze

  module_function

  # Options are a positional Hash throughout: generate("a" => 1) means the Hash as the value.
  def parse(source, options = nil) = Parser.parse(source, **(options || {}))

  def parse!(source, options = nil)
    Parser.parse(source, max_nesting: 0, allow_nan: true, **(options || {}))
  end

  def generate(value, options = nil)
    return Metorex.json_write(State, value, false) if options.nil?
    options.is_a?(State) ? options.generate(value) : State.new(**options).generate(value)
  end

  def pretty_generate(value, options = nil)
    State.new(**PRETTY, **(options || {})).generate(value)
  end

  def dump(value, io = nil)
    text = State.new(max_nesting: 0, allow_nan: true).generate(value)
    return text unless io
    io.write(text)
    io
  end

  def load(source, proc = nil, **keywords)
    source = source.read if source.respond_to?(:read)
    return nil if source.nil? || source.empty?
    value = Parser.parse(source, max_nesting: 0, allow_nan: true, **keywords)
    proc&.call(value)
    value
  end

  def load_file(path, options = nil) = parse(File.read(path), options)
end

class Object
  def to_json(state = nil, **options) = to_s.to_json(state, **options)
end

[Hash, Array, String, Symbol, Integer, Float, NilClass, TrueClass, FalseClass].each do |klass|
  klass.class_eval do
    def to_json(state = nil, **options)
      return Metorex.json_write(state, self, true) if state.is_a?(JSON::State)
      options = state.to_h.merge(options) if state
      Metorex.json_write(options.empty? ? JSON::State : JSON::State.new(**options), self, true)
    end
  end
end

module Kernel
  private

  def JSON(value, options = nil)
    value.is_a?(String) ? JSON.parse(value, options) : JSON.generate(value, options)
  end
end
