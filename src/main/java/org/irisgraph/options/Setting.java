package org.irisgraph.options;

import java.util.List;
import java.util.Objects;

/**
 * An option with its value as written.
 *
 * @param name the option's name, which may be unknown
 * @param shape how the value was written
 * @param values the texts of the value: one for a scalar, the items of a list, JSON for a map,
 *     nothing for an empty value, which gives an option its default back
 * @param place where it was written, for messages; empty for a flag
 */
public record Setting(String name, Shape shape, List<String> values, String place) {

  /** The form of a written value. */
  public enum Shape {
    EMPTY,
    SCALAR,
    LIST,
    MAP
  }

  public Setting {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(place, "place");
    values = List.copyOf(values);
  }

  /** A flag of the command line; a repeated one is a list. */
  public static Setting flag(String name, List<String> values) {
    String text = String.join(",", values);
    return text.isEmpty()
        ? new Setting(name, Shape.EMPTY, List.of(), "")
        : new Setting(name, Shape.SCALAR, List.of(text), "");
  }

  /** A message about this setting, with its place. */
  String problem(String message) {
    return place.isEmpty() ? message : place + ": " + message;
  }
}
