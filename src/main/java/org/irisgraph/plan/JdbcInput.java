package org.irisgraph.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.table.ColumnNames;
import org.irisgraph.table.TableRequest;

/** What the options say of documents that are in a database already. */
public final class JdbcInput {

  private static final String QUERY_NAME = "query";

  private JdbcInput() {}

  public static boolean isSet(IndexingOptions options) {
    return options.getJdbcInput() != null;
  }

  /** Whether what is read are rows of the table of documents, which are not to be written then. */
  public static boolean isInPlace(IndexingOptions options) {
    return isSet(options) && request(options).isInPlace();
  }

  /** Whether it is read from the database that is written to, as far as the options tell. */
  public static boolean readsTarget(IndexingOptions options) {
    return options.getJdbcInputUrl() == null
        || options.getJdbcInputUrl().strip().equals(options.getJdbcUrl().strip());
  }

  static String url(IndexingOptions options) {
    return readsTarget(options) ? options.getJdbcUrl() : options.getJdbcInputUrl();
  }

  public static TableRequest request(IndexingOptions options) {
    String input = options.getJdbcInput();
    return new TableRequest(
        input,
        new DatabaseUrl(url(options)).place()
            + "#"
            + (TableRequest.isQuery(input) ? QUERY_NAME : input.strip()),
        new ColumnNames(
            options.getJdbcInputIdColumn(),
            options.getJdbcInputTextColumn(),
            options.getJdbcInputTitleColumn(),
            options.getJdbcInputMetadataColumn()),
        readsTarget(options) ? new GraphTables(options.getSchema()).documents() : null,
        options.getMaxDocumentBytes());
  }

  /**
   * How to reach the database that is read. By default the writers' connections read, too: an IRIS
   * with few licences has none to spare, and an H2 file is open once only.
   */
  public static ConnectionSettings connection(IndexingOptions options) {
    ConnectionSettings target = RunPlan.connection(options);
    boolean asTarget = readsTarget(options) && options.getJdbcInputUser() == null;
    Map<String, String> properties =
        DriverProperties.parse("jdbcInput", options.getJdbcInputProperties());
    return new ConnectionSettings(
        url(options),
        asTarget ? target.user() : options.getJdbcInputUser(),
        asTarget ? target.password() : PasswordReference.of(options.getJdbcInputPasswordFrom()),
        readsTarget(options) && properties.isEmpty() ? target.properties() : properties,
        target.writers());
  }

  /** The options that say how a table is read, where none is: most likely its name is missing. */
  static List<String> problemsWithout(KnownOptions known, IndexingOptions options) {
    return known.ours().stream()
        .filter(option -> option.name().startsWith("jdbcInput") && option.isGiven(options))
        .map(
            option ->
                "%s says how jdbcInput is read, which is not set: name a table with --jdbcInput, or leave %s out"
                    .formatted(option.name(), option.name()))
        .toList();
  }

  /** What is wrong with the options, one line each. */
  static List<String> problems(IndexingOptions options) {
    List<String> problems = new ArrayList<>();
    String input = options.getJdbcInput();
    if (!TableRequest.isQuery(input) && !TableRequest.isTable(input)) {
      problems.add(
          "jdbcInput must be a table with its schema, as in RAG.SourceDocuments, or begin with"
              + " SELECT"
              + " or WITH, not \"%s\"".formatted(input));
    }
    if (options.getInput() != null && !options.getInput().isEmpty()) {
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
    SettingsValidator.problemOfPassword("jdbcInputPasswordFrom", options.getJdbcInputPasswordFrom())
        .ifPresent(problems::add);
    problems.addAll(problemsOfColumns(options));
    try {
      DriverProperties.parse("jdbcInput", options.getJdbcInputProperties());
    } catch (UsageException e) {
      problems.addAll(e.problems());
    }
    return problems;
  }

  private static List<String> problemsOfColumns(IndexingOptions options) {
    List<String> problems = new ArrayList<>();
    String id = options.getJdbcInputIdColumn();
    String text = options.getJdbcInputTextColumn();
    if (id.equalsIgnoreCase(text)) {
      problems.add(
          "jdbcInputIdColumn and jdbcInputTextColumn must be different columns, not both \"%s\""
              .formatted(id));
    }
    boolean isDocumentTable = !TableRequest.isQuery(options.getJdbcInput()) && isInPlace(options);
    if (isDocumentTable
        && !(id.equalsIgnoreCase(ColumnNames.DEFAULT_ID)
            && text.equalsIgnoreCase(ColumnNames.DEFAULT_TEXT))) {
      problems.add(
          "%s is indexed in place: jdbcInputIdColumn and jdbcInputTextColumn must be %s and %s; for"
                  .formatted(
                      options.getJdbcInput(), ColumnNames.DEFAULT_ID, ColumnNames.DEFAULT_TEXT)
              + " another column write a query, as in SELECT doc_id, abstract AS text_content FROM"
              + " ...");
    }
    return problems;
  }
}
