package org.irisgraph.graphrag;

import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Layout.class)
class PassagesTest extends PassagesContract {

  @Override
  protected TestTarget open() throws Exception {
    return TestTarget.h2();
  }
}
