package org.irisgraph.graphrag;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.StoreException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The oldest supported server has vectors of DOUBLE alone, and no index for them. */
@Tag("slow")
class WrittenVectorsIrisIT extends WrittenVectorsContract {

  @Override
  protected TestTarget open() throws Exception {
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    server.reportVersion("IRIS for UNIX (Ubuntu) 2024.1 (Build 267U) Tue Apr 30 2024");
    return TestTarget.iris(server);
  }

  @Test
  void anIndexThatTheServerDoesNotHaveIsRefused() {
    assertThat(
        assertThrows(StoreException.Configuration.class, this::createIndex).getMessage(),
        containsString("use IRIS 2025.1 or later"));
  }
}
