package org.irisgraph.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.TestWriter;
import org.irisgraph.iris.batch.BatchMetrics;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.iris.wire.BadRow;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.Row;

/**
 * What bad rows cost: 10,000 documents of which the database refuses 500, beside 10,000 clean ones,
 * in turn in one run; each figure is the median of the repetitions. The stand-in for IRIS treats a
 * batch with a bad row in each of the ways that a server might.
 */
public final class BadRowsBenchmark {

  private static final int DOCUMENTS = 10_000;
  private static final int BAD = 500;
  private static final int BATCH_ROWS = 1000;

  private BadRowsBenchmark() {}

  private interface Server {
    TestTarget start() throws IOException, SQLException;
  }

  /** A document with one item, whose amount may be too large for its column. */
  private record Note(String id, boolean bad) {}

  private record Measured(double seconds, BatchMetrics metrics) {}

  /** Takes the number of repetitions, 3 if there is none, and a part of the servers' names. */
  public static void main(String[] arguments) throws Exception {
    int repetitions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    String only = arguments.length > 1 ? arguments[1] : "";
    Map<String, Server> servers = new LinkedHashMap<>();
    servers.put("H2", TestTarget::h2);
    servers.put("PostgreSQL", TestTarget::postgres);
    for (BadRow badRow : List.of(BadRow.CONTINUE, BadRow.STOP_AT_FIRST, BadRow.REFUSE_BATCH)) {
      servers.put("stand-in, " + badRow, () -> standIn(badRow));
    }
    servers.keySet().removeIf(name -> !name.contains(only));
    for (Map.Entry<String, Server> entry : servers.entrySet()) {
      try (TestTarget target = entry.getValue().start()) {
        target.execute("CREATE SCHEMA B");
        run(entry.getKey(), target, repetitions);
      }
    }
  }

  private static TestTarget standIn(BadRow badRow) throws IOException, SQLException {
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    server.onBadRow(badRow);
    return TestTarget.iris(server);
  }

  private static void run(String name, TestTarget target, int repetitions) throws Exception {
    write(target, 0);
    double[] clean = new double[repetitions];
    double[] bad = new double[repetitions];
    BatchMetrics cleanMetrics = null;
    BatchMetrics badMetrics = null;
    for (int i = 0; i < repetitions; i++) {
      Measured first = write(target, 0);
      Measured second = write(target, BAD);
      clean[i] = first.seconds();
      bad[i] = second.seconds();
      cleanMetrics = first.metrics();
      badMetrics = second.metrics();
    }
    System.out.printf(
        Locale.ROOT,
        "%-24s clean %6.2f s, %,5d executions   %d bad %6.2f s, %,6d executions   %.1f times%n",
        name,
        Median.of(clean),
        cleanMetrics.statements(),
        BAD,
        Median.of(bad),
        badMetrics.statements(),
        Median.of(bad) / Median.of(clean));
  }

  private static Measured write(TestTarget target, int bad) throws Exception {
    target.execute(
        "DROP TABLE IF EXISTS B.Items",
        "DROP TABLE IF EXISTS B.Notes",
        "CREATE TABLE B.Notes (id VARCHAR(50) PRIMARY KEY)",
        "CREATE TABLE B.Items (id VARCHAR(50) PRIMARY KEY, amount SMALLINT,"
            + " note VARCHAR(50) REFERENCES B.Notes(id))");
    List<Note> notes = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      notes.add(new Note("n" + i, bad > 0 && i % (DOCUMENTS / bad) == 3));
    }
    try (TestWriter<Note> writer =
        new TestWriter<Note>(target.settings(), tables(), null, Note::id)
            .withBatchRows(BATCH_ROWS)) {
      long start = System.nanoTime();
      BatchResult<Note> result = writer.write(notes);
      double seconds = (System.nanoTime() - start) / 1e9;
      long stored = target.count("B.Items");
      if (stored != DOCUMENTS - bad || result.rejected().size() != bad) {
        throw new IllegalStateException(
            "%d are stored and %d named".formatted(stored, result.rejected().size()));
      }
      return new Measured(seconds, result.metrics());
    }
  }

  private static List<TableWrite<Note>> tables() {
    return List.of(
        TableWrite.<Note>into("B.Notes")
            .withColumns("id")
            .withKey("id")
            .withRows(note -> List.of(Row.of(note.id()))),
        TableWrite.<Note>into("B.Items")
            .withColumns("id", "amount", "note")
            .withKey("id")
            .withReference("note", "B.Notes")
            .withRows(
                note ->
                    List.of(
                        Row.of("i" + note.id(), note.bad() ? Short.MAX_VALUE + 1 : 1, note.id()))));
  }
}
