package org.irisgraph.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run continues the ledger of a version in which the key of a document kept its case. */
class LedgerKeyUpgradeTest {

  @TempDir private Path corpus;

  @Test
  void continuesALedgerWithOldKeys() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\nlupus\tDISEASE\n");
    Files.writeString(
        corpus.resolve("lines.jsonl"),
        """
        {"id":"UPPER-1","text":"Gout."}
        {"id":"lower-2","text":"Gout and lupus."}
        {"id":"lower-3","text":"Lupus."}
        broken
        """,
        UTF_8);
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.run(options -> {});
      Map<String, List<String>> before = indexing.contents();
      for (String id : List.of("lower-2", "lower-3")) {
        indexing.execute(
            "UPDATE RAG.DocumentLedger SET ledger_key = '%s' WHERE document_id = '%s'"
                .formatted(ContentHash.of("document\0" + id), id));
      }

      Summary summary = indexing.run(options -> options.setDeleteMissing(true));

      assertThat(summary.documents().unchanged(), is(3L));
      assertThat(summary.documents().deleted(), is(0L));
      assertThat(indexing.contents(), is(before));
    }
  }

  /** As a renewal that was killed may leave it, where few ids are in small letters. */
  @Tag("slow")
  @Test
  void findsAnOldKeyBehindTheFirstRows() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\n");
    StringBuilder lines = new StringBuilder();
    List<String> small = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      String id = (i % 40 == 0 ? "id-" : "ID-") + i;
      lines.append("{\"id\":\"%s\",\"text\":\"Gout.\"}\n".formatted(id));
      if (i % 40 == 0) {
        small.add(id);
      }
    }
    Files.writeString(corpus.resolve("lines.jsonl"), lines, UTF_8);
    small.sort(Comparator.comparing(id -> ContentHash.of("document\0" + id)));
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.run(options -> {});
      Map<String, List<String>> before = indexing.contents();
      indexing.execute(withOldKey(small.get(small.size() - 1), small.get(small.size() - 1)));

      Summary summary = indexing.run(options -> options.setDeleteMissing(true));

      assertThat(summary.documents().unchanged(), is(400L));
      assertThat(indexing.contents(), is(before));
    }
  }

  /** The document that is kept has an old key, or the other one. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource({"x, X", "X, x", "aB, Ab"})
  void keepsTheFirstOfTwoDocumentsWhoseIdsAreOneNow(String first, String second) throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\nlupus\tDISEASE\n");
    Path lines = corpus.resolve("lines.jsonl");
    String two = "{\"id\":\"%s\",\"text\":\"Gout.\"}\n{\"id\":\"%s\",\"text\":\"Lupus.\"}\n";
    Files.writeString(lines, two.formatted(first, second), UTF_8);
    Map<String, List<String>> expected;
    try (IndexingRun fresh = new IndexingRun(corpus)) {
      fresh.run(options -> {});
      expected = fresh.contents();
    }
    Files.writeString(lines, two.formatted(first, "y"), UTF_8);
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      indexing.run(options -> {});
      for (String sql :
          List.of(
              "INSERT INTO RAG.SourceDocuments (doc_id, text_content)"
                  + " SELECT '%s', text_content FROM RAG.SourceDocuments WHERE doc_id = 'y'"
                      .formatted(second),
              "UPDATE RAG.Entities SET source_doc_id = '%s', entity_id = '%s' WHERE source_doc_id = 'y'"
                  .formatted(second, GraphIds.entity(second, "DISEASE", "Lupus")),
              "DELETE FROM RAG.SourceDocuments WHERE doc_id = 'y'",
              "DELETE FROM RAG.EntityMentions WHERE document_id = 'y'",
              withOldKey(first, first),
              withOldKey("y", second))) {
        indexing.execute(sql);
      }
      Files.writeString(lines, two.formatted(first, second), UTF_8);

      indexing.run(
          options -> {
            options.setDeleteMissing(true);
            options.setMaxDeletedShare(1.0);
          });

      assertThat(indexing.contents(), is(expected));
    }
  }

  private static String withOldKey(String id, String newId) {
    return "UPDATE RAG.DocumentLedger SET document_id = '%s', ledger_key = '%s' WHERE document_id = '%s'"
        .formatted(newId, ContentHash.of("document\0" + newId), id);
  }
}
