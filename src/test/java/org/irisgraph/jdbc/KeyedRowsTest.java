package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedRowsTest {

  private static final String TABLE = "CREATE TABLE T.Keys (id VARCHAR(400) PRIMARY KEY)";

  @Test
  void cutsByTheCharactersOfTheValues() {
    assertThat(
        KeyedRows.slices(List.of("aaa", "bb", "c", "dddddd", "e"), 5),
        contains(List.of("aaa", "bb"), List.of("c"), List.of("dddddd"), List.of("e")));
    assertThat(KeyedRows.slices(List.of(), 100), is(empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 36, 64, 129, 255, 985, 1000, 70_000})
  void boundsEveryListOfIds(int length) {
    for (int count : new int[] {1, 2, 25, 26, 250, 251, 499, 1200}) {
      List<String> values = values(count, length);

      List<InList> lists = InList.of(values);

      List<String> together = new ArrayList<>();
      for (InList list : lists) {
        together.addAll(list.values());
        assertThat(Set.copyOf(list.parameters()), is(Set.copyOf(list.values())));
        assertThat(List.of(1, 25, 250), hasItem(list.parameters().size()));
        if (list.parameters().size() > 1) {
          assertThat(
              list.parameters().stream().mapToInt(String::length).sum(),
              is(lessThanOrEqualTo(InList.MAX_CHARACTERS)));
        }
      }
      assertThat(together, is(values));
    }
  }

  @Test
  void padsEachListWithItsShortestValueToOneLength() {
    List<String> expected = new ArrayList<>(List.of("one", "a", "three"));
    expected.addAll(Collections.nCopies(247, "a"));
    assertThat(InList.of(List.of("one", "a", "three")).get(0).parameters(), is(expected));
    assertThat(InList.of(values(250, 255)), hasSize(1));
    assertThat(InList.of(values(1, 255)).get(0).parameters(), hasSize(250));
    assertThat(InList.of(values(251, 64)).get(1).parameters(), hasSize(250));
    assertThat(InList.of(values(26, 400)).get(0).parameters(), hasSize(25));
    assertThat(InList.of(values(1, 64_000)).get(0).parameters(), hasSize(1));
  }

  @Test
  void sendsNothingForNoValues() throws Exception {
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    try (TestTarget target = TestTarget.iris(server);
        Connection connection = Database.connect(target.settings())) {
      target.execute("CREATE SCHEMA T", TABLE);
      server.resetCounts();

      assertThat(
          KeyedRows.select(connection, "T.Keys", List.of("id"), "id", Set.of()), is(empty()));
      KeyedRows.delete(connection, "T.Keys", "id", Set.of());

      assertThat(server.count("PP"), is(0));
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
      // A list may have 160 of them, which is less than 250, the length of other lists.
      assertThat(
          server.messages().stream().filter(message -> message.type().equals("PQ")).toList(),
          hasSize(16));

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
