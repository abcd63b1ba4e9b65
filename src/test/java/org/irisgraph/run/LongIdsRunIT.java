package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.ledger.RejectReason;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ids and names that a column of IRIS holds, and its indexes do not: those of about 500 bytes. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class LongIdsRunIT {

  /** In bytes of UTF-8: one for all indexes, for that of the documents alone, for none. */
  private static final int[] LENGTHS = {300, 471, 600};

  @TempDir private Path corpus;

  private void write(String text) throws Exception {
    StringBuilder lines = new StringBuilder("{\"id\":\"short\",\"text\":\"Gout.\"}\n");
    for (int length : LENGTHS) {
      lines.append(
          "{\"id\":\"%s\",\"text\":\"%s gout and lupus.\"}\n"
              .formatted("\u8a9e".repeat(length / 3), text));
    }
    Files.writeString(corpus.resolve("documents.jsonl"), lines);
  }

  private static void settings(IndexingOptions options) {
    options.setLinkEntities(LinkEntities.SAME_AS);
  }

  @Test
  void areRejectedByNameAndEndNoRun() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\nlupus\tDISEASE\n");
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    try (TestTarget target = TestTarget.iris(server);
        IndexingRun indexing = new IndexingRun(corpus, target::useIn, server.backingConnection())) {
      for (String text : List.of("Old", "New")) {
        write(text);
        Summary summary = indexing.run(LongIdsRunIT::settings);

        assertThat(summary.status(), is(Summary.Status.PARTIAL));
        assertThat(summary.documents().rejected(), is(2L));
        assertThat(
            summary.reasons().stream().map(RejectReason::code).distinct().toList(),
            contains("KEY_TOO_LONG"));
        assertThat(
            indexing.rows("SELECT CHAR_LENGTH(doc_id) FROM RAG.SourceDocuments"),
            containsInAnyOrder("5", "100"));
        assertThat(
            indexing.rows("SELECT documents FROM RAG.GraphNodes WHERE node_name = 'gout'"),
            contains("2"));
      }
    }
  }
}
