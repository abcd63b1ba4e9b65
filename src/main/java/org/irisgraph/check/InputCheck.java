package org.irisgraph.check;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.irisgraph.base.ErrorText;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.format.InputFormat;
import org.irisgraph.files.InputFiles;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.JdbcInput;
import org.irisgraph.plan.ReaderSettings;
import org.irisgraph.run.FullInputScope;
import org.irisgraph.run.InputTable;

/** Counts the files of each glob by format and size, or describes the table that is read. */
final class InputCheck {

  private static final String TOPIC = "input";

  /** Files of a glob whose header is read; others most often have the same. */
  private static final int CSV_FILES = 3;

  private static final List<String> UNITS = List.of("KB", "MB", "GB", "TB");

  private final IndexingOptions options;

  InputCheck(IndexingOptions options) {
    this.options = options;
  }

  void run(Consumer<Finding> findings) throws InterruptedException {
    if (JdbcInput.isSet(options)) {
      checkTable(findings);
      return;
    }
    for (String glob : ReaderSettings.globs(options)) {
      checkGlob(glob, findings);
    }
    try {
      new FullInputScope(options)
          .survey(options)
          .warnings()
          .forEach(warning -> findings.accept(Finding.warning(TOPIC, warning)));
    } catch (IOException | IllegalArgumentException e) {
      // The settings' problems have it.
    }
  }

  private void checkGlob(String glob, Consumer<Finding> findings) {
    InputFiles found;
    try {
      found = InputFiles.match(List.of(glob), options.getInputBase());
    } catch (IOException | IllegalArgumentException e) {
      // The settings' problems have it.
      return;
    }
    if (!found.files().isEmpty()) {
      findings.accept(
          Finding.good(
              TOPIC,
              "%s: %s".formatted(glob, contents(found, found.files(), options.getInputFormat()))));
    }
    try {
      found.files().stream()
          .filter(file -> CsvCheck.isCsv(file, options.getInputFormat()))
          .limit(CSV_FILES)
          .flatMap(file -> CsvCheck.problem(options, file).stream())
          .forEach(problem -> findings.accept(Finding.warning(TOPIC, problem)));
    } catch (UsageException | IllegalArgumentException e) {
      // The settings' problems have it.
    }
    found
        .unreadable()
        .forEach(
            (source, failure) ->
                findings.accept(
                    Finding.warning(
                        TOPIC,
                        "%s: %s; the run will reject it".formatted(source, failure.message()))));
  }

  /**
   * As {@code 3 files, 12 KB: 2 jats (10 KB), 1 known by content (2 KB)}.
   *
   * @param files some of those found
   */
  static String contents(InputFiles found, Collection<SourceFile> files, InputFormat inputFormat) {
    Map<InputFormat, Long> counts = new EnumMap<>(InputFormat.class);
    Map<InputFormat, Long> bytes = new EnumMap<>(InputFormat.class);
    for (SourceFile file : files) {
      InputFormat format =
          inputFormat == InputFormat.AUTO
              ? InputFormat.ofName(file.path()).orElse(InputFormat.AUTO)
              : inputFormat;
      counts.merge(format, 1L, Long::sum);
      bytes.merge(format, found.bytes(file), Long::sum);
    }
    return String.format(
            Locale.ROOT,
            "%,d %s, %s: ",
            files.size(),
            files.size() == 1 ? "file" : "files",
            size(bytes.values().stream().mapToLong(Long::longValue).sum()))
        + counts.entrySet().stream()
            .map(
                count ->
                    String.format(
                        Locale.ROOT,
                        "%,d %s (%s)",
                        count.getValue(),
                        name(count.getKey()),
                        size(bytes.getOrDefault(count.getKey(), 0L))))
            .collect(Collectors.joining(", "));
  }

  private static String name(InputFormat format) {
    return format == InputFormat.AUTO ? "known by content" : format.name().toLowerCase(Locale.ROOT);
  }

  /** As {@code 999 bytes}, {@code 1.5 KB}, {@code 3 GB}. */
  static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " bytes";
    }
    double size = bytes;
    int unit = -1;
    while (size >= 1000 && unit < 3) {
      size /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, UNITS.get(unit));
  }

  private void checkTable(Consumer<Finding> findings) throws InterruptedException {
    try {
      InputTable.describe(options)
          .ifPresent(
              table ->
                  findings.accept(
                      Finding.good(
                          TOPIC,
                          "%s %s can be read"
                              .formatted(table.isQuery() ? "query" : "table", table.from()))));
    } catch (UsageException e) {
      e.problems().forEach(problem -> findings.accept(Finding.problem(TOPIC, problem)));
    } catch (StoreException | SQLException | IllegalArgumentException e) {
      findings.accept(Finding.problem(TOPIC, ErrorText.of(e)));
    }
  }
}
