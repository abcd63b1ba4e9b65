package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How many documents iris-vector-rag's GraphRAG reaches in the sample corpus, by the statements of
 * its GraphRAGPipeline (v0.13.0). The figures are those of docs/linked-graph.md.
 */
@Tag("slow")
class RetrievalReachTest {

  private static final Path REPOSITORY = Path.of("").toAbsolutePath();

  private IndexingRun indexing;

  private static void quickstart(IndexingOptions options, List<String> names) {
    options.setNames(names);
    options.setInput(List.of(REPOSITORY + "/pipelines/sample-corpus/*.xml"));
    options.setExtractors(List.of("dictionary", "opennlp"));
    options.setDictionary(REPOSITORY + "/pipelines/dictionaries/diseases.tsv");
    options.setRelationPatterns(REPOSITORY + "/pipelines/patterns/biomedical-relations.yaml");
    options.setLinkEntities(LinkEntities.SAME_AS);
  }

  @Test
  void reachesDocumentsThatItsSeedsDoNotName() throws Exception {
    assertThat(
        reach(List.of("biomedical")),
        contains(
            "diabetes: 2, 8; without links 2, 2",
            "cancer: 9, 10; without links 8, 8",
            "pain: 4, 6; without links 4, 4",
            "toxicity: 4, 6; without links 4, 4"));
  }

  @Test
  void reachesMoreByPlacesAndOrganizations() throws Exception {
    assertThat(
        reach(List.of("both")),
        contains(
            "diabetes: 2, 8; without links 2, 2",
            "cancer: 9, 12; without links 8, 8",
            "pain: 5, 8; without links 5, 5",
            "toxicity: 4, 8; without links 4, 4"));
  }

  private List<String> reach(List<String> names) throws Exception {
    try (IndexingRun run = new IndexingRun(REPOSITORY)) {
      indexing = run;
      run.run(options -> quickstart(options, names));

      List<String> reach = new ArrayList<>();
      for (String query : List.of("diabetes", "cancer", "pain", "toxicity")) {
        reach.add(
            "%s: %d, %d; without links %d, %d"
                .formatted(
                    query,
                    documents(query, 1, ""),
                    documents(query, 2, ""),
                    documents(query, 1, " AND relationship_type <> 'same_as'"),
                    documents(query, 2, " AND relationship_type <> 'same_as'")));
      }
      return reach;
    }
  }

  /** The number of documents that are reached by so many steps along relationships. */
  private int documents(String query, int depth, String condition) throws Exception {
    // LIKE ignores case in IRIS.
    Set<String> entities =
        new TreeSet<>(
            indexing.rows(
                "SELECT entity_id FROM RAG.Entities WHERE LOWER(entity_name) LIKE '%"
                    + query
                    + "%'"));
    Set<String> frontier = entities;
    for (int step = 0; step < depth; step++) {
      String list = list(frontier);
      Set<String> next =
          new TreeSet<>(
              indexing.rows(
                  "SELECT DISTINCT target_entity_id FROM RAG.EntityRelationships"
                      + " WHERE source_entity_id IN (%1$s)%2$s".formatted(list, condition)
                      + " UNION SELECT DISTINCT source_entity_id FROM RAG.EntityRelationships"
                      + " WHERE target_entity_id IN (%1$s)%2$s".formatted(list, condition)));
      next.removeAll(entities);
      entities = new TreeSet<>(entities);
      entities.addAll(next);
      frontier = next;
    }
    return indexing
        .rows(
            "SELECT DISTINCT sd.doc_id FROM RAG.SourceDocuments sd JOIN RAG.Entities e"
                + " ON sd.doc_id = e.source_doc_id WHERE e.entity_id IN (%s)"
                    .formatted(list(entities)))
        .size();
  }

  private static String list(Set<String> ids) {
    return ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", ", "", ""));
  }
}
