package org.irisgraph.ledger;

import org.irisgraph.iris.SharedTarget;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** With collations that tell texts apart by case, and with others. */
@ParameterizedClass(name = "{0}")
@EnumSource(DocumentIdsIT.Collation.class)
@Tag("slow")
class DocumentIdsIT extends DocumentIdsContract {

  @RegisterExtension static final SharedTarget POSTGRES = new SharedTarget(TestTarget::postgres);

  enum Collation {
    H2,
    H2_IGNORING_CASE,
    POSTGRESQL,
    IRIS
  }

  @Parameter Collation collation;

  @Override
  protected TestTarget open() throws Exception {
    return switch (collation) {
      case H2 -> TestTarget.h2();
      case H2_IGNORING_CASE -> TestTarget.h2(";IGNORECASE=TRUE");
      case POSTGRESQL -> POSTGRES.get();
      case IRIS -> TestTarget.iris(IrisWireServer.start(InsertPath.FAST));
    };
  }

  @Override
  protected boolean ignoresCase() {
    return collation == Collation.IRIS || collation == Collation.H2_IGNORING_CASE;
  }
}
