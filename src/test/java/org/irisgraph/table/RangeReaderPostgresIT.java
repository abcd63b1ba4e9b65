package org.irisgraph.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.StoreException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads rows of PostgreSQL, some of which it cannot compute. */
@Tag("slow")
class RangeReaderPostgresIT extends RangeReaderContract {

  private static TestTarget postgres;

  @BeforeAll
  static void start() throws Exception {
    postgres = TestTarget.postgres();
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @Override
  protected TestTarget target() {
    return postgres;
  }

  /** A query that fails with an unknown error at the rows that S.Broken lists, * for all rows. */
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

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void rejectsRowsOfAnUnknownErrorWhateverTheirRange(int rows) throws Exception {
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
  void rejectsNoRowIfNoneCanBeRead() throws Exception {
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
  void rejectsNoRowBecauseOfAnOutage(boolean isOver) throws Exception {
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
  void readsBitsAsMetadata() throws Exception {
    target.execute(
        "CREATE TABLE S.Bits AS SELECT 'd' AS doc_id, 'Gout.' AS text_content,"
            + " B'00000101' AS many, B'1' AS one, FALSE AS no, CAST(NULL AS BIT(8)) AS none");

    read("S.Bits");

    assertThat(
        documents.get(0).metadata(), is(Map.of("many", "00000101", "one", true, "no", false)));
  }

  @Test
  void rejectsTheRowThatTheDatabaseCannotCompute() throws Exception {
    // H2 computes all columns of a subquery, and so has no way to ask for the ids alone.
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
  void readsListsEarlyTimesAndWhatIsNoNumberAsMetadata() throws Exception {
    target.execute(
        "CREATE TABLE S.Odd AS SELECT 'd' AS doc_id, 'Gout.' AS text_content,"
            + " 'NaN'::numeric AS nan, ARRAY['a', 'b'] AS names, ARRAY[[1], [2]] AS numbers,"
            + " ARRAY[0.5::real] AS embedding, TIMESTAMP '1500-02-28 10:00:00' AS early,"
            + " DATE '1500-02-28' AS day, 'infinity'::timestamp AS never");

    read("S.Odd");

    assertThat(
        documents.get(0).metadata(),
        is(
            Map.of(
                "nan",
                "NaN",
                "names",
                List.of("a", "b"),
                "numbers",
                List.of(List.of(1L), List.of(2L)),
                "early",
                "1500-02-28T10:00:00Z",
                "day",
                "1500-02-28",
                "never",
                "infinity")));
  }
}
