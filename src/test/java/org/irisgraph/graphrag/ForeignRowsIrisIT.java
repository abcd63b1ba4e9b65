package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.irisgraph.graphrag.TestGraphs.document;

import java.util.UUID;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.spec.ForeignRows;
import org.irisgraph.iris.wire.Fault;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same through the real driver, and when the link to the server is bad. */
@ParameterizedClass(name = "{0}")
@EnumSource(Layout.class)
@Tag("slow")
class ForeignRowsIrisIT extends ForeignRowsContract {

  /** The columns of all tables are looked up in one transaction. */
  private static final int LOOK_UPS = 1;

  private IrisWireServer server;

  @Override
  protected TestTarget open() throws Exception {
    server = IrisWireServer.start(InsertPath.FAST);
    return TestTarget.iris(server);
  }

  static Fault[] faults() {
    return new Fault[] {
      Fault.dropBefore().containing("UPDATE RAG.DocumentLedger"),
      Fault.dropBefore().on("TC").after(LOOK_UPS),
      Fault.dropBeforeReply().on("TC").after(LOOK_UPS),
      Fault.dropDuring().containing("DELETE FROM RAG.Entities")
    };
  }

  @ParameterizedTest
  @MethodSource("faults")
  void countsOnceWhatATransactionReplacesThatIsTriedAgain(Fault fault) throws Exception {
    write(ForeignRows.KEEP, "r1", document("d", "/d", "gout"));
    for (int i = 0; i < 5; i++) {
      target.execute(Layout.entity(UUID.randomUUID().toString(), "d"));
    }
    server.inject(fault);

    BatchResult<DocumentGraph> result =
        write(ForeignRows.REPLACE, "r2", document("d", "/d", "lupus"));

    assertThat(result.metrics().retries(), is(1));
    assertThat(result.metrics().foreignReplaced(), is(5));
    assertThat(target.count("RAG.Entities"), is(1L));
  }
}
