package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.Serializable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches for an H2 file on a disk that becomes full. */
class FullDiskTest {

  private static final long MEGABYTE = 1_000_000;

  private record Page(String id, String text) implements Serializable {}

  @TempDir private Path directory;

  /** Two megabytes that are hardly compressed. */
  private static List<Page> pages() {
    Random random = new Random(1);
    byte[] bytes = new byte[15_000];
    return IntStream.range(0, 100)
        .mapToObj(
            page -> {
              random.nextBytes(bytes);
              return new Page("page " + page, Base64.getEncoder().encodeToString(bytes));
            })
        .toList();
  }

  private static TestWriter<Page> writer(ConnectionSettings settings) {
    TableWrite<Page> table =
        TableWrite.<Page>into("T.Pages")
            .withColumns("id", "text")
            .withKey("id")
            .withOwner("id")
            .withRows(page -> List.of(Row.of(page.id(), page.text())));
    return new TestWriter<>(settings, List.of(table), null, Page::id).withBatchRows(40);
  }

  @Test
  void endTheWriteAndAreNoFaultOfTheirRows() throws Exception {
    SmallDisk.resize(MEGABYTE);
    Path file = directory.resolve("graph");
    ConnectionSettings settings =
        new ConnectionSettings(
            "jdbc:h2:small:" + file, null, PasswordReference.of(null), Map.of(), 1);
    // As in a run, a connection keeps the database open.
    Connection launcher = Database.connect(settings);
    try (Statement statement = launcher.createStatement()) {
      statement.execute("CREATE SCHEMA T");
      statement.execute("CREATE TABLE T.Pages (id VARCHAR(50) PRIMARY KEY, text CLOB)");
    }

    try (TestWriter<Page> writer = writer(settings)) {
      StoreException failure =
          assertThrows(StoreException.Configuration.class, () -> writer.write(pages()));
      assertThat(
          failure.getMessage(),
          is(
              "the disk of the database is full: small:%s.mv.db; free space, and run the same command again"
                  .formatted(file)));
    }

    SmallDisk.resize(100 * MEGABYTE);
    try (TestWriter<Page> writer = writer(settings)) {
      BatchResult<Page> result = writer.write(pages());

      assertThat(result.committed(), hasSize(100));
      assertThat(result.rejected(), is(empty()));
    }
  }
}
