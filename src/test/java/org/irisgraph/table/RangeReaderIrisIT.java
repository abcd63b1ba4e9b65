package org.irisgraph.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.Fault;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.iris.wire.ReservedWords;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reads rows through the driver of IRIS, also when its connections break. */
@Tag("slow")
class RangeReaderIrisIT extends RangeReaderContract {

  private static IrisWireServer server;
  private static TestTarget iris;

  @BeforeAll
  static void start() throws Exception {
    server = IrisWireServer.start(InsertPath.FAST);
    iris = TestTarget.iris(server);
  }

  @AfterAll
  static void stop() throws Exception {
    iris.close();
  }

  @Override
  protected TestTarget target() {
    return iris;
  }

  @Override
  protected boolean supportsAllQueries() {
    return false;
  }

  @Test
  void readsColumnsAndTablesThatAreNamedByReservedWords() throws Exception {
    List<String> words =
        ReservedWords.all().stream().filter(word -> !word.startsWith("%")).sorted().toList();
    target.execute(
        words.stream()
            .map(word -> '"' + word + "\" VARCHAR(9)")
            .collect(
                Collectors.joining(
                    ", ",
                    "CREATE TABLE S.\"Section\" (doc_id VARCHAR(9), text_content TEXT, ",
                    ")")),
        "INSERT INTO S.\"Section\" (doc_id, text_content, \"DATE\") VALUES ('a', 'Gout.', 'x')");
    TableSource source = source("S.Section", NAMES, null);
    read(source, 5, 100);
    assertThat(source.columns(), hasSize(words.size() + 2));
    assertThat(ids(), contains("a"));
    assertThat(documents.get(0).metadata(), is(Map.of("date", "x")));
  }

  @Test
  void findsRowsByAnIdWhoseNameIsReserved() throws Exception {
    target.execute(
        "CREATE TABLE S.Pages (\"LEVEL\" VARCHAR(9), text_content TEXT)",
        "INSERT INTO S.Pages VALUES ('a', 'Gout.'), ('b', 'Lupus.')");
    read(
        source("S.Pages", new ColumnNames("level", "text_content", "title", "metadata"), null),
        1,
        9);
    assertThat(ids(), containsInAnyOrder("a", "b"));
  }

  @Test
  void leavesVectorsThatAreReportedAsTextsOutOfTheMetadata() throws Exception {
    String vector =
        IntStream.range(0, 100).mapToObj(i -> "-0." + i + "e1").collect(Collectors.joining(","));
    target.execute(
        "CREATE TABLE S.Embedded (doc_id VARCHAR(9), text_content TEXT, embedding VARCHAR(20),"
            + " text_vector VARCHAR(100000), versions VARCHAR(100))",
        "INSERT INTO S.Embedded VALUES ('a', 'Gout.', '0.1,0.2', '%s', '1,2,3')".formatted(vector));
    read("S.Embedded");
    assertThat(documents.get(0).metadata(), is(Map.of("versions", "1,2,3")));
  }

  @Test
  void givesADocumentItsStoredIdIfAQueryGivesIdsInCapitals() throws Exception {
    server.execute("CREATE TABLE S.Documents (doc_id VARCHAR(20), text_content VARCHAR(99))");
    server.execute("INSERT INTO S.Documents (doc_id, text_content) VALUES ('doc-A', 'Gout.')");
    server.execute("INSERT INTO S.Documents (doc_id, text_content) VALUES ('doc-b', 'Lupus.')");
    read(
        source(
            "SELECT DISTINCT doc_id, text_content FROM S.Documents WHERE text_content <> ''",
            NAMES,
            "S.Documents"),
        5,
        100);
    assertThat(unreadable, is(empty()));
    assertThat(ids(), containsInAnyOrder("doc-A", "doc-b"));
  }

  @Test
  void continuesAfterBrokenConnections() throws Exception {
    List<String> ids = IntStream.range(0, 20).mapToObj(i -> "doc-" + i).toList();
    for (String id : ids) {
      insert(id, "Text of " + id);
    }
    TableSource source = source("S.Texts", NAMES, null);
    server.inject(Fault.dropBefore().on("PQ"));
    server.inject(Fault.dropBeforeReply().on("PQ").after(2));
    server.inject(Fault.lockConflict().on("PQ").after(3));
    server.inject(Fault.wrongMessageCount().on("PQ").after(4));

    read(source, 5, 100);

    assertThat(server.pendingFaults(), is(0));
    assertThat(ids(), containsInAnyOrder(ids.toArray()));
    assertThat(unreadable, is(empty()));
  }
}
