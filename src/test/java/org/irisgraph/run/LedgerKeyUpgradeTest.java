package org.irisgraph.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
