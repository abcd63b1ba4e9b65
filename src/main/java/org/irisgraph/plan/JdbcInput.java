package org.irisgraph.plan;

import java.util.Map;
import java.util.Objects;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.table.ColumnNames;
import org.irisgraph.table.TableRequest;

/** What the options that begin with {@code jdbcInput} mean: documents from a table or query. */
public final class JdbcInput {

  private static final String QUERY_NAME = "query";

  private JdbcInput() {}

  public static boolean isSet(IndexingOptions options) {
    return options.getJdbcInput() != null;
  }

  /** Whether the rows are those of the target's documents, which then are not written. */
  public static boolean isInPlace(IndexingOptions options) {
    return isSet(options) && request(options).isInPlace();
  }

  /** Whether the database read is the one written to, judging by the options alone. */
  public static boolean readsTarget(IndexingOptions options) {
    return options.getJdbcInputUrl() == null
        || options.getJdbcInputUrl().strip().equals(options.getJdbcUrl().strip());
  }

  static String url(IndexingOptions options) {
    String own = options.getJdbcInputUrl();
    return own == null || readsTarget(options) ? options.getJdbcUrl() : own;
  }

  /** The table or query to read. */
  public static TableRequest request(IndexingOptions options) {
    String input = Objects.requireNonNull(options.getJdbcInput(), "jdbcInput");
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
        readsTarget(options) ? GraphTables.of(options.getSchema()).documents() : null,
        options.getMaxDocumentBytes());
  }

  /**
   * How to connect to the database that is read. By default the writers' connections also read: an
   * IRIS with few licences has none to spare, and an H2 file can be open once only.
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
        target.writers(),
        target.isolation());
  }
}
