package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.irisgraph.embed.MiniLm;
import org.irisgraph.embed.SentenceModel;
import org.irisgraph.options.Embeddings;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.PassageStrategy;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passages in whole runs. */
class PassagesRunTest {

  private static final String FILLER = "Nothing is known of it to this day. ".repeat(2).strip();
  private static final String FIRST = "On pain\n\nAspirin is a drug for it. " + FILLER;
  private static final String SECOND = "Aspirin and colchicine help against gout. " + FILLER;

  @TempDir private Path corpus;
  private IndexingRun indexing;

  @BeforeEach
  void writeCorpus() throws Exception {
    Files.writeString(
        corpus.resolve("dictionary.tsv"), "gout\tDISEASE\naspirin\tDRUG\ncolchicine\tDRUG\n");
    Files.writeString(corpus.resolve("a.txt"), FIRST + "\n\n" + SECOND);
    Files.writeString(corpus.resolve("b.txt"), "Gout.");
    indexing = new IndexingRun(corpus);
  }

  @AfterEach
  void close() throws Exception {
    indexing.close();
  }

  private Summary run(Consumer<IndexingOptions> settings) throws Exception {
    return indexing.run(
        options -> {
          options.setInput(List.of(corpus + "/*.txt"));
          options.setPassages(PassageStrategy.SENTENCES);
          options.setPassageSize(120);
          options.setPassageOverlap(0);
          settings.accept(options);
        });
  }

  private List<String> documents() throws Exception {
    return indexing.rows("SELECT doc_id, text_content FROM RAG.SourceDocuments ORDER BY doc_id");
  }

  @Test
  void theGraphRefersToPassagesAndItsViewsQuoteTheDocument() throws Exception {
    Summary summary = run(options -> {});

    assertThat(summary.documents().indexed(), is(2L));
    assertThat(summary.passages(), is(2L));
    assertThat(
        documents(),
        contains(
            "a.txt|" + FIRST + "\n\n" + SECOND,
            "a.txt_chunk_sentences_0|" + FIRST,
            "a.txt_chunk_sentences_1|" + SECOND,
            "b.txt|Gout."));
    assertThat(
        indexing.rows(
            "SELECT entity_name, document_id, passage_id, title, sentence FROM RAG.GraphEntities"
                + " ORDER BY document_id, entity_name"),
        contains(
            "Aspirin|a.txt|a.txt_chunk_sentences_0|On pain|Aspirin is a drug for it.",
            "colchicine|a.txt|a.txt_chunk_sentences_1|On pain|Aspirin and colchicine help against"
                + " gout.",
            "gout|a.txt|a.txt_chunk_sentences_1|On pain|Aspirin and colchicine help against gout.",
            "Gout|b.txt|b.txt|Gout.|Gout."));
    assertThat(
        indexing.rows(
            "SELECT source_name, target_name, document_id, title, sentence"
                + " FROM RAG.GraphStatements WHERE target_name = 'gout' ORDER BY source_name"),
        contains(
            "Aspirin|gout|a.txt|On pain|Aspirin and colchicine help against gout.",
            "colchicine|gout|a.txt|On pain|Aspirin and colchicine help against gout."));
    assertThat(run(options -> {}).documents().unchanged(), is(2L));
  }

  @Tag("slow")
  @Test
  void otherSettingsReplaceAllPassages() throws Exception {
    run(options -> {});

    assertThat(run(options -> options.setPassageSize(100)).documents().indexed(), is(2L));
    assertThat(documents().size(), is(5));

    run(options -> options.setPassages(PassageStrategy.NONE));
    assertThat(documents(), contains("a.txt|" + FIRST + "\n\n" + SECOND, "b.txt|Gout."));
    assertThat(
        indexing.rows("SELECT DISTINCT source_doc_id FROM RAG.Entities ORDER BY source_doc_id"),
        contains("a.txt", "b.txt"));
  }

  @Tag("slow")
  @Test
  void eachPassageHasItsVectorAndADividedTextHasNone() throws Exception {
    run(options -> options.setEmbeddings(Embeddings.MINILM));

    SentenceModel model = SentenceModel.acquire(MiniLm.QUANTISED);
    try {
      assertThat(
          indexing.rows("SELECT embedding FROM RAG.SourceDocuments ORDER BY doc_id").stream()
              .map(row -> row.replaceAll("[\\[\\] ]", ""))
              .toList(),
          contains(
              "null",
              model.embed(FIRST).toString(),
              model.embed(SECOND).toString(),
              model.embed("Gout.").toString()));
    } finally {
      SentenceModel.release(MiniLm.QUANTISED);
    }
  }

  @Test
  void theViewsOfAnEarlierVersionAreMadeAnew() throws Exception {
    run(options -> {});
    for (String view : List.of("GraphEntities", "GraphStatements")) {
      indexing.execute("DROP VIEW RAG." + view);
      indexing.execute(
          "CREATE VIEW RAG.%s AS SELECT doc_id FROM RAG.SourceDocuments".formatted(view));
    }

    run(options -> {});

    assertThat(
        indexing.rows("SELECT COUNT(*) FROM RAG.GraphEntities WHERE passage_id = 'b.txt'"),
        contains("1"));
    assertThat(
        indexing.rows("SELECT COUNT(*) FROM RAG.GraphStatements WHERE target_name = 'gout'"),
        contains("2"));
  }
}
