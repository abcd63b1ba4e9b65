package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.irisgraph.embed.MiniLm;
import org.irisgraph.embed.SentenceModel;
import org.irisgraph.options.Embeddings;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vectors of texts in whole runs. */
@Tag("slow")
class EmbeddingsTest {

  private static final String GOUT = "Gout is treated with colchicine.";

  @TempDir private Path corpus;

  @BeforeEach
  void writeCorpus() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\ncolchicine\tDRUG\n");
    Files.writeString(corpus.resolve("a.txt"), GOUT);
    Files.writeString(corpus.resolve("b.txt"), "Colchicine.");
  }

  private Summary run(IndexingRun indexing, Embeddings embeddings) throws Exception {
    return indexing.run(with(embeddings));
  }

  private Consumer<IndexingOptions> with(Embeddings embeddings) {
    return options -> {
      options.setInput(List.of(corpus + "/*.txt"));
      options.setEmbeddings(embeddings);
    };
  }

  private static List<String> vectors(IndexingRun indexing) throws Exception {
    return indexing.rows("SELECT embedding FROM RAG.SourceDocuments ORDER BY doc_id").stream()
        .map(row -> row.replaceAll("[\\[\\] ]", ""))
        .toList();
  }

  private static List<String> computed(MiniLm form, String... texts) {
    SentenceModel model = SentenceModel.acquire(form);
    try {
      return Arrays.stream(texts).map(text -> model.embed(text).toString()).toList();
    } finally {
      SentenceModel.release(form);
    }
  }

  @Test
  void eachTextHasItsVectorThroughChangesOfTextAndModel() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      run(indexing, Embeddings.MINILM);
      assertThat(vectors(indexing), is(computed(MiniLm.QUANTISED, GOUT, "Colchicine.")));

      assertThat(run(indexing, Embeddings.MINILM).documents().unchanged(), is(2L));

      Files.writeString(corpus.resolve("b.txt"), "Gout.");
      run(indexing, Embeddings.MINILM);
      assertThat(vectors(indexing), is(computed(MiniLm.QUANTISED, GOUT, "Gout.")));

      run(indexing, Embeddings.MINILM_FULL);
      assertThat(vectors(indexing), is(computed(MiniLm.FULL, GOUT, "Gout.")));
    }
  }

  @Test
  void aReplayedTextHasItsVectorAndThatOfADeletedOneIsGone() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      Files.writeString(corpus.resolve("b.txt"), " ");
      assertThat(run(indexing, Embeddings.MINILM).documents().rejected(), is(1L));
      Files.writeString(corpus.resolve("b.txt"), "Gout.");

      indexing.replay(null, with(Embeddings.MINILM));
      assertThat(vectors(indexing), is(computed(MiniLm.QUANTISED, GOUT, "Gout.")));

      Files.delete(corpus.resolve("a.txt"));
      indexing.run(
          with(Embeddings.MINILM)
              .andThen(
                  options -> {
                    options.setDeleteMissing(true);
                    options.setForce(true);
                  }));
      assertThat(vectors(indexing), is(computed(MiniLm.QUANTISED, "Gout.")));
    }
  }

  @Test
  void withoutAModelThereAreNoVectors() throws Exception {
    try (IndexingRun indexing = new IndexingRun(corpus)) {
      run(indexing, Embeddings.NONE);
      assertThat(vectors(indexing), contains("null", "null"));
    }
  }
}
