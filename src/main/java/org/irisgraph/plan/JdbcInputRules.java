package org.irisgraph.plan;

import java.util.List;
import java.util.Objects;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.table.ColumnNames;
import org.irisgraph.table.TableRequest;

/** Checks the options of documents that are read from a table or query. */
final class JdbcInputRules {

  private JdbcInputRules() {}

  /** Refuses options of {@code jdbcInput} without it: most likely its name is missing. */
  static void checkWithoutTable(
      KnownOptions known, IndexingOptions options, List<String> problems) {
    known.ours().stream()
        .filter(option -> option.name().startsWith("jdbcInput") && option.isGiven(options))
        .map(
            option ->
                "%s says how jdbcInput is read, which is not set: name a table with --jdbcInput, or leave %s out"
                    .formatted(option.name(), option.name()))
        .forEach(problems::add);
  }

  static void check(IndexingOptions options, List<String> problems) {
    String input = Objects.requireNonNull(options.getJdbcInput(), "jdbcInput");
    if (!TableRequest.isQuery(input) && !TableRequest.isTable(input)) {
      problems.add(
          "jdbcInput must be a table with its schema, as in RAG.SourceDocuments, or begin with"
              + " SELECT"
              + " or WITH, not \"%s\"".formatted(input));
    }
    if (!ReaderSettings.globs(options).isEmpty()) {
      problems.add(
          "input and jdbcInput are both set: a run reads files or a table; leave one of them out");
    }
    if (WatchSettings.isSet(options)) {
      problems.add(
          "watch looks at files: a table is not watched; leave it out, and run index from time to"
              + " time, which extracts from what has changed");
    }
    if (options.getJdbcInputUrl() != null) {
      new DatabaseUrl(options.getJdbcInputUrl())
          .problem("jdbcInputUrl", "jdbcInputPasswordFrom")
          .ifPresent(problems::add);
    }
    if (options.getJdbcInputPasswordFrom() != null && options.getJdbcInputUser() == null) {
      problems.add("jdbcInputPasswordFrom is the password of jdbcInputUser, which is not set");
    }
    SecretRules.resolve("jdbcInputPasswordFrom", options.getJdbcInputPasswordFrom(), problems);
    checkColumns(input, options, problems);
    DatabaseRules.checkProperties("jdbcInput", options.getJdbcInputProperties(), problems);
  }

  private static void checkColumns(String input, IndexingOptions options, List<String> problems) {
    String id = options.getJdbcInputIdColumn();
    String text = options.getJdbcInputTextColumn();
    if (id.equalsIgnoreCase(text)) {
      problems.add(
          "jdbcInputIdColumn and jdbcInputTextColumn must be different columns, not both \"%s\""
              .formatted(id));
    }
    boolean isDocumentTable = !TableRequest.isQuery(input) && JdbcInput.isInPlace(options);
    boolean hasOtherColumns =
        !id.equalsIgnoreCase(ColumnNames.DEFAULT_ID)
            || !text.equalsIgnoreCase(ColumnNames.DEFAULT_TEXT);
    if (isDocumentTable && hasOtherColumns) {
      problems.add(
          "%s is indexed in place: jdbcInputIdColumn and jdbcInputTextColumn must be %s and %s; for"
                  .formatted(
                      options.getJdbcInput(), ColumnNames.DEFAULT_ID, ColumnNames.DEFAULT_TEXT)
              + " another column write a query, as in SELECT doc_id, abstract AS text_content FROM"
              + " ...");
    }
  }
}
