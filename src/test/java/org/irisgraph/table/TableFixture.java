package org.irisgraph.table;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.joda.time.Duration;
import org.junit.jupiter.api.BeforeEach;

/** A table in a database and what a reader makes of its rows. */
abstract class TableFixture {

  static final ColumnNames NAMES = new ColumnNames("doc_id", "text_content", "title", "metadata");

  TestTarget target;

  final List<Document> documents = new ArrayList<>();
  final List<String> unreadable = new ArrayList<>();
  final List<Failure> failures = new ArrayList<>();
  final DocumentSink sink =
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

  /** The database that the tests of a class share. */
  protected abstract TestTarget target() throws Exception;

  @BeforeEach
  void createTable() throws Exception {
    target = target();
    target.clearSchema("S");
    target.execute(
        "CREATE TABLE S.Texts (doc_id VARCHAR(300), text_content VARCHAR(10000),"
            + " title VARCHAR(100), metadata VARCHAR(1000), n INTEGER, price NUMERIC(10,2),"
            + " seen TIMESTAMP, good BOOLEAN)");
  }

  void insert(String id, String text) throws Exception {
    target.execute(
        "INSERT INTO S.Texts (doc_id, text_content) VALUES (%s, %s)"
            .formatted(literal(id), literal(text)));
  }

  private static String literal(String text) {
    return text == null ? "NULL" : "'" + text + "'";
  }

  TableSource source(String input, ColumnNames names, String documentTable) throws Exception {
    TableRequest request =
        new TableRequest(
            target.in(input),
            "jdbc:test#texts",
            names,
            documentTable == null ? null : target.in(documentTable),
            1000);
    try (Connection connection = Database.connect(target.settings())) {
      return new TableDescription(request, target.settings()).describe(connection);
    }
  }

  /** Reads all ranges of so many rows, the last first. */
  int read(TableSource source, int rows, int most) throws Exception {
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

  int read(String input) throws Exception {
    return read(source(input, NAMES, null), 3, 100);
  }

  void read(TableSource source, KeyRange range, DocumentSink sink) throws Exception {
    try (Database database = Database.acquire(source.connection())) {
      new RangeReader(source, database, Duration.ZERO).read(range, sink, () -> false);
    }
  }

  List<String> ids() {
    return documents.stream().map(Document::id).toList();
  }
}
