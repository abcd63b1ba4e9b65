package org.irisgraph.linked;

import org.irisgraph.iris.SharedTarget;
import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class PublishedGraphPostgresIT extends PublishedGraphContract {

  @RegisterExtension static final SharedTarget SERVER = new SharedTarget(TestTarget::postgres);

  @Override
  protected TestTarget open() {
    return SERVER.get();
  }
}
