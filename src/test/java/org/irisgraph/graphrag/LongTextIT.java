package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.concurrent.Callable;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.spec.LongText;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.iris.wire.Fault;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On the stand-in, with what it counts and refuses, and on the other databases. */
@Tag("slow")
class LongTextIT extends LongTextContract {

  private IrisWireServer server;

  @Override
  protected TestTarget open() throws Exception {
    server = IrisWireServer.start(InsertPath.FAST);
    return TestTarget.iris(server);
  }

  @Test
  void areStreamsOnlyIfAStringCannotHoldThem() throws Exception {
    write(target, StorageMode.BATCH, WriteMode.UPSERT, LongText.STRING, amongOthers());
    assertThat(server.count("SM"), is(0));

    write(target, StorageMode.BATCH, WriteMode.UPSERT, LongText.STREAM, amongOthers());
    assertThat(server.count("SM"), is(2));
  }

  @Test
  void areRejectedIfTheServerRefusesStreams() throws Exception {
    server.inject(Fault.error(400, "Fatal error <MAXSTRING>").on("SM").times(1000));

    BatchResult<DocumentGraph> result =
        write(target, StorageMode.BATCH, WriteMode.UPSERT, LongText.STREAM, amongOthers());

    assertThat(
        result.rejected().stream().map(RejectedRow::code).toList(),
        contains("TOO_LONG", "TOO_LONG"));
    assertThat(
        target.rows(STORED),
        contains("a|5", "long-3600000|3600000", "long-3641144|3641144", "z|5"));
  }

  static List<Named<Callable<TestTarget>>> otherDatabases() {
    return List.of(Named.of("H2", TestTarget::h2), Named.of("PostgreSQL", TestTarget::postgres));
  }

  @ParameterizedTest
  @MethodSource("otherDatabases")
  void areStoredByTheOtherDatabasesToo(Callable<TestTarget> database) throws Exception {
    try (TestTarget other = database.call()) {
      TestGraphs.createTables(other);

      write(other, StorageMode.BATCH, WriteMode.UPSERT, LongText.STREAM, amongOthers());

      assertThat(
          other.rows("SELECT SUM(CHAR_LENGTH(text_content)) FROM RAG.SourceDocuments"),
          contains("19882299"));
    }
  }
}
