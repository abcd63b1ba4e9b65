package org.irisgraph.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.iris.Dialects;

/** What a JDBC URL tells before it is connected to. */
record DatabaseUrl(String url) {

  private static final List<String> KNOWN = List.of("jdbc:h2:", "jdbc:IRIS:", "jdbc:postgresql:");
  private static final Pattern H2_FILE =
      Pattern.compile("jdbc:h2:(?:file:)?((?:[./~]|[A-Za-z]:[/\\\\])[^;:]*)(?:;.*)?");
  private static final Pattern PASSWORD =
      Pattern.compile("(password|passwd|pwd)\\s*=|//[^/@]*:[^/@]*@", Pattern.CASE_INSENSITIVE);

  /** Whether the database lives in this JVM. */
  boolean isEmbedded() {
    return Dialects.isEmbedded(url);
  }

  /** The file of an embedded database, if it is a plain one. */
  Optional<String> file() {
    Matcher name = H2_FILE.matcher(url);
    return name.matches()
        ? Optional.of(
            name.group(1)
                    .replaceFirst(
                        "^~(?=/)", Matcher.quoteReplacement(System.getProperty("user.home")))
                + ".mv.db")
        : Optional.empty();
  }

  /** What is wrong with the URL, never showing a password. */
  Optional<String> problem() {
    if (PASSWORD.matcher(url).find()) {
      return Optional.of(
          "jdbcUrl must not contain a password: it is shown in the job's settings;"
              + " use jdbcPasswordFrom=env:NAME or file:PATH");
    }
    if (KNOWN.stream().anyMatch(url::startsWith)) {
      return Optional.empty();
    }
    for (String known : KNOWN) {
      if (url.toLowerCase(Locale.ROOT).startsWith(known.toLowerCase(Locale.ROOT))) {
        return Optional.of(
            "jdbcUrl must begin with %s, in exactly these letters, not \"%s\""
                .formatted(known, url));
      }
    }
    return Optional.of(
        "jdbcUrl must begin with one of %s, not \"%s\"".formatted(String.join(", ", KNOWN), url));
  }
}
