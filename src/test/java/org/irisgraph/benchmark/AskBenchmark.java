package org.irisgraph.benchmark;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.ask.GraphNode;
import org.irisgraph.ask.GraphQuestions;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.RequiredTables;
import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.Setting;
import org.irisgraph.options.Settings;
import org.irisgraph.plan.RunId;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.run.ExtractionLoader;

/**
 * How long questions about a graph of a million entities take: the queries alone, the first time
 * that each is asked and once more. H2 works in the client's thread.
 */
public final class AskBenchmark {

  private static final List<String> ARE_ASKED =
      List.of(
          "the most frequent name",
          "a rare name",
          "two frequent names",
          "a frequent and a rare name",
          "two rare names",
          "a name that does not exist");

  private static final Pattern TABLE =
      Pattern.compile(
          "(CREATE TABLE (\\S+).*),\\s+(PRIMARY KEY \\(\\w+\\))\\s*\\)", Pattern.DOTALL);

  private AskBenchmark() {}

  /**
   * Without arguments, measures in an H2 file and in PostgreSQL. With the URL of an H2 file or a
   * PostgreSQL server, and perhaps a user, fills that one if it is empty, and measures in it.
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0) {
      measure(
          arguments[0].startsWith("jdbc:h2") ? "H2 in a file" : "PostgreSQL",
          arguments[0],
          arguments.length > 1 ? arguments[1] : null);
      return;
    }
    RunDatabase h2 = RunDatabase.h2(Files.createDirectories(Path.of("target/benchmark/ask")));
    h2.clear();
    measure("H2 in a file", h2.options().get(0).substring("--jdbcUrl=".length()), null);
    try (TestTarget postgres = TestTarget.postgres()) {
      measure("PostgreSQL", postgres.settings().jdbcUrl(), postgres.settings().user());
    }
  }

  private static void measure(String name, String url, String user) throws Exception {
    List<Setting> flags = new ArrayList<>();
    flags.add(Setting.flag("jdbcUrl", List.of(url)));
    if (user != null) {
      flags.add(Setting.flag("jdbcUser", List.of(user)));
    }
    flags.add(Setting.flag("pipeline", List.of("million")));
    flags.add(Setting.flag("createTables", List.of("true")));
    flags.add(Setting.flag("dictionary", List.of("pipelines/dictionaries/diseases.tsv")));
    IndexingOptions options = new Settings(new KnownOptions(), List.of(), flags).toOptions();
    RunPlan plan =
        RunPlan.of(options, RunId.create(Clock.systemUTC()), ExtractionLoader.load(options))
            .toBuilder()
            .setMetadataLength(2000)
            .build();
    fillIfEmpty(plan, options.getLedgerSchema());
    System.out.printf(
        "%n| %s | the first time | again | processor time of the client |%n|---|---|---|---|%n",
        name);
    for (String asked : ARE_ASKED) {
      try (Connection connection = Database.connect(plan.connection())) {
        GraphQuestions questions =
            new GraphQuestions(
                connection, plan.connection().dialect(), plan.tables(), options.getLedgerSchema());
        long first = millis(questions, asked);
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long again = millis(questions, asked);
        long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        System.out.printf(
            "| %s | %,d ms | %,d ms | %,d ms |%n", asked, first, again, used / 1_000_000);
      }
    }
  }

  /** Keys and indexes are built when all rows are there, which takes a fraction of the time. */
  private static void fillIfEmpty(RunPlan plan, String ledgerSchema) throws Exception {
    List<TableDefinition> tables = new ArrayList<>(plan.targetTables().definitions());
    tables.add(plan.targetTables().parseAttempts());
    RequiredTables required = new RequiredTables(plan.connection().dialect(), tables);
    try (Connection connection = Database.connect(plan.connection());
        Statement statement = connection.createStatement()) {
      List<TableDefinition> missing = required.missing(connection);
      if (missing.isEmpty()) {
        return;
      }
      List<String> afterwards = new ArrayList<>();
      for (String sql : required.statements(connection, missing)) {
        Matcher table = TABLE.matcher(sql);
        if (sql.startsWith("CREATE INDEX")) {
          afterwards.add(sql);
        } else if (table.matches()) {
          statement.execute(table.replaceFirst("$1)"));
          afterwards.add(table.replaceFirst("ALTER TABLE $2 ADD $3"));
        } else {
          statement.execute(sql);
        }
      }
      new MillionEntities(connection, plan.tables(), ledgerSchema).insert();
      for (String sql : afterwards) {
        statement.execute(sql);
      }
      // As linking does.
      for (TableDefinition table : missing) {
        Optional<String> analysis = plan.connection().dialect().analysis(table.table());
        if (analysis.isPresent()) {
          statement.execute(analysis.get());
        }
      }
    }
  }

  private static long millis(GraphQuestions questions, String asked) throws Exception {
    long start = System.nanoTime();
    switch (asked) {
      case "the most frequent name" -> show(questions, 0);
      case "a rare name" -> show(questions, 20_000);
      case "two frequent names" -> link(questions, 0, 1);
      case "a frequent and a rare name" -> link(questions, 0, 20_001);
      case "two rare names" -> link(questions, 20_000, 20_001);
      default ->
          require(
              !questions.nearest(MillionEntities.name(7).replaceFirst("(....).", "$1")).isEmpty());
    }
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static void show(GraphQuestions questions, int rank) throws Exception {
    for (GraphNode node : found(questions, rank)) {
      require(!questions.show(node, 5).proofs().isEmpty());
    }
  }

  private static void link(GraphQuestions questions, int one, int other) throws Exception {
    require(!questions.between(found(questions, one), found(questions, other)).isEmpty());
  }

  private static List<GraphNode> found(GraphQuestions questions, int rank) throws Exception {
    List<GraphNode> nodes = questions.named(MillionEntities.name(rank));
    require(!nodes.isEmpty());
    return nodes;
  }

  private static void require(boolean isAnswered) {
    if (!isAnswered) {
      throw new IllegalStateException("there is no answer");
    }
  }
}
