package org.irisgraph.graphrag;

import org.irisgraph.iris.SharedTarget;
import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Layout.class)
@Tag("slow")
class ForeignRowsPostgresIT extends ForeignRowsContract {

  @RegisterExtension static final SharedTarget SERVER = new SharedTarget(TestTarget::postgres);

  @Override
  protected TestTarget open() {
    return SERVER.get();
  }
}
