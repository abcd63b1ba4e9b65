package org.irisgraph.shipped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A unit file of systemd, as far as ours go: no quotes and no specifiers.
 *
 * @param values by key, in the order of the file
 */
record UnitFile(Map<String, List<String>> values) {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

  static UnitFile read(Path path) throws IOException {
    Map<String, List<String>> values = new LinkedHashMap<>();
    String joined = Files.readString(path).replaceAll("\\\\\n\\s*", "");
    for (String line : joined.lines().toList()) {
      int equals = line.indexOf('=');
      if (!line.startsWith("#") && equals > 0) {
        values
            .computeIfAbsent(line.substring(0, equals), key -> new ArrayList<>())
            .add(line.substring(equals + 1));
      }
    }
    return new UnitFile(values);
  }

  /** The only value of a key. */
  String get(String key) {
    List<String> all = values.getOrDefault(key, List.of());
    if (all.size() != 1) {
      throw new IllegalArgumentException(key + " has " + all.size() + " values");
    }
    return all.get(0);
  }

  /** The arguments of {@code ExecStart}, as systemd starts them with these variables. */
  List<String> command(Map<String, String> environment) {
    String line = get("ExecStart");
    if (line.matches(".*[\"'%\\\\].*")) {
      throw new IllegalArgumentException("quotes and specifiers are not read here: " + line);
    }
    // Split first: systemd never splits the value of ${NAME}.
    return List.of(line.split(" +", -1)).stream().map(word -> expand(word, environment)).toList();
  }

  private static String expand(String word, Map<String, String> environment) {
    return VARIABLE
        .matcher(word)
        .replaceAll(
            variable -> Matcher.quoteReplacement(environment.getOrDefault(variable.group(1), "")));
  }
}
