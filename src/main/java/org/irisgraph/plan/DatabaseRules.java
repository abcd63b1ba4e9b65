package org.irisgraph.plan;

import java.util.List;
import java.util.regex.Pattern;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.UsageException;
import org.jspecify.annotations.Nullable;

/** Checks the database that is written to, and how it is connected to. */
final class DatabaseRules {

  /** SQL identifiers are written unquoted. */
  private static final Pattern SCHEMA = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  private DatabaseRules() {}

  static void check(IndexingOptions options, List<String> problems) {
    checkSchema("schema", options.getSchema(), problems);
    checkSchema("ledgerSchema", options.getLedgerSchema(), problems);
    String graphSchema = options.getGraphSchema();
    if (graphSchema != null) {
      checkSchema("graphSchema", graphSchema, problems);
    }
    new DatabaseUrl(options.getJdbcUrl()).problem().ifPresent(problems::add);
    if (options.getWriters() > Dialects.maxWriters(options.getJdbcUrl())) {
      problems.add(
          "writers must be 1 for an H2 database in a file: killed while several connections write,"
              + " H2 may leave a damaged file");
    }
    SecretRules.resolve("jdbcPasswordFrom", options.getJdbcPasswordFrom(), problems);
    checkProperties("jdbc", options.getJdbcProperties(), problems);
  }

  private static void checkSchema(String option, String schema, List<String> problems) {
    if (!SCHEMA.matcher(schema).matches()) {
      problems.add(
          "%s must be a letter, then letters, digits or _, not \"%s\"".formatted(option, schema));
    }
  }

  static void checkProperties(String prefix, @Nullable List<String> items, List<String> problems) {
    try {
      DriverProperties.parse(prefix, items);
    } catch (UsageException e) {
      problems.addAll(e.problems());
    }
  }
}
