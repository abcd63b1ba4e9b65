package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.junit.jupiter.api.Test;

class KeyedRowsTest {

  private static final String TABLE = "CREATE TABLE T.Keys (id VARCHAR(400) PRIMARY KEY)";

  @Test
  void cutsByTheNumberOfValuesAndByTheirCharacters() {
    assertThat(
        KeyedRows.slices(List.of("a", "b", "c", "d", "e"), 2, 100),
        contains(List.of("a", "b"), List.of("c", "d"), List.of("e")));
    assertThat(
        KeyedRows.slices(List.of("aaa", "bb", "c", "dddddd", "e"), 100, 5),
        contains(List.of("aaa", "bb"), List.of("c"), List.of("dddddd"), List.of("e")));
    assertThat(KeyedRows.slices(List.of(), 2, 100), is(empty()));
  }

  @Test
  void boundsEveryListOfIds() {
    for (int length : new int[] {6, 36, 64, 255, 1000, 100_000}) {
      List<String> values = values(1200, length);

      List<List<String>> slices =
          KeyedRows.slices(values, KeyedRows.MAX_IN_LIST, KeyedRows.MAX_IN_LIST_CHARACTERS);

      List<String> together = new ArrayList<>();
      for (List<String> slice : slices) {
        together.addAll(slice);
        assertThat(slice.size(), is(lessThanOrEqualTo(KeyedRows.MAX_IN_LIST)));
        if (slice.size() > 1) {
          assertThat(
              slice.stream().mapToInt(String::length).sum(),
              is(lessThanOrEqualTo(KeyedRows.MAX_IN_LIST_CHARACTERS)));
        }
      }
      assertThat(together, is(values));
    }
  }

  @Test
  void findsAndDeletesLongKeysInSeveralStatements() throws Exception {
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    try (TestTarget target = TestTarget.iris(server);
        Connection connection = Database.connect(target.settings())) {
      List<String> ids = values(400, 400);
      target.execute("CREATE SCHEMA T", TABLE);
      for (String id : ids) {
        target.execute("INSERT INTO T.Keys VALUES ('%s')".formatted(id));
      }
      server.resetCounts();

      List<Row> found = KeyedRows.select(connection, "T.Keys", List.of("id"), "id", ids);
      Set<Object> foundIds = new HashSet<>();
      found.forEach(row -> foundIds.add(row.get(0)));

      assertThat(foundIds, is(new HashSet<>(ids)));
      // 160 of them are as long as a list may be.
      assertThat(
          server.messages().stream().filter(message -> message.type().equals("PQ")).toList(),
          hasSize(3));

      KeyedRows.delete(connection, "T.Keys", "id", ids);
      connection.commit();

      assertThat(target.count("T.Keys"), is(0L));
    }
  }

  private static List<String> values(int count, int length) {
    return IntStream.range(0, count)
        .mapToObj(i -> "%06d".formatted(i) + "x".repeat(length - 6))
        .toList();
  }
}
