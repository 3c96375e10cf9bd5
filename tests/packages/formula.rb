# Runs a formula without Homebrew: formula.rb FORMULA DIRECTORY PREFIX
#
# Its `test` block runs with the program that is installed in PREFIX; of `install`, the command that it would run
# is held against the Makefile (`make -n`).
require "pathname"
require "open3"

class Formula
  ENTRIES = %i[desc homepage license head depends_on].freeze
  class << self
    attr_reader :said, :test_block

    ENTRIES.each { |name| define_method(name) { |*args, **options| ((@said ||= {})[name] ||= []) << [args, options] } }

    def test(&block)
      @test_block = block
    end
  end

  attr_reader :testpath, :prefix, :commands

  def initialize(testpath, prefix)
    @testpath = Pathname(testpath)
    @prefix = Pathname(prefix)
    @commands = []
  end

  def bin
    prefix/"bin"
  end

  def include
    prefix/"include"
  end

  def system(*words)
    commands << words
  end

  def shell_output(command, expected = 0)
    out, status = Open3.capture2e(command, chdir: testpath.to_s)
    abort "#{command}: exit #{status.exitstatus}, not #{expected}: #{out}" if status.exitstatus != expected
    out
  end

  def assert_match(text, seen)
    abort "nowhere: #{text}; but: #{seen}" unless seen.include?(text)
  end
end

class Pathname
  def write(text)
    File.write(to_s, text)
  end
end

def ENV.cc
  "cc"
end

path, testpath, prefix = ARGV
load path
formula = OtelTidy.new(testpath, prefix)
abort "desc: longer than Homebrew allows" if OtelTidy.said[:desc][0][0][0].length > 80
formula.install
abort "install: no command" if formula.commands.empty?
formula.commands.each do |words|
  out, status = Open3.capture2e({ "MAKEFLAGS" => nil, "BUILD" => nil }, *words, "-n")
  abort "#{words.join(" ")}: #{out}" unless status.success?
end
formula.instance_eval(&OtelTidy.test_block)
