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

  # Reads one text; positions are bytes.
  class Parser
    SPACE = %r{(?:[ \t\r\n]+|//[^\n]*\n?|/\*.*?\*/)*}m
    NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/
    TEXT = /"(?:[^"\\\x00-\x1f]|\\["\\\/bfnrtu]|\\[^u\x00-\x1f])*"/
    ESCAPES = { "b" => "\b", "f" => "\f", "n" => "\n", "r" => "\r", "t" => "\t" }.freeze

    def self.parse(source, **options) = new(source, **options).parse

    def initialize(source, symbolize_names: false, max_nesting: MAX_NESTING, allow_nan: false,
                   create_additions: false, object_class: nil, array_class: nil,
                   decimal_class: nil, freeze: false, **)
      text = source.to_str
      text = text.dup.force_encoding(Encoding::UTF_8) if text.encoding == Encoding::BINARY
      @text = text.encoding == Encoding::UTF_8 ? text : text.encode(Encoding::UTF_8)
      @symbolize = symbolize_names
      @limit = max_nesting || 0
      @nan = allow_nan
      @object_class = object_class
      @array_class = array_class
      @freeze = freeze
      @at = 0
    end

    def parse
      skip_space
      value = parse_value(0)
      skip_space
      fail_at("unexpected token") if @at < @text.bytesize
      value
    end

    private

    def parse_value(depth)
      value = case @text.getbyte(@at)
              when 0x7B then parse_object(depth + 1)
              when 0x5B then parse_array(depth + 1)
              when 0x22 then parse_text
              when 0x2D, 0x30..0x39 then parse_number
              else parse_word
              end
      @freeze ? value.freeze : value
    end

    def parse_object(depth)
      check_depth(depth)
      object = @object_class ? @object_class.new : {}
      @at += 1
      skip_space
      return object if accept(0x7D)
      loop do
        fail_at("expected object key") unless @text.getbyte(@at) == 0x22
        key = parse_text
        skip_space
        fail_at("expected ':' after object key") unless accept(0x3A)
        skip_space
        object[@symbolize ? key.to_sym : key] = parse_value(depth)
        skip_space
        return object if accept(0x7D)
        fail_at("expected ',' or '}' after object value") unless accept(0x2C)
        skip_space
      end
    end

    def parse_array(depth)
      check_depth(depth)
      array = @array_class ? @array_class.new : []
      @at += 1
      skip_space
      return array if accept(0x5D)
      loop do
        array << parse_value(depth)
        skip_space
        return array if accept(0x5D)
        fail_at("expected ',' or ']' after array value") unless accept(0x2C)
        skip_space
      end
    end

    def parse_text
      raw = take(TEXT) or fail_at("unexpected token")
      raw = raw.byteslice(1, raw.bytesize - 2)
      return raw unless raw.include?("\\")
      raw.gsub(/\\u[dD][89abAB]\h\h\\u[dD][c-fC-F]\h\h|\\u\h{4}|\\./m) { |escape| unescape(escape) }
    end

    def unescape(escape)
      letter = escape[1]
      return ESCAPES.fetch(letter, letter) unless letter == "u"
      code = escape[2, 4].hex
      code = 0x10000 + ((code - 0xD800) << 10) + (escape[8, 4].hex - 0xDC00) if escape.length == 12
      [code].pack("U")
    end

    def parse_number
      return -Infinity if @nan && accept_word("-Infinity")
      raw = take(NUMBER) or fail_at("unexpected token")
      raw.match?(/[.eE]/) ? raw.to_f : raw.to_i
    end

    def parse_word
      return true if accept_word("true")
      return false if accept_word("false")
      return nil if accept_word("null")
      return NaN if @nan && accept_word("NaN")
      return Infinity if @nan && accept_word("Infinity")
      fail_at("unexpected token")
    end

    def accept(byte)
      return false unless @text.getbyte(@at) == byte
      @at += 1
      true
    end

    def accept_word(word)
      return false unless @text.byteslice(@at, word.bytesize) == word
      @at += word.bytesize
      true
    end

    # Text of a pattern at the position, which moves behind it.
    def take(pattern)
      return nil unless @text.byteindex(pattern, @at) == @at
      found = $~[0]
      @at += found.bytesize
      found
    end

    def skip_space
      byte = @text.getbyte(@at)
      take(SPACE) if byte && (byte <= 0x20 || byte == 0x2F)
    end

    def check_depth(depth)
      raise NestingError, "nesting of #{depth} is too deep" if @limit > 0 && depth > @limit
    end

    def fail_at(what)
      raise ParserError, "unexpected end of input" if @at >= @text.bytesize
      line = @text.byteslice(0, @at).count("\n") + 1
      column = @at - (@at > 0 ? (@text.byterindex("\n", @at - 1) || -1) : -1)
      raise ParserError, "#{what} at '#{@text.byteslice(@at, 20).scrub}' line #{line} column #{column}"
    end
  end

  # How values are written.
  class State
    attr_reader :indent, :space, :object_nl, :array_nl, :max_nesting, :allow_nan
    attr_accessor :depth

    def initialize(indent: "", space: "", object_nl: "", array_nl: "", max_nesting: MAX_NESTING,
                   allow_nan: false, **)
      @indent = indent
      @space = space
      @object_nl = object_nl
      @array_nl = array_nl
      @max_nesting = max_nesting
      @allow_nan = allow_nan
      @depth = 0
    end

    def generate(value) = write(value, +"")

    # Append the text of a value.
    def write(value, out)
      case value
      when Hash then write_object(value, out)
      when Array then write_array(value, out)
      when String then write_text(value, out)
      when Symbol then write_text(value.name, out)
      when Integer then out << value.to_s
      when Float then write_float(value, out)
      when nil then out << "null"
      when true, false then out << value.to_s
      else out << value.to_json(self)
      end
    end

    private

    def write_object(hash, out)
      return out << "{}" if hash.empty?
      out << "{"
      enter
      first = true
      hash.each do |key, value|
        out << "," unless first
        first = false
        out << @object_nl << @indent * @depth
        write_text(key.is_a?(String) ? key : key.to_s, out)
        out << ":" << @space
        write(value, out)
      end
      @depth -= 1
      out << @object_nl << @indent * @depth << "}"
    end

    def write_array(array, out)
      return out << "[]" if array.empty?
      out << "["
      enter
      array.each_with_index do |value, index|
        out << "," if index > 0
        out << @array_nl << @indent * @depth
        write(value, out)
      end
      @depth -= 1
      out << @array_nl << @indent * @depth << "]"
    end

    def enter
      @depth += 1
      return if @max_nesting == 0 || @depth <= @max_nesting
      raise NestingError, "nesting of #{@depth} is too deep"
    end

    def write_float(value, out)
      unless value.finite? || @allow_nan
        raise GeneratorError, "#{value} not allowed in JSON"
      end
      out << value.to_s
    end

    ESCAPES = { "\"" => "\\\"", "\\" => "\\\\", "\b" => "\\b", "\f" => "\\f", "\n" => "\\n",
                "\r" => "\\r", "\t" => "\\t" }.freeze

    def write_text(text, out)
      text = text.encode(Encoding::UTF_8) unless text.encoding == Encoding::UTF_8 || text.ascii_only?
      raise GeneratorError, "source sequence is illegal/malformed utf-8" unless text.valid_encoding?
      escaped = text.gsub(/["\\\x00-\x1f]/) { |c| ESCAPES[c] || format("\\u%04x", c.ord) }
      out << "\"" << escaped << "\""
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
    options.is_a?(State) ? options.generate(value) : State.new(**(options || {})).generate(value)
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
      return state.write(self, +"") if state.is_a?(JSON::State)
      JSON.generate(self, (state || {}).merge(options))
    end
  end
end

module Kernel
  private

  def JSON(value, options = nil)
    value.is_a?(String) ? JSON.parse(value, options) : JSON.generate(value, options)
  end
end
