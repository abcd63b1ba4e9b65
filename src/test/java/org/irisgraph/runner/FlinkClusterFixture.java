package org.irisgraph.runner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.irisgraph.run.IndexingRun;
import org.irisgraph.run.PackagedProgram;
import org.irisgraph.run.PasswordPostgres;
import org.irisgraph.run.TestCorpus;
import org.junit.jupiter.api.Timeout;

/**
 * A Flink cluster of three JVMs, a PostgreSQL server, and runs of the program, started by the
 * commands that the pages name, with the jars that the build has made. All tests of {@link
 * FlinkClusterIT} share them.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
abstract class FlinkClusterFixture {

  static final int LINES = 2500;

  /** Those lines, and what else is in the corpus. */
  static final int DOCUMENTS = LINES - 40 + TestCorpus.GOOD + TestCorpus.BAD;

  static final String LAUNCHERS_VARIABLE = "LAUNCHERS_DATABASE_PASSWORD";
  static final String PASSWORD_VARIABLE = "TEST_DATABASE_PASSWORD";

  /** Has the password on the launcher's machine, and an earlier one in the cluster. */
  static final String CHANGED_VARIABLE = "CHANGED_DATABASE_PASSWORD";

  /** The other way round. */
  static final String FORGOTTEN_VARIABLE = "FORGOTTEN_DATABASE_PASSWORD";

  /** Those that are indexed; one more has the id of another. */
  static final long GOOD = DOCUMENTS - TestCorpus.BAD;

  static final String EARLIER_PASSWORD = "lantern-River-3";

  static Path directory;
  static PasswordPostgres postgres;
  static StandaloneCluster cluster;
  static RestCounters figures;
  static Map<String, List<String>> expected;

  static void start(Path scratch) throws Exception {
    directory = scratch;
    postgres = PasswordPostgres.start(directory.resolve("postgres"));
    cluster =
        StandaloneCluster.start(
            Files.createDirectories(directory.resolve("flink")),
            2,
            Map.of(
                PASSWORD_VARIABLE, PasswordPostgres.PASSWORD,
                CHANGED_VARIABLE, EARLIER_PASSWORD,
                FORGOTTEN_VARIABLE, PasswordPostgres.PASSWORD));
    figures = new RestCounters(cluster);
    TestCorpus.writeTo(corpus(), LINES);
    postgres.createDatabase("direct");
    try (IndexingRun direct = directRun("direct")) {
      direct.run(options -> {});
      expected = direct.contents();
    }
  }

  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  /** A run in this JVM, which writes to a database of the server. */
  static IndexingRun directRun(String database) throws SQLException {
    return new IndexingRun(
        corpus(),
        options -> {
          options.setJdbcUrl(postgres.jdbcUrl(database));
          options.setJdbcUser("postgres");
        },
        postgres.connect(database));
  }

  static Path corpus() {
    return directory.resolve("corpus");
  }

  static Map<String, List<String>> contents(String database) throws SQLException {
    try (IndexingRun run = new IndexingRun(corpus(), options -> {}, postgres.connect(database))) {
      return run.contents();
    }
  }

  /**
   * Where a run stores.
   *
   * @param name of the run's files
   */
  record Target(String name, String jdbcUrl, String user, String passwordFrom) {

    static Target postgres(String database, String passwordVariable) {
      return new Target(
          database, postgres.jdbcUrl(database), PasswordPostgres.USER, "env:" + passwordVariable);
    }
  }

  static LaunchedRun launch(String database, String... more) throws Exception {
    postgres.createDatabase(database);
    return launch(Target.postgres(database, PASSWORD_VARIABLE), more);
  }

  static LaunchedRun launch(Target target, String... more) throws Exception {
    // Of the launcher's working directory, where no TaskManager is.
    return launch(target, settings(target, "dictionary.tsv"), more);
  }

  static LaunchedRun launch(Target target, List<String> settings, String... more) throws Exception {
    List<String> command = PackagedProgram.command("256m");
    command.add("index");
    command.add(absolute("runner-configs/flink-cluster.yaml"));
    command.add("--flinkMaster=" + cluster.master());
    command.addAll(settings);
    command.addAll(List.of(more));
    return LaunchedRun.start(command, target.name(), directory.resolve(target.name() + ".txt"));
  }

  static String absolute(String path) {
    return Path.of(path).toAbsolutePath().toString();
  }

  static List<String> settings(Target target, String dictionary) {
    String input =
        "--input=%1$s/**.jsonl,%1$s/**.txt,%1$s/**.md,%1$s/**.xml,%1$s/*.gz".formatted(corpus());
    return settings(target, input, dictionary);
  }

  static List<String> settings(Target target, String input, String dictionary) {
    return List.of(
        "--pipeline=test",
        input,
        "--dictionary=" + dictionary,
        "--jdbcUrl=" + target.jdbcUrl(),
        "--jdbcUser=" + target.user(),
        "--jdbcPasswordFrom=" + target.passwordFrom(),
        // After a cluster is lost, the next run waits so long for signs of life of the job.
        "--leaseSeconds=5",
        "--createTables=true",
        "--linkEntities=none");
  }

  /** The same settings, with the nodes that documents have in common. */
  static List<String> linking(List<String> settings) {
    return settings.stream()
        .map(setting -> setting.replace("--linkEntities=none", "--linkEntities=nodes"))
        .toList();
  }
}
