package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.sql.Connection;
import org.irisgraph.iris.ContractTarget;
import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class TableShapeIT {

  @ParameterizedTest
  @EnumSource(
      value = ContractTarget.class,
      names = {"H2", "POSTGRESQL"})
  void requiresNoValueForGeneratedColumns(ContractTarget where) throws Exception {
    try (TestTarget target = where == ContractTarget.H2 ? TestTarget.h2() : TestTarget.postgres();
        Connection connection = Database.connect(target.settings())) {
      String stored = where == ContractTarget.H2 ? "" : " STORED";
      target.execute(
          "CREATE SCHEMA G",
          "CREATE TABLE G.Made (id VARCHAR(9) NOT NULL, n INTEGER GENERATED ALWAYS AS IDENTITY,"
              + " twice INTEGER GENERATED ALWAYS AS (2 * LENGTH(id))%s NOT NULL,".formatted(stored)
              + " since INTEGER DEFAULT 1 NOT NULL, needed INTEGER NOT NULL)");

      TableShape shape = TableShape.lookUp(connection, "G.Made");

      assertThat(shape.column("id").orElseThrow().required(), is(true));
      assertThat(shape.column("n").orElseThrow().required(), is(false));
      assertThat(shape.column("twice").orElseThrow().required(), is(false));
      assertThat(shape.column("since").orElseThrow().required(), is(false));
      assertThat(shape.column("needed").orElseThrow().required(), is(true));
    }
  }
}
