package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.irisgraph.embed.EmbeddingServer;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.options.Embeddings;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.options.PassageStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs with other settings each time, between which documents appear, change and vanish, lead to
 * the tables of one run with the last settings over the last documents.
 */
@Tag("slow")
class ChangedSettingsTest {

  private static final int RUNS = 5;
  private static final int DOCUMENTS = 6;

  /** Of the column in tables that a run without a model creates. */
  private static final int DIMENSION = 384;

  private static final List<String> SENTENCES =
      List.of(
          "Aspirin causes gout.",
          "Lupus and asthma are diseases of which a longer sentence is written here.",
          "Gout hurts, and lupus hurts, too.",
          "Aspirin is a drug, and of colchicine the same is said in a sentence like this.",
          "Colchicine causes nothing, and nothing is known about that which causes asthma.");

  @TempDir private Path directory;
  private Path corpus;

  /** What a run is asked to store beside entities and relationships. */
  private record Stored(
      LinkEntities links,
      boolean published,
      boolean evidence,
      boolean passages,
      boolean vectors,
      StorageMode mode) {

    static Stored any(Random random) {
      LinkEntities links = anyOf(random, List.of(LinkEntities.values()));
      return new Stored(
          links,
          links != LinkEntities.NONE && random.nextBoolean(),
          random.nextBoolean(),
          random.nextBoolean(),
          random.nextBoolean(),
          anyOf(random, List.of(StorageMode.values())));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 6, 8, 13})
  void leaveTheTablesOfTheLastOnes(long seed) throws Exception {
    Random random = new Random(seed);
    corpus = Files.createDirectory(directory.resolve("corpus"));
    Files.writeString(
        corpus.resolve("dictionary.tsv"),
        "gout\tDISEASE\naspirin\tDRUG\nlupus\tDISEASE\nasthma\tDISEASE\ncolchicine\tDRUG\n");
    Files.writeString(
        corpus.resolve("relations.yaml"),
        "relations:\n  - {name: c, type: causes, pattern: '{source} causes {target}'}\n");
    try (EmbeddingServer server = new EmbeddingServer(DIMENSION);
        IndexingRun indexing = new IndexingRun(corpus);
        IndexingRun clean = new IndexingRun(corpus)) {
      List<Stored> before = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        edit(random);
        before.add(Stored.any(random));
        indexing.run(settings(before.get(i), server));
      }
      Stored last = before.get(RUNS - 1);
      clean.run(settings(last, server));

      Map<String, List<String>> contents = contents(indexing, last);
      contents(clean, last)
          .forEach(
              (table, rows) ->
                  assertThat(table + " after " + before, contents.get(table), is(rows)));
    }
  }

  private static <T> T anyOf(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** Writes, changes and deletes documents. */
  private void edit(Random random) throws IOException {
    for (int i = 0; i < DOCUMENTS; i++) {
      Path document = corpus.resolve(i + ".txt");
      switch (random.nextInt(3)) {
        case 0 -> Files.deleteIfExists(document);
        case 1 -> {
          StringBuilder text = new StringBuilder();
          for (int sentences = random.nextInt(5) + 1; sentences > 0; sentences--) {
            text.append(anyOf(random, SENTENCES)).append(' ');
          }
          Files.writeString(document, text);
        }
        default -> {}
      }
    }
    Files.writeString(corpus.resolve("always.txt"), SENTENCES.get(0));
  }

  private Consumer<IndexingOptions> settings(Stored stored, EmbeddingServer server) {
    return options -> {
      options.setInput(List.of(corpus + "/*.txt"));
      options.setRelationPatterns(corpus + "/relations.yaml");
      options.setDeleteMissing(true);
      options.setForce(true);
      options.setStorageMode(stored.mode());
      options.setLinkEntities(stored.links());
      options.setGraphSchema(stored.published() ? "Graph_KG" : null);
      options.setEvidence(stored.evidence());
      options.setPassages(stored.passages() ? PassageStrategy.SENTENCES : PassageStrategy.NONE);
      options.setPassageSize(100);
      options.setPassageOverlap(0);
      if (stored.vectors()) {
        options.setEmbeddings(Embeddings.ENDPOINT);
        options.setEmbeddingUrl(server.url());
        options.setEmbeddingModel("letters");
      }
    };
  }

  /** What the tables say that follow from the settings; the others may hold an earlier state. */
  private static Map<String, List<String>> contents(IndexingRun run, Stored stored)
      throws Exception {
    Map<String, String> tables = new LinkedHashMap<>();
    String vector = stored.vectors() ? ", embedding" : "";
    tables.put("RAG.SourceDocuments", "doc_id, text_content, metadata" + vector);
    tables.put("RAG.Entities", "entity_id, entity_name, entity_type, description, source_doc_id");
    tables.put(
        "RAG.EntityRelationships",
        "relationship_id, source_entity_id, target_entity_id, relationship_type, weight,"
            + " source_document");
    tables.put("RAG.EntityMentions", "*");
    tables.put("RAG.RelationshipEvidence", "*");
    if (stored.links() != LinkEntities.NONE) {
      tables.put("RAG.EntityNodes", "*");
      tables.put("RAG.GraphNodes", "*");
      tables.put("RAG.GraphEdges", "*");
    }
    if (stored.published()) {
      tables.put("Graph_KG.nodes", "node_id");
      tables.put("Graph_KG.rdf_labels", "s, label");
      tables.put("Graph_KG.rdf_props", "*");
      tables.put("Graph_KG.rdf_edges", "s, p, o_id, qualifiers");
      tables.put("Graph_KG.docs", "id, text");
      if (stored.vectors()) {
        tables.put("Graph_KG.kg_NodeEmbeddings", "id, emb");
      }
    }
    Map<String, List<String>> contents = new LinkedHashMap<>();
    for (Map.Entry<String, String> table : tables.entrySet()) {
      boolean exists =
          !run.rows(
                  "SELECT 1 FROM INFORMATION_SCHEMA.TABLES"
                      + " WHERE TABLE_SCHEMA || '.' || TABLE_NAME = UPPER('%s')"
                          .formatted(table.getKey()))
              .isEmpty();
      contents.put(
          table.getKey(),
          exists
              ? run.rows("SELECT %s FROM %s".formatted(table.getValue(), table.getKey())).stream()
                  .sorted()
                  .toList()
              : List.of());
    }
    return contents;
  }
}
