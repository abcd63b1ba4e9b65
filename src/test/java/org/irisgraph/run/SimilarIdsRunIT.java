package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.Database;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Document ids that differ in case and blanks at the end, in several scripts, lead to the same
 * ledger and the same graph in every database, whatever its collation.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class SimilarIdsRunIT {

  private static final String[] IDS = {
    "istanbul",
    "\u0130stanbul",
    "ISTANBUL",
    "\u0131stanbul ",
    "stra\u00dfe",
    "STRASSE ",
    "Stra\u00dfe",
    "\u00e4hre",
    "\u00c4HRE",
    "\u6587\u66f8",
    "\u6587\u66f8 ",
    "\u6587 \u66f8",
    "\uff41\uff42",
    "\uff21\uff22",
    "x",
    "X  "
  };

  private static final Map<String, String> QUERIES = new LinkedHashMap<>();

  static {
    QUERIES.put(
        "ledger",
        "SELECT document_id, source_position, outcome, reasons, document_rows, entity_rows,"
            + " relationship_rows FROM RAG.DocumentLedger");
    QUERIES.put("documents", "SELECT doc_id FROM RAG.SourceDocuments");
    QUERIES.put("entities", "SELECT entity_name, source_doc_id FROM RAG.Entities");
    QUERIES.put(
        "relationships", "SELECT relationship_type, source_document FROM RAG.EntityRelationships");
    QUERIES.put(
        "mentions",
        "SELECT document_id, mention_start, mention_end, sentence_start FROM RAG.EntityMentions");
    QUERIES.put("nodes", "SELECT node_key, node_name, documents, mentions FROM RAG.GraphNodes");
    QUERIES.put(
        "edges", "SELECT source_node, target_node, documents, statements FROM RAG.GraphEdges");
  }

  @TempDir private Path corpus;

  private void write(String text) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (String id : IDS) {
      lines.append("{\"id\":\"%s\",\"text\":\"%s gout and lupus.\"}\n".formatted(id, text));
    }
    Files.writeString(corpus.resolve("documents.jsonl"), lines);
  }

  private record Outcome(List<String> summaries, Map<String, List<String>> contents) {}

  private Outcome run(TestTarget target) throws Exception {
    List<String> summaries = new ArrayList<>();
    Map<String, List<String>> contents = new LinkedHashMap<>();
    try (target;
        IndexingRun indexing =
            new IndexingRun(corpus, target::useIn, Database.connect(target.settings()))) {
      for (String text : List.of("Old", "New", "New")) {
        write(text);
        Summary summary =
            indexing.run(
                (IndexingOptions options) -> {
                  options.setLinkEntities(LinkEntities.SAME_AS);
                  options.setEvidence(true);
                  IndexingRun.direct(options);
                });
        summaries.add(summary.status() + " " + summary.documents());
      }
      for (Map.Entry<String, String> query : QUERIES.entrySet()) {
        contents.put(query.getKey(), target.rows(query.getValue()).stream().sorted().toList());
      }
    }
    return new Outcome(summaries, contents);
  }

  @Test
  void leadToTheSameLedgerAndGraphInEveryDatabase() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\nlupus\tDISEASE\n");

    Outcome h2 = run(TestTarget.h2());

    assertThat(run(TestTarget.h2(";IGNORECASE=TRUE")), is(h2));
    assertThat(run(TestTarget.postgres()), is(h2));
    assertThat(run(TestTarget.iris(IrisWireServer.start(InsertPath.FAST))), is(h2));
    assertThat(h2.contents().get("documents"), hasItem("\u6587 \u66f8"));
    assertThat(
        h2.contents().get("relationships").stream()
            .filter(row -> row.startsWith("same_as"))
            .count(),
        is(greaterThan(0L)));
  }
}
