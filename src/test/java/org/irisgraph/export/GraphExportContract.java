package org.irisgraph.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.RequiredTables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the tables is in the files, on any database. */
public abstract class GraphExportContract {

  /** A name with all that the formats use for themselves. */
  static final String HOSTILE =
      "=a \"quoted\", <b> & 'c'; \\d\n line two\r\nline three\rend ]]> \uD83D\uDE00 \u2028 \u0001";

  @TempDir private Path parent;
  private Path directory;
  private TestTarget target;

  /** A database, which the test closes; it may lose what is in its schema RAG. */
  protected abstract TestTarget open() throws Exception;

  @BeforeEach
  void createTables() throws Exception {
    target = open();
    target.clearSchema("RAG");
    directory = parent.resolve("new/graph");
    try (Connection connection = Database.connect(target.settings())) {
      new RequiredTables(
              target.settings().dialect(), new LinkedTables(target.schema("RAG")).definitions())
          .create(connection);
    }
  }

  @AfterEach
  void releaseTarget() throws Exception {
    target.close();
  }

  final TestTarget target() {
    return target;
  }

  final Path directory() {
    return directory;
  }

  final void insert(String sql, Object... values) throws SQLException {
    try (Connection connection = Database.connect(target.settings());
        PreparedStatement statement = connection.prepareStatement(target.in(sql))) {
      KeyedRows.bind(statement, values);
      statement.execute();
    }
  }

  final void node(String key, String name, String type, String concept) throws SQLException {
    insert(
        "INSERT INTO RAG.GraphNodes (node_key, node_name, node_type, concept, documents, mentions)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        key,
        name,
        type,
        concept,
        2L,
        3L);
  }

  final void edge(String source, String target, String type) throws SQLException {
    insert(
        "INSERT INTO RAG.GraphEdges (edge_key, source_node, target_node, edge_type, documents,"
            + " statements, confidence) VALUES (?, ?, ?, ?, ?, ?, ?)",
        Integer.toHexString((source + target + type).hashCode()),
        source,
        target,
        type,
        1L,
        2L,
        0.5);
  }

  final void entity(String id, String document, String node, int mentions) throws SQLException {
    insert(
        "INSERT INTO RAG.EntityNodes (entity_id, document_id, node_key, mentions)"
            + " VALUES (?, ?, ?, ?)",
        id,
        document,
        node,
        mentions);
  }

  final ExportSummary export(ExportFormat format, boolean documents) throws SQLException {
    return export(format, documents, target.settings());
  }

  final ExportSummary export(ExportFormat format, boolean documents, ConnectionSettings settings)
      throws SQLException {
    try (Connection connection = Database.connect(settings)) {
      return new GraphExport(
              format,
              directory,
              documents,
              new LinkedTables(target.schema("RAG")),
              settings.dialect())
          .run(connection);
    }
  }

  private void hostileGraph() throws SQLException {
    node("t:b", HOSTILE, "1 odd;type", null);
    node("mesh:d1", "plain", "DISEASE", "mesh:d1");
    node("document:d", "a form", "document", null);
    edge("mesh:d1", "t:b", "co_occurs_with");
    edge("t:b", "mesh:d1", "leads to");
    entity("e1", "d", "t:b", 2);
    entity("e2", "d", "t:b", 3);
    entity("e3", "d", "document:d", 1);
  }

  @Test
  void aLargeGraphIsReadInPortions() throws Exception {
    hostileGraph();

    List<String> whole = read(1000);

    assertThat(read(1), is(whole));
    assertThat(whole, hasSize(5));
  }

  /** The edges, and the documents with their edges. */
  private List<String> read(int portion) throws Exception {
    StoredGraph graph =
        new StoredGraph(
            new LinkedTables(target.schema("RAG")), target.settings().dialect(), portion);
    List<String> read = new ArrayList<>();
    StoredGraph.Consumer consumer =
        new StoredGraph.Consumer() {
          @Override
          public void node(ExportedNode node) {
            read.add(node.toString());
          }

          @Override
          public void edge(ExportedEdge edge) {
            read.add(edge.toString());
          }

          @Override
          public void danglingRow() {
            read.add("dangling");
          }
        };
    try (Connection connection = Database.connect(target.settings())) {
      graph.readEdges(connection, consumer);
      graph.readDocuments(connection, consumer);
    }
    return read;
  }

  @Test
  void graphMlHoldsWhatTheTablesHold() throws Exception {
    hostileGraph();

    ExportSummary summary = export(ExportFormat.GRAPHML, true);

    GraphMl graph = GraphMl.read(directory.resolve("graph.graphml"));
    String written = HOSTILE.replace('\u0001', '\uFFFD');
    assertThat(
        graph.nodes(),
        contains(
            "node:document:d{name=a form, type=document, documents=2, mentions=3}",
            "mesh:d1{name=plain, type=DISEASE, concept=mesh:d1, documents=2, mentions=3}",
            "t:b{name=" + written + ", type=1 odd;type, documents=2, mentions=3}",
            "document:d{name=d, type=document}"));
    assertThat(
        graph.edges(),
        contains(
            "mesh:d1>t:b{type=co_occurs_with, directed=false, documents=1, statements=2,"
                + " confidence=0.5}",
            "t:b>mesh:d1{type=leads to, directed=true, documents=1, statements=2, confidence=0.5}",
            "document:d>node:document:d{type=mentions, directed=true, mentions=1}",
            "document:d>t:b{type=mentions, directed=true, mentions=5}"));
    assertThat(graph.danglingEnds(), is(empty()));
    assertThat(
        summary,
        is(
            new ExportSummary(
                3,
                2,
                1,
                2,
                0,
                1,
                Map.of(
                    directory.resolve("graph.graphml"),
                    Files.size(directory.resolve("graph.graphml"))))));
  }

  @Test
  void csvHoldsWhatTheTablesHold() throws Exception {
    hostileGraph();

    export(ExportFormat.CSV, true);

    assertThat(
        csv("nodes.csv"),
        contains(
            List.of(
                "nodeKey:ID",
                "name",
                "type",
                "concept",
                "documents:long",
                "mentions:long",
                ":LABEL"),
            List.of("node:document:d", "a form", "document", "", "2", "3", "Node;document"),
            List.of("mesh:d1", "plain", "DISEASE", "mesh:d1", "2", "3", "Node;DISEASE"),
            List.of("t:b", HOSTILE, "1 odd;type", "", "2", "3", "Node;T_1_odd_type"),
            List.of("document:d", "d", "document", "", "", "", "Document")));
    assertThat(
        csv("edges.csv"),
        contains(
            List.of(
                ":START_ID",
                ":END_ID",
                "type",
                "directed:boolean",
                "documents:long",
                "statements:long",
                "confidence:double",
                "mentions:long",
                ":TYPE"),
            List.of(
                "mesh:d1", "t:b", "co_occurs_with", "false", "1", "2", "0.5", "", "co_occurs_with"),
            List.of("t:b", "mesh:d1", "leads to", "true", "1", "2", "0.5", "", "leads_to"),
            List.of(
                "document:d", "node:document:d", "mentions", "true", "", "", "", "1", "mentions"),
            List.of("document:d", "t:b", "mentions", "true", "", "", "", "5", "mentions")));
  }

  private List<List<String>> csv(String file) throws Exception {
    try (Reader reader = Files.newBufferedReader(directory.resolve(file), UTF_8);
        CSVParser parser = CSVFormat.RFC4180.parse(reader)) {
      return parser.stream().map(CSVRecord::toList).toList();
    }
  }

  @Test
  void jsonLinesHoldWhatTheTablesHold() throws Exception {
    hostileGraph();

    export(ExportFormat.JSONL, true);

    List<JsonNode> nodes = json("nodes.jsonl");
    assertThat(
        nodes.get(1).toString(),
        is(
            "{\"id\":\"mesh:d1\",\"name\":\"plain\",\"type\":\"DISEASE\",\"concept\":\"mesh:d1\","
                + "\"documents\":2,\"mentions\":3}"));
    assertThat(nodes.get(2).path("name").textValue(), is(HOSTILE));
    assertThat(
        nodes.get(3).toString(),
        is("{\"id\":\"document:d\",\"name\":\"d\",\"type\":\"document\"}"));
    assertThat(
        json("edges.jsonl").stream().map(JsonNode::toString).toList(),
        contains(
            "{\"source\":\"mesh:d1\",\"target\":\"t:b\",\"type\":\"co_occurs_with\","
                + "\"directed\":false,\"documents\":1,\"statements\":2,\"confidence\":0.5}",
            "{\"source\":\"t:b\",\"target\":\"mesh:d1\",\"type\":\"leads to\",\"directed\":true,"
                + "\"documents\":1,\"statements\":2,\"confidence\":0.5}",
            "{\"source\":\"document:d\",\"target\":\"node:document:d\",\"type\":\"mentions\","
                + "\"directed\":true,\"mentions\":1}",
            "{\"source\":\"document:d\",\"target\":\"t:b\",\"type\":\"mentions\","
                + "\"directed\":true,\"mentions\":5}"));
  }

  private List<JsonNode> json(String file) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve(file))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  /** IRIS sorts by at most 511 bytes. */
  @Test
  void keysMayHaveAllTheirLength() throws Exception {
    String first = "a" + "\u6587".repeat(79);
    String second = "b" + "\u6587".repeat(79);
    String document = "\u66f8".repeat(140);
    node(first, "first", "T", null);
    node(second, "second", "T", null);
    edge(first, second, "causes");
    entity("e1", document, second, 1);
    entity("e2", document, first, 2);
    entity("e3", document, second, 3);

    export(ExportFormat.GRAPHML, true);

    assertThat(
        GraphMl.read(directory.resolve("graph.graphml")).edges(),
        contains(
            "%s>%s{type=causes, directed=true, documents=1, statements=2, confidence=0.5}"
                .formatted(first, second),
            "document:%s>%s{type=mentions, directed=true, mentions=2}".formatted(document, first),
            "document:%s>%s{type=mentions, directed=true, mentions=4}"
                .formatted(document, second)));
  }

  @Test
  void aRowWhoseNodeIsMissingIsLeftOutAndCounted() throws Exception {
    node("a", "a", "T", null);
    edge("a", "gone", "causes");
    edge("gone", "a", "causes");
    entity("e1", "d", "gone", 1);
    entity("e2", "d2", "a", 1);

    ExportSummary summary = export(ExportFormat.GRAPHML, true);

    GraphMl graph = GraphMl.read(directory.resolve("graph.graphml"));
    assertThat(graph.danglingEnds(), is(empty()));
    assertThat(graph.edges(), contains("document:d2>a{type=mentions, directed=true, mentions=1}"));
    assertThat(summary.danglingRows(), is(3L));
    assertThat(summary.documents(), is(1L));
  }
}
