package org.irisgraph.iris.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The statement forms that this project sends to the server, each with its purpose and the public
 * source that shows the server accepting it: {@code iris-statements.tsv}.
 */
final class StatementCatalogue {
  static final String RESOURCE = "iris-statements.tsv";

  private static final Set<String> FORMS =
      lines().stream().map(Line::form).collect(Collectors.toUnmodifiableSet());

  /** Texts recur: a batch's statement is prepared by every connection. */
  private static final Map<String, Optional<String>> CHECKED = new ConcurrentHashMap<>();

  /** Where each JVM lists the forms that its tests have sent, for {@link UnsentStatements}. */
  private static final Path SENT = Path.of("target", "iris-statements-sent");

  private static final Set<String> LISTED = ConcurrentHashMap.newKeySet();

  /**
   * A line.
   *
   * @param form as {@link StatementForm} gives it
   * @param purpose what the statement is for
   * @param source a page or file on the web
   */
  record Line(String form, String purpose, String source) {}

  private StatementCatalogue() {}

  /** The form of a statement, or of an element of it, that has no line. */
  static Optional<String> missing(String sql) {
    return CHECKED.computeIfAbsent(
        sql,
        text -> {
          List<String> forms = StatementForm.of(text);
          list(forms);
          return forms.stream().filter(form -> !FORMS.contains(form)).findFirst();
        });
  }

  private static synchronized void list(List<String> forms) {
    List<String> added = forms.stream().filter(LISTED::add).toList();
    try {
      Files.createDirectories(SENT);
      Files.write(
          SENT.resolve(ProcessHandle.current().pid() + ".txt"),
          added,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What to do about a form without a line. */
  static String advice(String form, String sql) {
    return """
    no line in src/test/resources/%s has the form
      %s
    of the statement
      %s
    Show by documentation or by code that runs on a server that IRIS accepts it, and add a line: \
    the form, its purpose and the address of the source, separated by tabs; or use a form that \
    has a line. A test that sends statements of its own calls acceptAnyStatement().\
    """
        .formatted(RESOURCE, form, sql);
  }

  /** All lines, without the comments. */
  static List<Line> lines() {
    try (InputStream lines = StatementCatalogue.class.getResourceAsStream("/" + RESOURCE)) {
      return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(StatementCatalogue::line)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Line line(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != 3) {
      throw new IllegalStateException(RESOURCE + " needs three fields in each line: " + line);
    }
    return new Line(fields[0], fields[1], fields[2]);
  }
}
