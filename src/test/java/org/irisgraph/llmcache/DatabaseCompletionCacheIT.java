package org.irisgraph.llmcache;

import java.util.List;
import java.util.concurrent.Callable;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.IrisWireServer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** On H2, on PostgreSQL, and through the real IRIS driver on a stand-in for its server. */
@ParameterizedClass(name = "{0}")
@MethodSource("targets")
@Tag("slow")
class DatabaseCompletionCacheIT extends CompletionCacheContract {

  @Parameter Callable<TestTarget> start;

  static List<Named<Callable<TestTarget>>> targets() {
    return List.of(
        Named.of("H2", TestTarget::h2),
        Named.of("PostgreSQL", TestTarget::postgres),
        Named.of("IRIS", () -> TestTarget.iris(IrisWireServer.start())));
  }

  @Override
  protected TestTarget open() throws Exception {
    return start.call();
  }
}
