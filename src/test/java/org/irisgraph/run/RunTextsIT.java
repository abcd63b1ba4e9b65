package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.irisgraph.embed.EmbeddingServer;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.iris.wire.LoggedMessage;
import org.irisgraph.options.Embeddings;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.options.PassageStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** IRIS compiles each distinct statement text at its first use, and keeps it as a cached query. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class RunTextsIT {

  private static final int TERMS = 300;

  /** More changes than {@code WaitingChanges} takes for few. */
  private static final int DOCUMENTS = 210;

  @TempDir private Path corpus;

  @BeforeEach
  void writeDictionary() throws Exception {
    StringBuilder dictionary = new StringBuilder();
    for (int i = 0; i < TERMS; i++) {
      dictionary.append("term%d\tDISEASE%n".formatted(i));
    }
    Files.writeString(corpus.resolve("dictionary.tsv"), dictionary);
  }

  @Test
  void areFewWithLinksAndPassages() throws Exception {
    Set<String> texts = textsOfReindexing(DOCUMENTS, RunTextsIT::linked);

    assertThat(String.join("\n", texts), texts, hasSize(lessThan(60)));
  }

  /** A statement of each kind for each of some 20 tables, of which most are read and written. */
  @Test
  void areAsManyForALargeCorpusAsForASmallOneWithEverythingOn() throws Exception {
    try (EmbeddingServer model = new EmbeddingServer(5)) {
      Consumer<IndexingOptions> everything =
          options -> {
            linked(options);
            options.setGraphSchema("Graph_KG");
            options.setEmbeddings(Embeddings.ENDPOINT);
            options.setEmbeddingUrl(model.url());
            options.setEmbeddingModel("bge");
            // So that nodes and edges are corrected in several transactions in both.
            options.setBatchRows(100);
          };
      Set<String> small = textsOfReindexing(DOCUMENTS, everything);

      assertThat(textsOfReindexing(2 * DOCUMENTS, everything), is(small));
      assertThat(String.join("\n", small), small, hasSize(lessThanOrEqualTo(80)));
    }
  }

  private static void linked(IndexingOptions options) {
    options.setLinkEntities(LinkEntities.SAME_AS);
    options.setPassages(PassageStrategy.SENTENCES);
    options.setPassageSize(100);
    options.setPassageOverlap(0);
  }

  /** Of a whole run after which all texts have changed, from its lease to its summary. */
  private Set<String> textsOfReindexing(int documents, Consumer<IndexingOptions> settings)
      throws Exception {
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    try (TestTarget target = TestTarget.iris(server);
        IndexingRun indexing = new IndexingRun(corpus, target::useIn, server.backingConnection())) {
      write(documents, "Old");
      indexing.run(settings);
      server.resetCounts();
      write(documents, "New");
      assertThat(indexing.run(settings).documents().indexed(), is((long) documents));
      Set<String> texts = new TreeSet<>();
      for (LoggedMessage message : server.messages()) {
        // How often a lease and the row of a run are renewed depends on the time.
        if (!message.sql().isEmpty()
            && !message.sql().contains("renewals + ")
            && !message.sql().startsWith("UPDATE RAG.IndexingRuns")) {
          texts.add(message.sql());
        }
      }
      return texts;
    }
  }

  private void write(int documents, String text) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < documents; i++) {
      lines.append("{\"id\":\"d%d\",\"text\":\"%s".formatted(i, text));
      // Some documents have no entity, and many nodes and edges change together.
      for (int j = 0; j < i % 8; j++) {
        lines.append(" term%d,".formatted((i * 31 + j * j * 7) % TERMS));
      }
      if (text.equals("Old")) {
        // Of several passages, and the new text of none.
        lines.append(". Of the rest, nothing else is known".repeat(5));
      }
      lines.append("\"}\n");
    }
    Files.writeString(corpus.resolve("documents.jsonl"), lines);
  }
}
