package org.irisgraph.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.jdbc.Dialects;

/** Parses a JDBC URL, without connecting. */
public record DatabaseUrl(String url) {

  private static final List<String> KNOWN = List.of("jdbc:h2:", "jdbc:IRIS:", "jdbc:postgresql:");
  private static final Pattern H2_FILE =
      Pattern.compile("jdbc:h2:(?:file:)?((?:[./~]|[A-Za-z]:[/\\\\])[^;:]*)(?:;.*)?");

  /** Whether the database is embedded in this JVM. */
  boolean isEmbedded() {
    return Dialects.isEmbedded(url);
  }

  /** The file of an embedded database, if it is a plain one. */
  public Optional<String> file() {
    Matcher name = H2_FILE.matcher(url);
    return name.matches()
        ? Optional.of(
            name.group(1)
                    .replaceFirst(
                        "^~(?=/)", Matcher.quoteReplacement(System.getProperty("user.home")))
                + ".mv.db")
        : Optional.empty();
  }

  /** The file of an embedded database that does not exist yet. */
  public Optional<String> missingFile() {
    return file().filter(file -> !Files.exists(Path.of(file)));
  }

  /** Whether the database ends with this JVM. */
  public boolean isInMemory() {
    return url.startsWith("jdbc:h2:mem:");
  }

  /** The URL without its parameters, which may contain a user. */
  public String place() {
    return url.strip().replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
  }

  /** The URL's problems, without any password in it. */
  public Optional<String> problem() {
    return problem("jdbcUrl", "jdbcPasswordFrom");
  }

  /** The same for the URL and password of other options. */
  public Optional<String> problem(String option, String passwordOption) {
    if (Dialects.hasPassword(url)) {
      return Optional.of(
          "%s must not contain a password: it is shown in the job's settings; use %s=env:NAME or file:PATH"
              .formatted(option, passwordOption));
    }
    if (KNOWN.stream().anyMatch(url::startsWith)) {
      return Optional.empty();
    }
    for (String known : KNOWN) {
      if (url.toLowerCase(Locale.ROOT).startsWith(known.toLowerCase(Locale.ROOT))) {
        return Optional.of(
            "%s must begin with %s, in exactly these letters, not \"%s\""
                .formatted(option, known, url));
      }
    }
    return Optional.of(
        "%s must begin with one of %s, not \"%s\""
            .formatted(option, String.join(", ", KNOWN), url));
  }
}
