# SPDX-License-Identifier: MIT
# StringScanner: walks over a string by patterns that match at the current position.
#
# Positions are bytes. For a pattern the text begins at the position, unless the scanner has fixed
# anchors.
class StringScanner
  class Error < StandardError; end

  attr_reader :string, :pos

  alias pointer pos

  def initialize(string, _dup = nil, fixed_anchor: false)
    @string = string
    @anchors = fixed_anchor ? 2 : 0
    reset
  end

  def fixed_anchor? = @anchors > 0

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

  def scan(pattern) = __take(pattern, true, true, 0)

  def match?(pattern) = __take(pattern, false, false, 0)

  def skip(pattern) = __take(pattern, true, false, 0)

  def check(pattern) = __take(pattern, false, true, 0)

  def scan_full(pattern, advance, text) = __take(pattern, advance, text, 0)

  # ---- matching at or behind it

  def scan_until(pattern) = __take(pattern, true, true, 1)

  def skip_until(pattern) = __take(pattern, true, false, 1)

  def check_until(pattern) = __take(pattern, false, true, 1)

  def exist?(pattern) = __take(pattern, false, false, 1)

  def search_full(pattern, advance, text) = __take(pattern, advance, text, 1)

  def getch = scan(/./m)

  def get_byte = eos? ? @match = nil : scan(@string.byteslice(@pos, 1))

  def scan_byte = get_byte&.getbyte(0)

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

  def matched = @match && @match[0]

  def matched_size = @match && @match.byteend(0) - @match.bytebegin(0)

  def [](group) = @match && @match[group]

  def size = @match && @match.size

  def captures = @match && @match.captures

  def values_at(*groups) = @match && @match.values_at(*groups)

  def named_captures = @match ? @match.named_captures : {}

  def pre_match = @match && @match.pre_match

  def post_match = @match && @string.byteslice(@match.byteend(0), @string.bytesize)

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

  # Flags of strscan_find: 1 also behind the position, 2 with anchors at the beginning of the string.
  # Match, note what was found, and answer its text or length (from the position on).
  def __take(pattern, advance, text, anywhere)
    @match = found = Metorex.strscan_find(pattern, @string, @pos, anywhere | @anchors)
    return nil unless found
    @before = start = @pos
    finish = found.byteend(0)
    @pos = finish if advance
    text ? @string.byteslice(start, finish - start) : finish - start
  end
end
