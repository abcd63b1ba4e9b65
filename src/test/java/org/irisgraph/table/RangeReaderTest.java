package org.irisgraph.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads rows of H2. */
class RangeReaderTest extends RangeReaderContract {

  private static TestTarget h2;

  @BeforeAll
  static void open() throws Exception {
    h2 = TestTarget.h2();
  }

  @AfterAll
  static void close() throws Exception {
    h2.close();
  }

  @Override
  protected TestTarget target() {
    return h2;
  }

  @Test
  void readsListsAndEarlyTimesAsMetadata() throws Exception {
    target.execute(
        "CREATE TABLE S.Odd AS SELECT 'd' AS doc_id, 'Gout.' AS text_content,"
            + " ARRAY['a', 'b'] AS names, CAST(ARRAY[0.5] AS REAL ARRAY) AS embedding,"
            + " TIMESTAMP '1500-02-28 10:00:00' AS early, DATE '1500-02-28' AS birthday");

    read("S.Odd");

    assertThat(
        documents.get(0).metadata(),
        is(
            Map.of(
                "names",
                List.of("a", "b"),
                "early",
                "1500-02-28T10:00:00Z",
                "birthday",
                "1500-02-28")));
  }
}
