package org.irisgraph.graphrag;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.irisgraph.graphrag.PassagesContract.divided;
import static org.irisgraph.graphrag.TestGraphs.document;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.irisgraph.ask.NearestTexts;
import org.irisgraph.embed.MiniLm;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Embedding;
import org.irisgraph.graph.Failure;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.TestWriter;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.RequiredTables;
import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.jdbc.VectorColumn;
import org.irisgraph.ledger.Fingerprint;
import org.irisgraph.ledger.Ledger;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.ledger.RenewalLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The vectors of texts in the tables that a run creates. */
public abstract class WrittenVectorsContract {

  private TestTarget target;
  private GraphTables tables;
  private VectorColumn column;

  protected abstract TestTarget open() throws Exception;

  /** Changes the tables that were created. */
  protected void prepare(TestTarget created) throws Exception {}

  @BeforeEach
  void createTables() throws Exception {
    target = open();
    target.clearSchema("RAG");
    TestGraphs.createTables(target);
    prepare(target);
    GraphTables plain = TestGraphs.tables(target);
    try (Connection connection = Database.connect(target.settings())) {
      column =
          new TargetTables(target.settings().dialect(), plain, target.in("RAG.DocumentLedger"))
              .vectors(connection);
      tables = plain.withVectors(column);
    }
  }

  @AfterEach
  void close() throws Exception {
    target.close();
  }

  private void write(GraphTables into, String runId, DocumentGraph... graphs) throws Exception {
    LedgerSettings run =
        new LedgerSettings(target.in("RAG.DocumentLedger"), "pipeline", runId, runId);
    try (TestWriter<DocumentGraph> writer =
        new TestWriter<>(
            target.settings(), into.writes(), new Ledger(run, into), GraphTables::owner)) {
      writer.write(List.of(graphs));
    }
  }

  private static DocumentGraph embedded(String id, String name, float first) {
    return document(id, "/" + id, name).toBuilder().setEmbedding(vector(first)).build();
  }

  private static Embedding vector(float first) {
    float[] vector = new float[MiniLm.DIMENSION];
    vector[0] = first;
    vector[1] = 1e-9f;
    vector[vector.length - 1] = -first;
    return new Embedding(vector);
  }

  /** The documents with the first two and the last number of their vectors. */
  private List<String> stored() throws Exception {
    return target.rows("SELECT doc_id, embedding FROM RAG.SourceDocuments ORDER BY doc_id").stream()
        .map(row -> row.split("\\|", 2))
        .map(row -> row[0] + ": " + ends(row[1]))
        .toList();
  }

  /** Each database gives a vector's text with other brackets. */
  private static String ends(String vector) {
    List<Float> numbers =
        Arrays.stream(vector.replaceAll("[\\[\\]{} ]", "").split(",")).map(Float::valueOf).toList();
    assertThat(numbers.size(), is(MiniLm.DIMENSION));
    return Stream.of(numbers.get(0), numbers.get(1), numbers.get(numbers.size() - 1))
        .map(String::valueOf)
        .collect(joining(" "));
  }

  @Test
  void aVectorIsStoredWithItsText() throws Exception {
    write(tables, "r1", embedded("a", "gout", 0.25f), embedded("b", "lupus", 0.1234567f));

    assertThat(stored(), contains("a: 0.25 1.0E-9 -0.25", "b: 0.1234567 1.0E-9 -0.1234567"));
  }

  @Test
  void aPlainInsertStoresItToo() throws Exception {
    LedgerSettings run = new LedgerSettings(target.in("RAG.DocumentLedger"), "pipeline", "r1", "f");
    try (TestWriter<DocumentGraph> writer =
        new TestWriter<>(
                target.settings(), tables.writes(), new Ledger(run, tables), GraphTables::owner)
            .withWriteMode(WriteMode.INSERT)) {
      writer.write(List.of(embedded("a", "gout", 0.25f)));
    }

    assertThat(stored(), contains("a: 0.25 1.0E-9 -0.25"));
  }

  /** Columns of older versions of iris-vector-rag. */
  @Test
  void thoseOfEntitiesAndRelationshipsAreStoredWithThem() throws Exception {
    target.clearSchema("RAG");
    GraphTables plain = TestGraphs.tables(target);
    GraphVectors columns;
    try (Connection connection = Database.connect(target.settings())) {
      new RequiredTables(
              target.settings().dialect(),
              List.of(
                  withColumn(TableDefinitions.entities(plain.entities()), "embedding"),
                  withColumn(
                      TableDefinitions.relationships(plain.relationships()), "relation_embedding")))
          .create(connection);
      TestGraphs.createTables(target);
      columns =
          new TargetTables(target.settings().dialect(), plain, target.in("RAG.DocumentLedger"))
              .graphVectors(connection);
    }
    GraphTables withAll = plain.withVectors(columns);

    write(withAll, "r1", ofGraph(0.25f), document("b", "/b", "rash"));
    assertThat(
        storedOfGraph(),
        contains(
            "gout: 0.25 1.0E-9 -0.25",
            "lupus: 0.5 1.0E-9 -0.5",
            "rash: none",
            "co_occurs_with: 0.75 1.0E-9 -0.75"));

    write(withAll, "r2", ofGraph(0.125f));
    assertThat(storedOfGraph(), hasItem("gout: 0.125 1.0E-9 -0.125"));

    renew(
        withAll,
        new Fingerprint("r2", "other model", Map.of()),
        stored(withAll, document("a", "/a", "gout", "lupus")));
    assertThat(
        "with another model",
        storedOfGraph(),
        contains(
            "gout: 0.125 1.0E-9 -0.125",
            "lupus: 0.25 1.0E-9 -0.25",
            "rash: none",
            "co_occurs_with: 0.5 1.0E-9 -0.5"));

    write(plain, "r3", document("a", "/a", "gout", "lupus"));
    assertThat(
        "without a model",
        storedOfGraph(),
        contains("gout: none", "lupus: none", "rash: none", "co_occurs_with: none"));

    for (EmbeddedRows rows : EmbeddedRows.of(plain, columns)) {
      computeMissing(rows, false, text -> vector(text.length()));
    }
    assertThat(
        "computed later",
        storedOfGraph(),
        contains(
            "gout: 4.0 1.0E-9 -4.0",
            "lupus: 5.0 1.0E-9 -5.0",
            "rash: 4.0 1.0E-9 -4.0",
            "co_occurs_with: %1$d.0 1.0E-9 -%1$d.0"
                .formatted("co_occurs_with: gout → lupus".length())));
  }

  /** A document with vectors of what is stored of its graph. */
  private DocumentGraph stored(GraphTables from, DocumentGraph graph) throws Exception {
    try (Connection connection = Database.connect(target.settings())) {
      DocumentGraph stored =
          new StoredGraphs(from)
              .withStored(
                  connection,
                  graph.toBuilder().setEntities(List.of()).setRelationships(List.of()).build());
      return stored.toBuilder()
          .setEntityEmbeddings(
              stored.entities().stream()
                  .map(entity -> vector(entity.name().equals("gout") ? 0.125f : 0.25f))
                  .toList())
          .setRelationshipEmbeddings(
              stored.statements().stream()
                  .map(said -> vector(said.equals("co_occurs_with: gout → lupus") ? 0.5f : 0.0625f))
                  .toList())
          .build();
    }
  }

  private void renew(GraphTables into, Fingerprint fingerprint, DocumentGraph... graphs)
      throws Exception {
    // A run marks unchanged documents as seen before it computes their vectors.
    target.execute("UPDATE RAG.DocumentLedger SET seen_run_id = 'renewal'");
    LedgerSettings run =
        new LedgerSettings(target.in("RAG.DocumentLedger"), "pipeline", "renewal", fingerprint);
    try (TestWriter<DocumentGraph> writer =
        new TestWriter<>(
            target.settings(),
            into.vectorWrites(),
            new RenewalLedger(run, into),
            GraphTables::owner)) {
      writer.write(List.of(graphs));
    }
  }

  private static TableDefinition withColumn(TableDefinition table, String name) {
    List<TableDefinition.Column> columns = new ArrayList<>(table.columns());
    columns.add(new TableDefinition.Column(name, Dialect.ColumnType.VECTOR, MiniLm.DIMENSION, ""));
    return TableDefinition.of(
        table.table(), table.key(), columns.toArray(TableDefinition.Column[]::new));
  }

  private static DocumentGraph ofGraph(float first) {
    return document("a", "/a", "gout", "lupus").toBuilder()
        .setEntityEmbeddings(List.of(vector(first), vector(0.5f)))
        .setRelationshipEmbeddings(List.of(vector(0.75f)))
        .build();
  }

  private List<String> storedOfGraph() throws Exception {
    return Stream.of(
            "SELECT entity_name, embedding FROM RAG.Entities ORDER BY entity_name",
            "SELECT relationship_type, relation_embedding FROM RAG.EntityRelationships")
        .flatMap(query -> rows(query).stream())
        .map(row -> row.split("\\|", 2))
        .map(row -> row[0] + ": " + (row[1].equals("null") ? "none" : ends(row[1])))
        .toList();
  }

  private List<String> rows(String query) {
    try {
      return target.rows(query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aChangedTextRenewsItsVector() throws Exception {
    write(tables, "r1", embedded("a", "gout", 0.25f), embedded("b", "gout", 0.5f));
    write(tables, "r2", embedded("a", "lupus", 0.75f));

    assertThat(stored(), contains("a: 0.75 1.0E-9 -0.75", "b: 0.5 1.0E-9 -0.5"));
  }

  @Test
  void anotherModelRenewsVectorsAlone() throws Exception {
    write(tables, "r1", divided("a", "gout", "lupus"), embedded("b", "rash", 0.5f));
    target.execute("UPDATE RAG.SourceDocuments SET metadata = '{}'");
    Fingerprint otherModel = new Fingerprint("r1", "other model", Map.of());
    DocumentGraph passages =
        divided("a", "gout", "lupus").withEmbeddings(List.of(vector(0.25f), vector(0.75f)));

    renew(
        tables,
        otherModel,
        passages,
        embedded("b", "rash", 0.125f),
        embedded("b2", "rash", 0.125f));
    // Its text is no longer what the vector was computed from.
    renew(tables, otherModel, embedded("b", "mumps", 1));

    assertThat(
        target.rows("SELECT doc_id FROM RAG.SourceDocuments WHERE embedding IS NULL"),
        contains("a"));
    target.execute("DELETE FROM RAG.SourceDocuments WHERE doc_id = 'a'");
    assertThat(
        stored(),
        contains(
            "a_chunk_sentences_0: 0.25 1.0E-9 -0.25",
            "a_chunk_sentences_1: 0.75 1.0E-9 -0.75",
            "b: 0.125 1.0E-9 -0.125"));
    assertThat(target.rows("SELECT DISTINCT metadata FROM RAG.SourceDocuments"), contains("{}"));
    assertThat(
        target.rows(
            "SELECT document_id, run_id, CASE WHEN fingerprint = 'r1' THEN 'old' ELSE 'new' END"
                + " FROM RAG.DocumentLedger ORDER BY document_id"),
        contains("a|r1|new", "b|r1|new"));
  }

  @Test
  void theVectorsOfStoredTextsAreComputedUntilNoneIsMissing() throws Exception {
    GraphTables plain = TestGraphs.tables(target);
    write(plain, "r1", document("a", "/a", "gout"), document("b", "/b", "lupus"));
    write(tables, "r2", embedded("c", "gout", 0.5f));

    computeMissing(false, text -> vector(text.length()));
    assertThat(
        stored(), contains("a: 4.0 1.0E-9 -4.0", "b: 5.0 1.0E-9 -5.0", "c: 0.5 1.0E-9 -0.5"));

    computeMissing(true, text -> vector(2 * text.length()));
    assertThat(
        stored(), contains("a: 8.0 1.0E-9 -8.0", "b: 10.0 1.0E-9 -10.0", "c: 8.0 1.0E-9 -8.0"));
  }

  @Test
  void aTextWithPassagesGetsNoVectorAndItsPassagesDo() throws Exception {
    write(
        TestGraphs.tables(target),
        "r1",
        divided("a", "gout", "lupus"),
        document("b", "/b", "rash"));

    computeMissing(false, text -> vector(text.length()));

    assertThat(
        target.rows(
            "SELECT doc_id FROM RAG.SourceDocuments WHERE embedding IS NOT NULL ORDER BY doc_id"),
        contains("a_chunk_sentences_0", "a_chunk_sentences_1", "b"));
  }

  @Test
  void aTextThatChangesWhileItsVectorIsComputedGetsThatOfTheNewText() throws Exception {
    write(TestGraphs.tables(target), "r1", document("a", "/a", "gout"));
    List<String> embedded = new ArrayList<>();

    computeMissing(
        false,
        text -> {
          embedded.add(text);
          if (embedded.size() == 1) {
            changeText("measles");
          }
          return vector(text.length());
        });

    assertThat(embedded, contains("gout", "measles"));
    assertThat(stored(), contains("a: 7.0 1.0E-9 -7.0"));
  }

  /** Creates the index of the vectors unless there is one. */
  protected boolean createIndex() throws Exception {
    try (Connection connection = Database.connect(target.settings())) {
      return new VectorIndex(target.settings().dialect(), tables.documents(), column)
          .create(connection);
    }
  }

  @Test
  void theNearestTextsComeFirst() throws Exception {
    theNearestTextsComeFirst(column);
  }

  protected void theNearestTextsComeFirst(VectorColumn column) throws Exception {
    write(
        tables.withVectors(column),
        "r1",
        embedded("a", "gout", 0.25f),
        embedded("b", "lupus", 0.75f),
        embedded("c", "rash", 0.5f),
        document("d", "/d", "without a vector"));

    try (Connection connection = Database.connect(target.settings())) {
      assertThat(
          new NearestTexts(connection, target.settings().dialect(), tables.documents(), column)
              .to(vector(1)).stream()
                  .map(near -> "%s %.2f".formatted(near.document(), near.product()))
                  .toList(),
          contains("b 1.50", "c 1.00", "a 0.50"));
    }
  }

  private void changeText(String text) {
    try {
      target.execute("UPDATE RAG.SourceDocuments SET text_content = '%s'".formatted(text));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void computeMissing(boolean all, Function<String, Embedding> model) throws Exception {
    computeMissing(EmbeddedRows.documents(tables, column), all, model);
  }

  private void computeMissing(EmbeddedRows rows, boolean all, Function<String, Embedding> model)
      throws Exception {
    try (Connection connection = Database.connect(target.settings())) {
      MissingVectors missing = new MissingVectors(rows, target.settings().dialect(), 2, all);
      String after = " ";
      while (!after.isEmpty()) {
        MissingVectors.Portion portion = missing.next(connection, after);
        Map<String, Embedding> vectors = new HashMap<>();
        portion.texts().forEach((id, text) -> vectors.put(id, model.apply(text)));
        if (missing.store(connection, portion, vectors)) {
          after = portion.last();
        }
      }
    }
  }

  @Test
  void inPlaceOnlyTheVectorOfARowIsWritten() throws Exception {
    write(tables, "r1", embedded("a", "gout", 0.25f));
    target.execute("UPDATE RAG.SourceDocuments SET metadata = '{}'");
    target.execute("DELETE FROM RAG.DocumentLedger WHERE pipeline = 'pipeline'");

    DocumentGraph again = embedded("a", "lupus", 0.5f).toBuilder().setText("").build();
    write(tables.inPlace(), "r2", again, embedded("gone", "lupus", 0.5f));

    assertThat(stored(), contains("a: 0.5 1.0E-9 -0.5"));
    assertThat(
        target.rows("SELECT text_content, metadata FROM RAG.SourceDocuments"), contains("gout|{}"));

    DocumentGraph failed =
        DocumentGraph.failed("a", again.origin(), new Failure(Failure.Stage.EXTRACT, "C", "why"));
    write(tables.inPlace(), "r3", failed.toBuilder().setContentHash(again.contentHash()).build());
    assertThat("the text is the same", stored(), contains("a: 0.5 1.0E-9 -0.5"));
    write(tables.inPlace(), "r4", again);
    write(tables.inPlace(), "r5", failed);
    assertThat(target.rows("SELECT embedding FROM RAG.SourceDocuments"), contains("null"));
  }
}
