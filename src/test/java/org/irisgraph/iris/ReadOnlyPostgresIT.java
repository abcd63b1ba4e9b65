package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.sql.SQLException;
import java.util.List;
import org.apache.beam.sdk.util.Sleeper;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.batch.BatchWriter;
import org.irisgraph.iris.batch.WritePlan;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.RetryPolicy;
import org.joda.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that takes no writes for a while, as after a fail-over. */
@Tag("slow")
class ReadOnlyPostgresIT {

  @Test
  void waitsForAServerThatIsReadOnlyForAWhile() throws Exception {
    try (TestTarget target = TestTarget.postgres()) {
      target.execute(Parcel.schemaAndTables());
      String alter = "ALTER DATABASE " + target.rows("SELECT current_database()").get(0);
      target.execute(alter + " SET default_transaction_read_only = on");
      Sleeper untilItTakesWrites =
          millis -> {
            try {
              target.execute(alter + " RESET default_transaction_read_only");
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          };
      try (Database database = Database.acquire(target.settings())) {
        BatchWriter<Parcel> writer =
            new BatchWriter<>(
                database,
                WritePlan.<Parcel>builder()
                    .setTables(Parcel.writes())
                    .setElementKey(Parcel::id)
                    .build(),
                new RetryPolicy(Duration.standardMinutes(1), untilItTakesWrites, System::nanoTime));

        BatchResult<Parcel> result = writer.write(List.of(Parcel.chain("p", 3)));

        assertThat(result.metrics().retries(), is(1));
        assertThat(target.count("T.Items"), is(3L));
      }
    }
  }
}
