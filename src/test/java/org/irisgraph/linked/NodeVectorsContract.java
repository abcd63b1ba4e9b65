package org.irisgraph.linked;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Embedding;
import org.irisgraph.graphrag.GraphSchemaTables;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.graphrag.TargetTables;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.Dialect.ColumnType;
import org.irisgraph.jdbc.RequiredTables;
import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.jdbc.TableDefinition.Column;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each published node has the vector of its name, and others keep theirs. */
public abstract class NodeVectorsContract {

  /** The tables of vectors of two versions of iris-vector-graph, and the one that a run creates. */
  enum Layout {
    TWO_TABLES,
    NUMBERED_ROWS,
    CREATED_HERE
  }

  private static final int DIMENSION = 3;
  private static final String FIRST = "Graph_KG.kg_NodeEmbeddings";
  private static final String SECOND = FIRST + "_optimized";

  private TestTarget target;
  private LinkedTables linked;
  private GraphTables tables;
  private GraphSchemaTables published;
  private String key;
  private DocumentRuns runs;

  /** A database, which the test closes; it may lose what is in its schemas RAG and Graph_KG. */
  protected abstract TestTarget open() throws Exception;

  @BeforeEach
  void createTables() throws Exception {
    target = open();
    linked = new LinkedTables(target.schema("RAG"));
    runs = new DocumentRuns(target, linked);
    tables = GraphTables.of(target.schema("RAG")).linkedBy(linked);
    published = new GraphSchemaTables(target.schema("Graph_KG"));
    create(Layout.TWO_TABLES);
  }

  @AfterEach
  void closeTarget() throws Exception {
    target.close();
  }

  private void create(Layout layout) throws Exception {
    target.clearSchema("Graph_KG");
    target.clearSchema("RAG");
    key = layout == Layout.NUMBERED_ROWS ? "node_id" : "id";
    try (Connection connection = Database.connect(target.settings())) {
      new TargetTables(target.settings().dialect(), tables, target.in("RAG.DocumentLedger"))
          .create(connection);
      List<TableDefinition> needed = new ArrayList<>(published.required());
      needed.add(linked.publishedDefinition());
      needed.add(linked.publishedVectorDefinition());
      if (layout != Layout.NUMBERED_ROWS) {
        needed.add(published.vectorDefinition(DIMENSION));
      }
      if (layout == Layout.TWO_TABLES) {
        needed.add(second());
      }
      new RequiredTables(target.settings().dialect(), needed).create(connection);
    }
    if (layout == Layout.NUMBERED_ROWS) {
      String text = target.isRealIris() ? "VARCHAR(256) %EXACT" : "VARCHAR(256)";
      target.execute(
          "CREATE TABLE %s (emb_rowid %s, graph_id %s DEFAULT '' NOT NULL, node_id %s NOT NULL, emb %s)"
              .formatted(
                  FIRST, type(ColumnType.IDENTITY), text, text, type(ColumnType.DOUBLE_VECTOR)));
    }
  }

  private String type(ColumnType type) {
    return target.settings().dialect().columnType(type, DIMENSION);
  }

  private TableDefinition second() {
    return TableDefinition.of(
        target.in(SECOND),
        "id",
        new Column("id", ColumnType.EXACT_VARCHAR, 256, " NOT NULL"),
        new Column("emb", ColumnType.DOUBLE_VECTOR, DIMENSION, ""));
  }

  private void write(DocumentGraph graph) throws Exception {
    runs.write(tables, 1000, graph);
  }

  private void remove(String id) throws Exception {
    runs.remove(tables, 1000, id);
  }

  /** What is done with the linked graph on a connection. */
  @FunctionalInterface
  private interface Work<R> {
    R run(LinkedGraph graph, Connection connection) throws SQLException;
  }

  private <R> R with(int batchRows, Work<R> work) throws SQLException {
    try (Connection connection = Database.connect(target.settings())) {
      return work.run(
          new LinkedGraph(tables, linked, target.settings().dialect(), batchRows)
              .publishedTo(published),
          connection);
    }
  }

  private void update() throws SQLException {
    with(1000, LinkedGraph::update);
  }

  /** Computes what is missing; returns the names that a model was given. */
  private List<String> embed(String model, int batchRows) throws SQLException {
    List<String> asked = new ArrayList<>();
    String after = NodeVectors.START;
    while (!after.isEmpty()) {
      String from = after;
      after =
          with(
              batchRows,
              (graph, connection) -> {
                NodeVectors vectors = graph.vectors(connection, model);
                NodeVectors.Portion portion = vectors.next(connection, from);
                asked.addAll(portion.names().values());
                vectors.store(connection, portion, computed(model, portion.names().values()));
                return portion.last();
              });
    }
    return asked.stream().sorted().toList();
  }

  private List<String> embed(String model) throws SQLException {
    return embed(model, 1000);
  }

  private static Map<String, Embedding> computed(String model, Iterable<String> names) {
    Map<String, Embedding> vectors = new HashMap<>();
    names.forEach(name -> vectors.put(name, vector(model, name)));
    return vectors;
  }

  private static Embedding vector(String model, String name) {
    return new Embedding(new float[] {name.length(), name.charAt(0), model.length()});
  }

  /** The rows of a table as {@code id=numbers}. */
  private List<String> stored(String table) throws SQLException {
    return target.rows("SELECT %s, emb FROM %s".formatted(key, table)).stream()
        .map(row -> row.split("\\|", 2))
        .map(
            row ->
                row[0]
                    + "="
                    + (row[1].equals("null")
                        ? "null"
                        : Arrays.stream(row[1].replaceAll("[\\[\\]{} ]", "").split(","))
                            .map(Float::valueOf)
                            .toList()))
        .sorted()
        .toList();
  }

  /** The rows that nodes with these names have. */
  private static List<String> expected(String model, String... nodes) {
    Map<String, String> rows = new TreeMap<>();
    for (String node : nodes) {
      String[] parts = node.split("=", -1);
      Embedding vector = vector(model, parts[parts.length - 1]);
      rows.put(
          parts.length == 2 ? parts[0] : "DISEASE:" + node,
          Stream.of(vector.boxed()).toList().toString());
    }
    return rows.entrySet().stream().map(row -> row.getKey() + "=" + row.getValue()).toList();
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void aVectorFollowsTheNameOfItsNode(Layout layout) throws Exception {
    create(layout);
    write(PublishedGraphContract.document("a1", "flu=C1", "gout"));
    update();
    assertThat(embed("m"), contains("flu", "gout"));
    assertThat(stored(FIRST), is(expected("m", "C1=flu", "gout")));

    assertThat("nothing has changed", embed("m"), is(empty()));

    write(PublishedGraphContract.document("b1", "lupus", "influenza=C1"));
    update();
    assertThat("no vector stays beside another name", stored(FIRST), is(expected("m", "gout")));
    assertThat(embed("m"), contains("influenza", "lupus"));
    assertThat(stored(FIRST), is(expected("m", "C1=influenza", "gout", "lupus")));

    assertThat(embed("other"), contains("gout", "influenza", "lupus"));
    assertThat(stored(FIRST), is(expected("other", "C1=influenza", "gout", "lupus")));

    remove("a1");
    update();
    assertThat(stored(FIRST), is(expected("other", "C1=influenza", "lupus")));
    if (layout == Layout.TWO_TABLES) {
      assertThat(stored(SECOND), is(stored(FIRST)));
    }
    assertThat(embed("other"), is(empty()));

    with(1000, LinkedGraph::unpublish);
    assertThat(stored(FIRST), is(empty()));
    assertThat(target.rows("SELECT node_id FROM Graph_KG.nodes"), is(empty()));
    assertThat(target.rows("SELECT node_id FROM RAG.PublishedVectors"), is(empty()));
  }

  @ParameterizedTest
  @EnumSource(names = {"TWO_TABLES", "NUMBERED_ROWS"})
  void theVectorsOfOthersStay(Layout layout) throws Exception {
    create(layout);
    write(PublishedGraphContract.document("a1", "gout", "lupus"));
    update();
    target.execute("INSERT INTO %s (%s) VALUES ('DISEASE:gout')".formatted(FIRST, key));
    List<String> theirs = List.of("DISEASE:gout=null");

    boolean second = layout == Layout.TWO_TABLES;
    assertThat(embed("m"), is(second ? List.of("gout", "lupus") : List.of("lupus")));
    assertThat(stored(FIRST), hasItem(theirs.get(0)));
    if (second) {
      assertThat(stored(SECOND), is(expected("m", "gout", "lupus")));
    }
    assertThat(embed("m"), is(empty()));
    assertThat(embed("other").size(), is(second ? 2 : 1));
    assertThat(stored(FIRST), hasItem(theirs.get(0)));

    remove("a1");
    update();
    assertThat(stored(FIRST), is(theirs));
    assertThat(
        "to which it refers",
        target.rows("SELECT node_id FROM Graph_KG.nodes"),
        hasItem("DISEASE:gout"));
    with(1000, LinkedGraph::unpublish);
    assertThat(stored(FIRST), is(theirs));
    if (second) {
      assertThat(stored(SECOND), is(empty()));
    }
  }

  @Test
  void aNameThatChangesMeanwhileGetsNoVectorOfTheFormerOne() throws Exception {
    write(PublishedGraphContract.document("a1", "flu=C1"));
    update();
    NodeVectors.Portion read =
        with(1000, (graph, open) -> graph.vectors(open, "m").next(open, NodeVectors.START));
    write(PublishedGraphContract.document("a1", "influenza=C1"));
    update();

    long rows =
        with(
            1000,
            (graph, open) ->
                graph
                    .vectors(open, "m")
                    .store(open, read, computed("m", List.of("flu", "influenza"))));

    assertThat(rows, is(0L));
    assertThat(embed("m"), contains("influenza"));
  }

  @Test
  void aNodeThatIsGoneMeanwhileGetsNone() throws Exception {
    write(PublishedGraphContract.document("a1", "flu=C1"));
    update();
    NodeVectors.Portion read =
        with(1000, (graph, open) -> graph.vectors(open, "m").next(open, NodeVectors.START));
    remove("a1");
    update();

    with(
        1000,
        (graph, open) -> graph.vectors(open, "m").store(open, read, computed("m", List.of("flu"))));

    assertThat(stored(FIRST), is(empty()));
  }

  @Test
  void aRunThatPublishesNoVectorsLeavesNoneBesideAnotherName() throws Exception {
    write(PublishedGraphContract.document("a1", "flu=C1"));
    update();
    embed("m");
    write(PublishedGraphContract.document("a1", "influenza=C1"));
    try (Connection connection = Database.connect(target.settings())) {
      new LinkedGraph(tables, linked, target.settings().dialect(), 1000).update(connection);
    }

    update();

    assertThat(stored(FIRST), is(empty()));
  }

  @Test
  void smallBatchesAndInterruptionsMakeNoDifference() throws Exception {
    write(PublishedGraphContract.document("a1", "gout", "lupus", "rash", "flu=C1"));
    update();
    NodeVectors.Portion first =
        with(1, (graph, open) -> graph.vectors(open, "m").next(open, NodeVectors.START));
    assertThat(first.names().size(), is(1));
    with(
        1,
        (graph, open) ->
            graph.vectors(open, "m").store(open, first, computed("m", first.names().values())));

    assertThat("what is committed is not computed again", embed("m", 1).size(), is(3));
    assertThat(stored(FIRST), is(expected("m", "gout", "lupus", "rash", "C1=flu")));
  }

  @Test
  void aRebuildFindsTheVectorsThatOthersHaveDeleted() throws Exception {
    write(PublishedGraphContract.document("a1", "gout", "lupus"));
    update();
    embed("m");
    target.execute("DELETE FROM %s WHERE id = 'DISEASE:gout'".formatted(FIRST));
    assertThat(embed("m"), is(empty()));

    with(1000, LinkedGraph::rebuild);

    assertThat(embed("m"), contains("gout"));
    assertThat(stored(FIRST), is(expected("m", "gout", "lupus")));
  }

  @Test
  void aTableThatComesLaterIsFilled() throws Exception {
    target.execute("DROP TABLE " + SECOND);
    write(PublishedGraphContract.document("a1", "gout"));
    update();
    embed("m");
    try (Connection connection = Database.connect(target.settings())) {
      new RequiredTables(target.settings().dialect(), List.of(second())).create(connection);
    }

    embed("m");

    assertThat(stored(SECOND), is(expected("m", "gout")));
  }
}
