package org.irisgraph.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.Fault;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows become documents alike on H2, on PostgreSQL and through the IRIS driver. */
@Tag("slow")
@Timeout(60)
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"H2", "PostgreSQL", "IRIS"})
class RangeReaderTest {

  private static final ColumnNames NAMES =
      new ColumnNames("doc_id", "text_content", "title", "metadata");

  private static TestTarget h2;
  private static TestTarget postgres;
  private static TestTarget iris;
  private static IrisWireServer server;

  @Parameter private String database;
  private TestTarget target;

  private final List<Document> documents = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private final DocumentSink sink =
      new DocumentSink() {
        @Override
        public void document(Document document) {
          documents.add(document);
        }

        @Override
        public void unreadable(Origin origin, String documentId, Failure failure) {
          unreadable.add(documentId + " " + failure.code());
          failures.add(failure);
        }
      };

  @BeforeAll
  static void startServers() throws Exception {
    h2 = TestTarget.h2();
    postgres = TestTarget.postgres();
    server = IrisWireServer.start(InsertPath.FAST);
    iris = TestTarget.iris(server);
  }

  @AfterAll
  static void stopServers() throws Exception {
    h2.close();
    postgres.close();
    iris.close();
  }

  @BeforeEach
  void createTable() throws Exception {
    target =
        switch (database) {
          case "H2" -> h2;
          case "PostgreSQL" -> postgres;
          default -> iris;
        };
    target.execute(
        "DROP SCHEMA IF EXISTS S CASCADE",
        "CREATE SCHEMA S",
        "CREATE TABLE S.Texts (doc_id VARCHAR(300), text_content VARCHAR(10000),"
            + " title VARCHAR(100), metadata VARCHAR(1000), n INTEGER, price NUMERIC(10,2),"
            + " seen TIMESTAMP, good BOOLEAN)");
  }

  private void insert(String id, String text) throws Exception {
    target.execute(
        "INSERT INTO S.Texts (doc_id, text_content) VALUES (%s, %s)"
            .formatted(literal(id), literal(text)));
  }

  private static String literal(String text) {
    return text == null ? "NULL" : "'" + text + "'";
  }

  private TableSource source(String input, ColumnNames names, String documentTable)
      throws Exception {
    TableRequest request = new TableRequest(input, "jdbc:test#texts", names, documentTable, 1000);
    try (Connection connection = Database.connect(target.settings())) {
      return new TableDescription(request, target.settings()).describe(connection);
    }
  }

  /** Reads all ranges of so many rows, the last first. */
  private int read(TableSource source, int rows, int most) throws Exception {
    documents.clear();
    unreadable.clear();
    failures.clear();
    try (Database database = Database.acquire(source.connection())) {
      RangeReader reader = new RangeReader(source, database, Duration.standardSeconds(10));
      List<KeyRange> ranges = new ArrayList<>(reader.ranges(rows, most));
      for (int i = ranges.size() - 1; i >= 0; i--) {
        reader.read(ranges.get(i), sink, () -> false);
      }
      return ranges.size();
    }
  }

  private int read(String input) throws Exception {
    return read(source(input, NAMES, null), 3, 100);
  }

  /** A query that fails in a way nobody knows at the rows, or all rows, that S.Broken names. */
  private TableSource breakable() throws Exception {
    target.execute(
        "CREATE TABLE S.Broken (id VARCHAR(9))",
        "CREATE FUNCTION S.text_of(id VARCHAR) RETURNS VARCHAR LANGUAGE plpgsql STABLE AS $$ BEGIN"
            + " IF EXISTS (SELECT 1 FROM S.Broken b WHERE b.id IN ($1, '*')) THEN"
            + " RAISE EXCEPTION 'out of order'; END IF; RETURN 'Text'; END $$");
    return source(
        "SELECT doc_id, CAST(S.text_of(doc_id) AS VARCHAR(20)) AS text_content FROM S.Texts",
        NAMES,
        null);
  }

  private void breakRows(String... ids) throws Exception {
    for (String id : ids) {
      target.execute("INSERT INTO S.Broken VALUES ('%s')".formatted(id));
    }
  }

  private void read(TableSource source, KeyRange range, DocumentSink sink) throws Exception {
    try (Database database = Database.acquire(source.connection())) {
      new RangeReader(source, database, Duration.ZERO).read(range, sink, () -> false);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void namesARowOfAnUnknownErrorWhateverItsRange(int rows) throws Exception {
    assumeTrue(target == postgres);
    for (String id : List.of("a", "b", "c")) {
      insert(id, "Text");
    }
    TableSource source = breakable();
    breakRows("a", "c");

    read(source, rows, 100);

    assertThat(ids(), contains("b"));
    assertThat(unreadable, containsInAnyOrder("a BAD_ROW", "c BAD_ROW"));
  }

  @Test
  void namesNoRowIfNoneGoesThrough() throws Exception {
    assumeTrue(target == postgres);
    insert("a", "Text");
    TableSource source = breakable();
    breakRows("a");

    StoreException e = assertThrows(StoreException.class, () -> read(source, 1, 100));
    insert("b", "Text");
    breakRows("*");
    assertThrows(StoreException.class, () -> read(source, KeyRange.of("a"), sink));

    assertThat(e.getMessage(), is("jdbc:test#texts cannot be read: ERROR: out of order"));
    assertThat(unreadable, is(empty()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rejectsNothingOfAnOutageThatBeginsInTheMiddle(boolean isOver) throws Exception {
    assumeTrue(target == postgres);
    target.execute(
        "INSERT INTO S.Texts (doc_id) SELECT 'd' || (i + 1000) FROM generate_series(0, 1099) i");
    TableSource source = breakable();
    DocumentSink breaking =
        new DocumentSink() {
          @Override
          public void document(Document document) {
            sink.document(document);
            try {
              // The first chunk has been read; of the second the last rows fail, or all of them.
              if (documents.size() == 1) {
                breakRows(isOver ? "d2098" : "*");
              } else if (documents.size() == 1050) {
                target.execute("DELETE FROM S.Broken");
              }
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }

          @Override
          public void unreadable(Origin origin, String documentId, Failure failure) {
            sink.unreadable(origin, documentId, failure);
          }
        };

    if (isOver) {
      read(source, KeyRange.above(null, null), breaking);
      assertThat(ids().stream().distinct().toList(), hasSize(1100));
    } else {
      assertThrows(StoreException.class, () -> read(source, KeyRange.above(null, null), breaking));
      assertThat(documents, hasSize(1000));
    }

    assertThat(unreadable, is(empty()));
  }

  @Test
  void takesBitsForMetadata() throws Exception {
    assumeTrue(target == postgres);
    target.execute(
        "CREATE TABLE S.Bits AS SELECT 'd' AS doc_id, 'Gout.' AS text_content,"
            + " B'00000101' AS many, B'1' AS one, FALSE AS no, CAST(NULL AS BIT(8)) AS none");

    read("S.Bits");

    assertThat(
        documents.get(0).metadata(), is(Map.of("many", "00000101", "one", true, "no", false)));
  }

  @Test
  void readsAQueryThatBeginsWithWith() throws Exception {
    assumeTrue(target != iris);
    insert("a", "Gout.");
    insert("b", "Lupus.");

    read("WITH t AS (SELECT doc_id, text_content FROM S.Texts) SELECT * FROM t ORDER BY doc_id");

    assertThat(ids(), containsInAnyOrder("a", "b"));
  }

  @Test
  void boundsWhatTheRowsOfOneIdHoldTogether() throws Exception {
    assumeTrue(target != iris);
    for (int i = 0; i < 5; i++) {
      insert("same", "Text");
    }
    TableRequest request =
        new TableRequest(
            "SELECT doc_id, REPEAT('x', 1000000) AS text_content FROM S.Texts",
            "jdbc:test#texts",
            NAMES,
            null,
            1_000_000);
    TableSource source;
    try (Connection connection = Database.connect(target.settings())) {
      source = new TableDescription(request, target.settings()).describe(connection);
    }

    StoreException e = assertThrows(StoreException.class, () -> read(source, 10, 100));
    assertThat(e.getMessage(), containsString("or 4000000 characters"));

    target.execute("DELETE FROM S.Texts");
    for (int i = 0; i < 4; i++) {
      insert("same", "Text");
    }
    read(source, 10, 100);
    assertThat(documents, hasSize(4));
  }

  private List<String> ids() {
    return documents.stream().map(Document::id).toList();
  }

  @Test
  void readsEachRowOnceWhateverTheNumberOfRanges() throws Exception {
    List<String> ids = IntStream.range(0, 50).mapToObj(i -> "doc-" + i).toList();
    for (String id : ids) {
      insert(id, "Text of " + id);
    }
    TableSource source = source("S.Texts", NAMES, null);

    for (int rows : new int[] {1, 7, 50, 1000}) {
      read(source, rows, 100);
      assertThat(ids(), containsInAnyOrder(ids.toArray()));
    }
    assertThat(read(source, 1, 4), is(lessThanOrEqualTo(5)));
    assertThat(ids(), containsInAnyOrder(ids.toArray()));
  }

  @Test
  void readsATableWithoutRows() throws Exception {
    read("S.Texts");

    assertThat(documents, is(empty()));
    assertThat(unreadable, is(empty()));
  }

  @Test
  void takesTheOtherColumnsForMetadata() throws Exception {
    target.execute(
        "INSERT INTO S.Texts VALUES ('d', 'It hurts.', 'Gout', '{\"lang\": \"en\"}', 7, 12.50,"
            + " TIMESTAMP '2026-01-02 03:04:05', TRUE)");

    read("S.Texts");

    assertThat(documents.get(0).text(), is("Gout\n\nIt hurts."));
    assertThat(
        documents.get(0).metadata(),
        is(
            Map.of(
                "title",
                "Gout",
                "lang",
                "en",
                "n",
                7L,
                "price",
                12.5,
                "seen",
                "2026-01-02T03:04:05Z",
                "good",
                true)));
  }

  @Test
  void readsAQueryUnderOtherNames() throws Exception {
    insert("a", "Gout.");
    insert("b", "Lupus.");
    TableSource source =
        source(
            "SELECT n AS number, doc_id AS name, text_content AS body FROM S.Texts"
                + " WHERE doc_id <> 'a';\n",
            new ColumnNames("NAME", "body", "title", "metadata"),
            null);

    read(source, 3, 100);

    assertThat(documents.get(0).id(), is("b"));
    assertThat(documents.get(0).text(), is("Lupus."));
    assertThat(documents, hasSize(1));
  }

  @Test
  void comparesNumbersAsNumbers() throws Exception {
    for (int i = 0; i < 30; i++) {
      target.execute("INSERT INTO S.Texts (n, text_content) VALUES (%d, 'Text')".formatted(i));
    }
    TableSource source =
        source("S.Texts", new ColumnNames("n", "text_content", "title", "metadata"), null);

    read(source, 4, 100);

    assertThat(
        ids(), containsInAnyOrder(IntStream.range(0, 30).mapToObj(String::valueOf).toArray()));
  }

  @Test
  void namesRowsThatGiveNoDocument() throws Exception {
    insert(null, "No id.");
    insert(null, "No id either.");
    insert("empty", null);
    insert("blank", "  ");
    insert("large", "x".repeat(1001));
    insert("i".repeat(256), "An id that is too long");
    insert("good", "Gout.");

    read("S.Texts");

    assertThat(ids(), contains("good"));
    assertThat(
        unreadable,
        containsInAnyOrder(
            "null BAD_ID",
            "null BAD_ID",
            "null BAD_ID",
            "empty BLANK_TEXT",
            "blank BLANK_TEXT",
            "large TOO_LARGE"));
  }

  @Test
  void namesTheRowThatTheDatabaseCannotGive() throws Exception {
    // H2 computes all columns of a subquery, and so has no way to ask for the ids alone.
    assumeTrue(target == postgres);
    for (int i = 0; i < 10; i++) {
      insert("d" + i, i == 6 ? "not a number" : String.valueOf(i));
    }

    read(
        source(
            "SELECT doc_id, CAST(CAST(text_content AS INTEGER) AS VARCHAR(20)) AS text_content FROM"
                + " S.Texts",
            NAMES,
            null),
        100,
        100);

    assertThat(ids(), hasSize(9));
    assertThat(unreadable, contains("d6 BAD_ROW"));
    assertThat(failures.get(0).message(), startsWith("the row cannot be read: "));
  }

  @Test
  void keepsTheRowsOfOneIdTogether() throws Exception {
    for (int i = 0; i < 9; i++) {
      insert("same", "Text " + i);
    }
    insert("other", "Text");
    TableSource source = source("S.Texts", NAMES, null);

    read(source, 2, 100);
    List<Origin> first =
        documents.stream().filter(d -> d.text().equals("Text 4")).map(Document::origin).toList();
    assertThat(documents, hasSize(10));
    assertThat(documents.stream().map(Document::origin).distinct().toList(), hasSize(10));

    target.execute("DELETE FROM S.Texts WHERE doc_id = 'other'");
    read(source, 100, 100);
    assertThat(
        documents.stream().filter(d -> d.text().equals("Text 4")).map(Document::origin).toList(),
        is(first));
  }

  @Test
  void refusesAColumnThatTellsNothingApart() throws Exception {
    for (int i = 0; i < 130; i++) {
      insert("same", "Text " + i);
    }

    StoreException e = assertThrows(StoreException.class, () -> read("S.Texts"));

    assertThat(e.getMessage(), containsString("jdbcInputIdColumn"));
  }

  @Test
  void namesWhatIsNotInTheTableOfDocuments() throws Exception {
    target.execute(
        "CREATE TABLE S.SourceDocuments (doc_id VARCHAR(255), text_content VARCHAR(99))");
    target.execute("INSERT INTO S.SourceDocuments VALUES ('a', 'Gout.')");
    insert("b", "Lupus.");

    read(
        source(
            "SELECT doc_id, text_content FROM S.SourceDocuments"
                + " UNION ALL SELECT doc_id, text_content FROM S.Texts",
            NAMES,
            "S.SourceDocuments"),
        10,
        10);

    assertThat(ids(), contains("a"));
    assertThat(unreadable, contains("b NO_DOCUMENT_ROW"));
  }

  @Test
  void saysWhichColumnsThereAre() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                source(
                    "S.Texts", new ColumnNames("id", "text_content", "title", "metadata"), null));

    assertThat(
        e.getMessage(),
        is(
            "jdbcInput has no column \"id\"; set jdbcInputIdColumn to one of: doc_id, text_content,"
                + " title, metadata, n, price, seen, good"));
  }

  @Test
  void saysThatATableIsMissing() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> source("S.Absent", NAMES, null));

    assertThat(e.getMessage(), startsWith("jdbcInput cannot be read: "));
  }

  @Test
  void readsOnWhenTheLinkBreaks() throws Exception {
    assumeTrue(target == iris);
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

  @Test
  void holdsNoMoreThanAChunkOfTheRowsOfARange() throws Exception {
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < 2500; i++) {
      values.append(i == 0 ? "" : ", ").append("('d%04d', 'Text')".formatted(i));
    }
    target.execute("INSERT INTO S.Texts (doc_id, text_content) VALUES " + values);
    TableSource source = source("S.Texts", NAMES, null);

    try (Database database = Database.acquire(source.connection());
        Connection connection = Database.connect(source.connection())) {
      RangeQuery.Chunk chunk =
          new RangeQuery(source).rows(connection, KeyRange.above(null, null), Set.of());
      assertThat(chunk.rows().size(), is(1000));
      assertThat(chunk.next(), is("d0999"));
      new RangeReader(source, database, Duration.ZERO)
          .read(KeyRange.above(null, null), sink, () -> false);
    }
    assertThat(ids().stream().distinct().toList(), hasSize(2500));
    assertThat(documents, hasSize(2500));
    assertThat(ids(), hasItem("d2499"));
    assertThat(ids(), everyItem(startsWith("d")));
  }
}
