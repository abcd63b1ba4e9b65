package org.irisgraph.iris;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The tables of {@link Parcel} in H2, new for each test. */
abstract class ParcelTables {

  TestTarget target;

  @BeforeEach
  void createTables() throws Exception {
    target = TestTarget.h2();
    target.execute(Parcel.schemaAndTables());
  }

  @AfterEach
  void closeTarget() throws Exception {
    target.close();
  }
}
