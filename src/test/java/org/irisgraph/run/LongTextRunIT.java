package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.options.Embeddings;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs with all that is stored beside the documents, on a server with few connections, over
 * texts around and above the longest string of IRIS.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class LongTextRunIT {

  private static final int[] LENGTHS = {3_600_000, 3_700_000, 9_000_000};

  @TempDir private Path corpus;

  private void writeCorpus() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\nlupus\tDISEASE\n");
    Files.writeString(corpus.resolve("short.txt"), "Gout and lupus.");
    String sentence = "A patient had gout and lupus for years. ";
    String filler = "There is nothing of interest in this line.\n";
    for (int length : LENGTHS) {
      StringBuilder text = new StringBuilder(sentence);
      while (text.length() + filler.length() + sentence.length() <= length) {
        text.append(filler);
      }
      text.append(sentence);
      Files.writeString(
          corpus.resolve(length + ".txt"), text.append(".".repeat(length - text.length())));
    }
  }

  private static void everything(IndexingOptions options) {
    options.setWriters(2);
    options.setLinkEntities(LinkEntities.SAME_AS);
    options.setEvidence(true);
    options.setEmbeddings(Embeddings.MINILM);
  }

  @Test
  void neverFailWithFewConnections() throws Exception {
    writeCorpus();
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    server.limitConnections(4);
    try (TestTarget target = TestTarget.iris(server);
        IndexingRun indexing = new IndexingRun(corpus, target::useIn, server.backingConnection())) {
      Summary stored = indexing.run(LongTextRunIT::everything);

      assertThat(stored.status(), is(Summary.Status.SUCCEEDED));
      assertThat(stored.documents().indexed(), is(4L));
      assertThat(server.peakConnections(), is(lessThanOrEqualTo(4)));
      assertThat(
          indexing.rows(
              "SELECT CHAR_LENGTH(text_content) FROM RAG.SourceDocuments"
                  + " WHERE embedding IS NOT NULL"),
          containsInAnyOrder("15", "3600000", "3700000", "9000000"));
      // Twice in each long text, and in the short one; 6 pairs of documents for each of two names.
      assertThat(
          indexing.rows(
              "SELECT DISTINCT document_id, sentence_start FROM RAG.EntityMentions"
                  + " WHERE sentence_start > 3000000"),
          hasSize(3));
      assertThat(
          indexing.rows(
              "SELECT COUNT(*) FROM RAG.EntityRelationships WHERE relationship_type = 'same_as'"),
          is(List.of("12")));
    }
  }
}
