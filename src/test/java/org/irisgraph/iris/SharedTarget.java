package org.irisgraph.iris;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server for all tests of a class, because it takes seconds to start. */
public final class SharedTarget implements BeforeAllCallback, AfterAllCallback {

  private final Callable<TestTarget> start;
  private TestTarget target;

  /** A server that is started before the first test. */
  public SharedTarget(Callable<TestTarget> start) {
    this.start = start;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    target = start.call();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    target.close();
  }

  /** The server for one test, which need not close it. */
  public TestTarget get() {
    return Objects.requireNonNull(target, "the server is not started yet").borrowed();
  }
}
