# SPDX-License-Identifier: MIT
# StringScanner: walks over a string by patterns that match at the current position.
#
# Positions are bytes. A pattern is tied to the position with \G; those that contain ^ or \A, which
# mean the position as well, are matched against the rest instead.
class StringScanner
  class Error < StandardError; end

  attr_reader :string, :pos

  alias pointer pos

  def initialize(string, _dup = nil, fixed_anchor: false)
    @string = string
    @fixed_anchor = fixed_anchor
    @patterns = {}
    reset
  end

  def fixed_anchor? = @fixed_anchor

  def string=(string)
    @string = string
    reset
  end

  def concat(text)
    @string << text
    self
  end

  alias << concat

  def pos=(at)
    at += @string.bytesize if at < 0
    raise RangeError, "index out of range" if at < 0 || at > @string.bytesize
    @pos = at
  end

  alias pointer= pos=

  def charpos = @string.byteslice(0, @pos).length

  def reset
    @pos = 0
    @match = nil
    self
  end

  def terminate
    @pos = @string.bytesize
    @match = nil
    self
  end

  def eos? = @pos >= @string.bytesize

  def rest? = !eos?

  def rest = @string.byteslice(@pos, @string.bytesize) || ""

  def rest_size = eos? ? 0 : @string.bytesize - @pos

  def beginning_of_line? = @pos == 0 || @string.getbyte(@pos - 1) == 10

  alias bol? beginning_of_line?

  # ---- matching at the position

  def scan(pattern) = __take(pattern, true, true, false)

  def match?(pattern) = __take(pattern, false, false, false)

  def skip(pattern) = __take(pattern, true, false, false)

  def check(pattern) = __take(pattern, false, true, false)

  def scan_full(pattern, advance, text) = __take(pattern, advance, text, false)

  # ---- matching at or behind it

  def scan_until(pattern) = __take(pattern, true, true, true)

  def skip_until(pattern) = __take(pattern, true, false, true)

  def check_until(pattern) = __take(pattern, false, true, true)

  def exist?(pattern) = __take(pattern, false, false, true)

  def search_full(pattern, advance, text) = __take(pattern, advance, text, true)

  def getch = scan(/./m)

  def get_byte
    return __forget if eos?
    @before = @pos
    @match = [@pos, @pos + 1, nil]
    @pos += 1
    @string.byteslice(@before, 1)
  end

  def scan_byte
    return __forget if eos?
    get_byte.getbyte(0)
  end

  def peek_byte = @string.getbyte(@pos)

  def peek(length) = @string.byteslice(@pos, length) || ""

  def scan_integer(base: 10)
    scan(base == 16 ? /[+-]?(?:0x)?\h+/ : /[+-]?\d+/)&.to_i(base)
  end

  def unscan
    raise Error, "unscan error: previous match record not exist" unless @match
    @pos = @before
    @match = nil
    self
  end

  # ---- the last match

  def matched? = !@match.nil?

  def matched = @match && @string.byteslice(@match[0], @match[1] - @match[0])

  def matched_size = @match && @match[1] - @match[0]

  def [](group)
    return nil unless @match
    return @match[2][group] if @match[2]
    group == 0 ? matched : nil
  end

  def size = @match && (@match[2] ? @match[2].size : 1)

  def captures = @match && (@match[2] ? @match[2].captures : [])

  def values_at(*groups) = @match && groups.map { |group| self[group] }

  def named_captures = @match && @match[2] ? @match[2].named_captures : {}

  def pre_match = @match && @string.byteslice(0, @match[0])

  def post_match = @match && @string.byteslice(@match[1], @string.bytesize)

  def inspect
    return "#<StringScanner fin>" if eos?
    return "#<StringScanner #{@pos}/#{@string.bytesize} @ #{__after.inspect}>" if @pos == 0
    "#<StringScanner #{@pos}/#{@string.bytesize} #{__before.inspect} @ #{__after.inspect}>"
  end

  private

  def __before
    text = @string.byteslice([@pos - 5, 0].max, [@pos, 5].min)
    @pos > 5 ? "...#{text}" : text
  end

  def __after = rest_size > 5 ? "#{peek(5)}..." : rest

  def __forget = @match = nil

  # Match, note what was found, and answer its text or length (from the position on).
  def __take(pattern, advance, text, anywhere)
    found = pattern.is_a?(String) ? __find_text(pattern, anywhere) : __find(pattern, anywhere)
    return __forget unless found
    @match = found
    @before = @pos
    start = @pos
    @pos = found[1] if advance
    text ? @string.byteslice(start, found[1] - start) : found[1] - start
  end

  def __find_text(text, anywhere)
    at = anywhere ? @string.byteindex(text, @pos) : @pos
    return nil unless at && @string.byteslice(at, text.bytesize) == text
    [at, at + text.bytesize, nil]
  end

  def __find(pattern, anywhere)
    return __find_in_rest(pattern, anywhere) if !@fixed_anchor && pattern.source.match?(/\\A|\^/)
    pattern = @patterns[pattern] ||= /\G(?:#{pattern})/ unless anywhere
    at = @string.byteindex(pattern, @pos)
    at && [at, at + $~[0].bytesize, $~]
  end

  def __find_in_rest(pattern, anywhere)
    found = pattern.match(rest)
    return nil unless found && (anywhere || found.begin(0) == 0)
    at = @pos + found.byteoffset(0)[0]
    [at, at + found[0].bytesize, found]
  end
end
