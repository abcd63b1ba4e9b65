package org.irisgraph.iris;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Batches, bad rows and plain inserts on H2, PostgreSQL and IRIS's stand-in; {@link IrisIT} has the
 * real IRIS.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(ContractTarget.class)
@Tag("slow")
class BatchStorageContractIT {

  @Parameter private ContractTarget where;

  @AfterAll
  static void closeServers() throws Exception {
    ContractTarget.closeAll();
  }

  @Nested
  class Storage extends BatchStorageContract {

    @Override
    TestTarget open() throws Exception {
      return where.open();
    }
  }

  @Nested
  class BadRows extends BadRowContract {

    @Override
    TestTarget open() throws Exception {
      return where.open();
    }
  }

  @Nested
  class Rows extends RowTypesContract {

    @Override
    TestTarget open() throws Exception {
      return where.open();
    }
  }

  @Nested
  class Inserts extends InsertModeContract {

    @Override
    TestTarget open() throws Exception {
      return where.open();
    }
  }
}
