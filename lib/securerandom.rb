# SPDX-License-Identifier: MIT
# SecureRandom: random values from the system.
module SecureRandom
  module_function

  def bytes(count = 16) = File.binread("/dev/urandom", count || 16)

  alias random_bytes bytes
  module_function :random_bytes

  def hex(count = 16) = bytes(count || 16).unpack1("H*")

  def base64(count = 16) = [bytes(count || 16)].pack("m0")

  def urlsafe_base64(count = 16, padding = false)
    text = base64(count).tr("+/", "-_")
    padding ? text : text.delete("=")
  end

  def uuid
    parts = bytes(16).unpack("NnnnnN")
    parts[2] = parts[2] & 0x0fff | 0x4000
    parts[3] = parts[3] & 0x3fff | 0x8000
    "%08x-%04x-%04x-%04x-%04x%08x" % parts
  end

  # A whole number below an Integer, a Float below a Float, or a member of a Range.
  def random_number(limit = 0)
    seed = bytes(16).unpack("Q2").reduce { |high, low| (high << 64) | low }
    random = Random.new(seed)
    return random.rand if limit.nil? || limit == 0
    random.rand(limit)
  end

  alias rand random_number
  module_function :rand

  def alphanumeric(count = 16, chars: [*"A".."Z", *"a".."z", *"0".."9"])
    Array.new(count) { chars[random_number(chars.size)] }.join
  end

  def choose(source, count) = Array.new(count) { source[random_number(source.size)] }.join
end
