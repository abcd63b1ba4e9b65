package org.irisgraph.options;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.base.ErrorText;
import org.irisgraph.options.Setting.Shape;

/** Parses the text of a setting into its option's value. */
final class OptionValue {

  private OptionValue() {}

  /**
   * The value of one of our options.
   *
   * @throws UsageException if the text is not such a value; the message names the allowed ones
   */
  static Object parse(OptionDeclaration option, Setting setting) {
    if (option.isList()) {
      return list(setting);
    }
    String text = single(option, setting);
    if (option.isBoolean()) {
      return bool(option, text);
    }
    if (option.isWholeNumber()) {
      return wholeNumber(option, text);
    }
    if (option.isFraction()) {
      return fraction(option, text);
    }
    return option.type().isEnum() ? constant(option, text) : text;
  }

  /**
   * The setting of an option of Beam or a runner, in the form of Beam's own parser. It is tried on
   * that parser, whose message is replaced where ours is clearer.
   */
  static String beamArgument(OptionDeclaration option, Setting setting) {
    String text =
        option.isList() || (option.isMap() && setting.shape() == Shape.MAP)
            ? String.join(",", setting.values())
            : single(option, setting);
    String argument = "--" + option.name() + "=" + text;
    try {
      PipelineOptionsFactory.fromArgs(argument).create();
      return argument;
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          allowed(option)
              .map(allowed -> mustBe(option, allowed, text))
              .orElseGet(() -> option.name() + ": " + firstLine(e)));
    }
  }

  private static Optional<String> allowed(OptionDeclaration option) {
    if (option.isBoolean()) {
      return Optional.of("true or false");
    }
    if (option.isWholeNumber()) {
      return Optional.of("a whole number");
    }
    if (option.isFraction()) {
      return Optional.of("a number");
    }
    return option.type().isEnum()
        ? Optional.of("one of " + String.join(", ", option.enumConstants().keySet()))
        : Optional.empty();
  }

  private static String mustBe(OptionDeclaration option, String allowed, String text) {
    return "%s must be %s, not \"%s\"".formatted(option.name(), allowed, text);
  }

  private static UsageException refused(OptionDeclaration option, String text) {
    return new UsageException(mustBe(option, allowed(option).orElseThrow(), text));
  }

  private static String single(OptionDeclaration option, Setting setting) {
    if (setting.shape() == Shape.SCALAR) {
      return setting.values().get(0);
    }
    String hint = setting.shape() == Shape.LIST ? "; quote a text that begins with [" : "";
    throw new UsageException(option.name() + " takes one value" + hint);
  }

  private static List<String> list(Setting setting) {
    if (setting.shape() == Shape.MAP) {
      throw new UsageException(setting.name() + " takes a list, not a map");
    }
    List<String> items = new ArrayList<>();
    for (String value : setting.values()) {
      // An item of a YAML list is one item, whatever it contains.
      items.addAll(setting.shape() == Shape.LIST ? List.of(value) : split(value));
    }
    return List.copyOf(items);
  }

  /** Splits at commas, but not at those of a glob's alternatives, as in {@code *.{xml,nxml}}. */
  private static List<String> split(String text) {
    List<String> items = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '{') {
        depth++;
      } else if (character == '}') {
        depth--;
      } else if (character == ',' && depth <= 0) {
        items.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    items.add(text.substring(start).strip());
    items.removeIf(String::isEmpty);
    return items;
  }

  private static boolean bool(OptionDeclaration option, String text) {
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw refused(option, text);
    }
    return Boolean.parseBoolean(text);
  }

  private static Number wholeNumber(OptionDeclaration option, String text) {
    BigInteger number;
    try {
      // YAML and Java both allow 8_000_000.
      number = new BigInteger(text.strip().replace("_", ""));
    } catch (NumberFormatException e) {
      throw refused(option, text);
    }
    boolean isInt = option.type() == int.class || option.type() == Integer.class;
    if (number.bitLength() >= (isInt ? Integer.SIZE : Long.SIZE)) {
      throw option
          .range()
          .map(range -> new UsageException(option.outsideRange(range)))
          .orElseGet(() -> refused(option, text));
    }
    return isInt ? (Number) number.intValue() : (Number) number.longValue();
  }

  private static double fraction(OptionDeclaration option, String text) {
    try {
      double number = Double.parseDouble(text.strip());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Rejected below, like the infinities and NaN.
    }
    throw refused(option, text);
  }

  private static Object constant(OptionDeclaration option, String text) {
    Object constant = option.enumConstants().get(text);
    if (constant == null) {
      throw refused(option, text);
    }
    return constant;
  }

  private static String firstLine(Exception e) {
    return ErrorText.of(e).lines().findFirst().orElse("");
  }
}
