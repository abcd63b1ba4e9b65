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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Origin;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the same documents from every database. */
@Timeout(300)
public abstract class RangeReaderContract extends TableFixture {

  /** Whether the database takes any query; the stand-in for IRIS translates a part of SQL only. */
  protected boolean supportsAllQueries() {
    return true;
  }

  @Test
  void readsAQueryThatBeginsWithWith() throws Exception {
    assumeTrue(supportsAllQueries());
    insert("a", "Gout.");
    insert("b", "Lupus.");

    read("WITH t AS (SELECT doc_id, text_content FROM S.Texts) SELECT * FROM t ORDER BY doc_id");

    assertThat(ids(), containsInAnyOrder("a", "b"));
  }

  @Test
  void limitsTheSizeOfTheRowsOfOneId() throws Exception {
    assumeTrue(supportsAllQueries());
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
  void readsTheOtherColumnsAsMetadata() throws Exception {
    target.execute(
        "INSERT INTO S.Texts VALUES ('d', 'It hurts.', 'Gout', '{\"lang\": \"en\"}', 7, 12.50,"
            + " '2026-01-02 03:04:05', '1')");

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

  /** Ids that are texts and numbers, of a table and of a query. */
  @ParameterizedTest
  @CsvSource({
    "doc_id, S.Texts",
    "n, S.Texts",
    "doc_id, SELECT doc_id AS doc_id FROM S.Texts",
    "n, SELECT n AS n FROM S.Texts"
  })
  void readsARangeUpToItsEnds(String idColumn, String from) throws Exception {
    for (int i = 1; i <= 4; i++) {
      target.execute("INSERT INTO S.Texts (doc_id, n) VALUES ('%1$d', %1$d)".formatted(i));
    }
    RangeQuery query =
        new RangeQuery(
            source(
                from.replace(" FROM", ", text_content FROM"),
                new ColumnNames(idColumn, "text_content", "title", "metadata"),
                null));
    Map<KeyRange, Set<String>> ranges =
        Map.of(
            KeyRange.above(null, null), Set.of("1", "2", "3", "4"),
            KeyRange.above(null, "2"), Set.of("1", "2"),
            KeyRange.above("2", null), Set.of("3", "4"),
            KeyRange.above("1", "3"), Set.of("2", "3"),
            KeyRange.between("2", null), Set.of("2", "3", "4"),
            KeyRange.between("2", "3"), Set.of("2", "3"));
    try (Connection connection = Database.connect(target.settings())) {
      connection.setAutoCommit(false);
      for (Map.Entry<KeyRange, Set<String>> range : ranges.entrySet()) {
        assertThat(query.keys(connection, range.getKey()), is(range.getValue()));
        assertThat(
            query.rows(connection, range.getKey(), Set.of()).rows().keySet(), is(range.getValue()));
      }
    }
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
  void rejectsRowsThatGiveNoDocument() throws Exception {
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
  void refusesAnIdThatTooManyRowsShare() throws Exception {
    for (int i = 0; i < 130; i++) {
      insert("same", "Text " + i);
    }

    StoreException e = assertThrows(StoreException.class, () -> read("S.Texts"));

    assertThat(e.getMessage(), containsString("jdbcInputIdColumn"));
  }

  @Test
  void rejectsIdsThatTheTableOfDocumentsLacks() throws Exception {
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
  void listsTheColumnsIfOneIsMissing() {
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
  void reportsAMissingTable() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> source("S.Absent", NAMES, null));

    assertThat(e.getMessage(), startsWith("jdbcInput cannot be read: "));
  }

  @Test
  void holdsAtMostOneChunkOfARange() throws Exception {
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
