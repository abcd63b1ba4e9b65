package org.irisgraph.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.irisgraph.options.UsageException;
import org.jspecify.annotations.Nullable;

/** Parses the options for JDBC drivers, {@code jdbcProperties} and {@code jdbcInputProperties}. */
final class DriverProperties {

  private DriverProperties() {}

  /**
   * Parses items of the form name=value.
   *
   * @param prefix of the options of this database, as in jdbcProperties and jdbcPasswordFrom
   * @throws UsageException if an item is not name=value, or names a password
   */
  static Map<String, String> parse(String prefix, @Nullable List<String> items) {
    Map<String, String> properties = new HashMap<>();
    for (String item : Objects.requireNonNullElse(items, List.<String>of())) {
      int equals = item.indexOf('=');
      String name = (equals < 0 ? item : item.substring(0, equals)).strip();
      // First, since the other message repeats the item.
      if (name.toLowerCase(Locale.ROOT).contains("password")) {
        throw new UsageException(
            "%1$sProperties must not hold a password: use %1$sPasswordFrom=env:NAME or file:PATH"
                .formatted(prefix));
      }
      if (equals < 1) {
        throw new UsageException(
            "%sProperties must be name=value, not \"%s\"".formatted(prefix, item));
      }
      properties.put(name, item.substring(equals + 1).strip());
    }
    return properties;
  }
}
