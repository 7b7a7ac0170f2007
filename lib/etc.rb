# SPDX-License-Identifier: MIT
# Etc: users and groups of /etc/passwd and /etc/group.
module Etc
  Passwd = Struct.new(:name, :passwd, :uid, :gid, :gecos, :dir, :shell)
  Group = Struct.new(:name, :passwd, :gid, :mem)

  module_function

  def passwd_list
    File.readlines("/etc/passwd", chomp: true).map do |line|
      fields = line.split(":", -1)
      Passwd.new(fields[0], fields[1], fields[2].to_i, fields[3].to_i, fields[4], fields[5], fields[6])
    end
  end

  def group_list
    File.readlines("/etc/group", chomp: true).map do |line|
      fields = line.split(":", -1)
      Group.new(fields[0], fields[1], fields[2].to_i, fields[3].to_s.split(","))
    end
  end

  def getpwuid(uid = Process.uid) = passwd_list.find { |entry| entry.uid == uid }

  def getpwnam(name)
    passwd_list.find { |entry| entry.name == name } || raise(ArgumentError, "can't find user for #{name}")
  end

  def getgrgid(gid = Process.gid) = group_list.find { |entry| entry.gid == gid }

  def getgrnam(name)
    group_list.find { |entry| entry.name == name } || raise(ArgumentError, "can't find group for #{name}")
  end

  def getlogin = ENV["USER"] || getpwuid&.name

  def nprocessors = File.read("/proc/cpuinfo").scan(/^processor\s*:/).size.clamp(1, 4096)

  def systmpdir = "/tmp"

  def uname
    { sysname: "Linux", nodename: File.read("/proc/sys/kernel/hostname").chomp,
      release: File.read("/proc/sys/kernel/osrelease").chomp,
      version: File.read("/proc/sys/kernel/version").chomp, machine: RUBY_PLATFORM.split("-").first }
  end
end
