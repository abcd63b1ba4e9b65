package org.irisgraph.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.stream.IntStream;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.Fault;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads rows through the driver of IRIS, also when its connections break. */
class RangeReaderIrisIT extends RangeReaderContract {

  private static IrisWireServer server;
  private static TestTarget iris;

  @BeforeAll
  static void start() throws Exception {
    server = IrisWireServer.start(InsertPath.FAST);
    iris = TestTarget.iris(server);
  }

  @AfterAll
  static void stop() throws Exception {
    iris.close();
  }

  @Override
  TestTarget target() {
    return iris;
  }

  @Override
  boolean supportsAllQueries() {
    return false;
  }

  @Test
  void continuesAfterBrokenConnections() throws Exception {
    List<String> ids = IntStream.range(0, 20).mapToObj(i -> "doc-" + i).toList();
    for (String id : ids) {
      insert(id, "Text of " + id);
    }
    TableSource source = source("S.Texts", NAMES, null);
    server.inject(Fault.dropBefore().on("PQ"));
    server.inject(Fault.dropBeforeReply().on("PQ").after(2));
    server.inject(Fault.lockConflict().on("PQ").after(3));
    server.inject(Fault.wrongMessageCount().on("PQ").after(4));

    read(source, 5, 100);

    assertThat(server.pendingFaults(), is(0));
    assertThat(ids(), containsInAnyOrder(ids.toArray()));
    assertThat(unreadable, is(empty()));
  }
}
