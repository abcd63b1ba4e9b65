package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.embed.MiniLm;
import org.irisgraph.embed.SentenceModel;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.Database;
import org.irisgraph.options.Embeddings;
import org.irisgraph.options.LinkEntities;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What iris-vector-rag sends, on the tables of a run: its readiness check (validator.py in
 * v0.13.0), its search by vectors, with which all modes that need them begin
 * (vector_store_iris.py), and that for nodes (iris-vector-graph's {@code kg_KNN_VEC}). The
 * questions' vectors are those of the full model, as its own are.
 */
@Tag("slow")
class RetrievalStatementsIT {

  private static final String GOUT = "Gout\n\nGout is treated with colchicine.";

  @TempDir private static Path corpus;
  private static TestTarget target;
  private static Connection client;
  private static SentenceModel model;

  @BeforeAll
  static void index() throws Exception {
    Files.writeString(
        corpus.resolve("dictionary.tsv"), "gout\tDISEASE\ncolchicine\tDRUG\nasthma\tDISEASE\n");
    Files.writeString(corpus.resolve("gout.txt"), GOUT);
    Files.writeString(
        corpus.resolve("others.jsonl"),
        """
        {"id": "asthma", "text": "Asthma is common in children.", "keywords": ["lung", "child"]}
        {"id": "weather", "text": "The weather is sunny in Lisbon.", "title": "Lisbon"}
        """);
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    target = TestTarget.iris(server);
    try (IndexingRun run = new IndexingRun(corpus, target::useIn, server.backingConnection())) {
      run.run(
          options -> {
            options.setEmbeddings(Embeddings.MINILM);
            options.setLinkEntities(LinkEntities.NODES);
            options.setGraphSchema("Graph_KG");
          });
    }
    server.acceptAnyStatement();
    client = Database.connect(target.settings());
    model = SentenceModel.acquire(MiniLm.FULL);
  }

  @AfterAll
  static void close() throws Exception {
    SentenceModel.release(MiniLm.FULL);
    client.close();
    target.close();
  }

  private static List<List<String>> rows(String sql, String... parameters) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    try (PreparedStatement statement = client.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(result.getString(i));
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private static int count(String table) throws Exception {
    return Integer.parseInt(rows("SELECT COUNT(*) FROM " + table).get(0).get(0));
  }

  private static List<String> search(String question) throws Exception {
    return rows(
            "SELECT TOP 3 doc_id, text_content, VECTOR_DOT_PRODUCT(embedding, TO_VECTOR('[%s]', FLOAT, 384)) AS score FROM RAG.SourceDocuments WHERE embedding IS NOT NULL ORDER BY score DESC"
                .formatted(model.embed(question)))
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  @Test
  void theReadinessCheckFindsTablesAndVectors() throws Exception {
    for (String table : List.of("SourceDocuments", "Entities", "EntityRelationships")) {
      assertThat(table, count("RAG." + table), greaterThanOrEqualTo(1));
    }
    assertThat("need only exist", count("RAG.Communities"), is(0));
    assertThat(
        rows(
            "SELECT COUNT(*) as total_rows, COUNT(embedding) as rows_with_embeddings FROM RAG.SourceDocuments"),
        contains(List.of("3", "3")));
    String sample =
        rows("SELECT TOP 1 embedding FROM RAG.SourceDocuments WHERE embedding IS NOT NULL")
            .get(0)
            .get(0);
    assertThat(sample, containsString(","));
    assertThat(sample, not(startsWith("[")));
    assertThat(
        rows(
            "SELECT Parameters FROM %Dictionary.CompiledProperty WHERE parent = ? AND Name = 'embedding'",
            "RAG.SourceDocuments"),
        contains(List.of("DATATYPE,FLOAT,LEN,384")));
  }

  @Test
  void aQuestionFindsTheDocumentThatAnswersIt() throws Exception {
    assertThat(search("Which drug helps against gout?").get(0), is("gout.txt"));
    assertThat(search("breathing problems of kids").get(0), is("asthma"));
    assertThat(search("Is it raining in Portugal?").get(0), is("weather"));
  }

  @Test
  void eachDocumentFoundHasATitleASourceAndNoListThatItsReadersFailOn() throws Exception {
    List<String> shown = new ArrayList<>();
    for (List<String> row :
        rows(
            "SELECT doc_id, metadata FROM RAG.SourceDocuments WHERE doc_id IN (?,?,?) ORDER BY doc_id",
            search("gout").toArray(String[]::new))) {
      JsonNode metadata = new ObjectMapper().readTree(row.get(1));
      metadata.forEach(value -> assertThat(value.isValueNode(), is(true)));
      shown.add(metadata.path("title").asText() + " from " + metadata.path("source").asText());
    }
    assertThat(
        shown,
        contains(
            "Asthma is common in children. from asthma",
            "Gout from gout.txt",
            "Lisbon from weather"));
  }

  @Test
  void aNameFindsItsNode() throws Exception {
    List<List<String>> nearest =
        rows(
            "SELECT TOP 2 n.id, VECTOR_COSINE(n.emb, TO_VECTOR(?, DOUBLE)) AS score FROM Graph_KG.kg_NodeEmbeddings n ORDER BY score DESC",
            model.embed("gout").toString());

    assertThat(nearest.get(0).get(0), is("DISEASE:gout"));
    assertThat(rows("SELECT node_id FROM Graph_KG.nodes"), hasItem(List.of(nearest.get(1).get(0))));
    assertThat(
        rows("SELECT emb FROM Graph_KG.kg_NodeEmbeddings"), everyItem(not(hasItem((String) null))));
  }
}
