package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ends all connections of a run at moments from its start to its end: it goes on with new ones. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Tag("slow")
class InterruptedRunIT {

  private static final int MOMENTS = 15;

  private static final String END_CONNECTIONS =
      "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity"
          + " WHERE datname = current_database() AND pid <> pg_backend_pid()";

  @TempDir private Path directory;
  private int refused;

  @Test
  void goesOnWhenItsConnectionsEnd() throws Exception {
    Files.writeString(directory.resolve("dictionary.tsv"), "asthma\tDISEASE\ngout\tDISEASE\n");
    try (TestTarget postgres = TestTarget.postgres();
        Connection other = Database.connect(postgres.settings());
        Statement statement = other.createStatement();
        IndexingRun indexing =
            new IndexingRun(
                directory, target(postgres.settings()), Database.connect(postgres.settings()))) {
      long millis = 0;
      for (int moment = 0; moment <= MOMENTS; moment++) {
        Files.writeString(directory.resolve("a.txt"), "Asthma and gout, " + moment);
        Files.deleteIfExists(directory.resolve(moment - 1 + ".txt"));
        Files.writeString(directory.resolve(moment + ".txt"), "Asthma");
        long start = System.nanoTime();
        // The first runs show how long one takes.
        long after = moment < 3 ? -1 : millis * (moment - 3) / (MOMENTS - 3);
        CompletableFuture<Void> end =
            CompletableFuture.runAsync(
                () -> {
                  try {
                    if (after >= 0) {
                      TimeUnit.MILLISECONDS.sleep(after);
                      statement.execute(END_CONNECTIONS);
                    }
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                });

        Summary summary = run(indexing);
        end.get();

        assertThat("after " + after, summary.status(), is(Summary.Status.SUCCEEDED));
        if (after < 0) {
          millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        }
      }
    }
  }

  /** A run whose first connection ends while it is opened fails; that one is tried only once. */
  private Summary run(IndexingRun indexing) throws Exception {
    try {
      return indexing.run(options -> {});
    } catch (StoreException.Configuration e) {
      assertThat(e.getMessage(), startsWith("cannot connect"));
      refused++;
      assertThat("runs that could not connect", refused, is(1));
      return indexing.run(options -> {});
    }
  }

  private static Consumer<IndexingOptions> target(ConnectionSettings settings) {
    return options -> {
      options.setJdbcUrl(settings.jdbcUrl());
      options.setJdbcUser(settings.user());
      options.setDeleteMissing(true);
      options.setForce(true);
      options.setLeaseSeconds(2);
      options.setLinkEntities(LinkEntities.SAME_AS);
    };
  }
}
