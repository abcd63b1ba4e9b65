package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deletes documents that are no longer in the input. */
class DeleteMissingTest {

  @TempDir private Path corpus;
  private IndexingRun indexing;

  @BeforeEach
  void writeCorpus() throws Exception {
    StringBuilder dictionary = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      dictionary.append("disease %d\tDISEASE\n".formatted(i));
    }
    Files.writeString(corpus.resolve("dictionary.tsv"), dictionary);
    for (int i = 0; i < 10; i++) {
      Files.writeString(
          corpus.resolve(i + ".txt"), "About disease %d and disease 39.".formatted(i));
    }
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
          options.setDeleteMissing(true);
          settings.accept(options);
        });
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesWhatACleanRunWould(boolean flink) throws Exception {
    // One with more rows than a transaction takes.
    StringBuilder large = new StringBuilder("All of them:");
    for (int i = 0; i < 40; i++) {
      large.append(" disease ").append(i).append(',');
    }
    Files.writeString(corpus.resolve("large.txt"), large);
    run(options -> {});
    Files.delete(corpus.resolve("large.txt"));
    Files.delete(corpus.resolve("3.txt"));
    Files.writeString(corpus.resolve("4.txt"), "About disease 5 and disease 6.");

    Summary summary =
        run(
            options -> {
              options.setBatchRows(100);
              if (flink) {
                IndexingRun.flink(options);
              }
            });

    assertThat(summary.documents().deleted(), is(2L));
    assertThat(summary.documents().read(), is(9L));
    assertThat(summary.exitCode(), is(0));
    try (IndexingRun clean = new IndexingRun(corpus)) {
      clean.run(options -> options.setInput(List.of(corpus + "/*.txt")));
      assertThat(indexing.contents(), is(clean.contents()));
    }
  }

  @Tag("slow")
  @Test
  void deletesNothingIfItIsTooMuch() throws Exception {
    run(options -> {});
    Map<String, List<String>> before = indexing.contents();
    for (int i = 0; i < 3; i++) {
      Files.delete(corpus.resolve(i + ".txt"));
    }

    FailedRunException e = assertThrows(FailedRunException.class, () -> run(options -> {}));
    assertThat(
        e.getCause().getMessage(),
        containsString("3 of 10 documents are not in the input any more, more than"));
    assertThat(e.summary().documents().unchanged(), is(7L));
    assertThat(indexing.contents(), is(before));

    assertThat(run(options -> options.setForce(true)).documents().deleted(), is(3L));
    assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.SourceDocuments"), contains("7"));
  }

  @Test
  void deletesNothingIfSomethingCouldNotBeRead() throws Exception {
    run(options -> {});
    Files.delete(corpus.resolve("0.txt"));
    Files.delete(corpus.resolve("1.txt"));
    Files.createSymbolicLink(corpus.resolve("1.txt"), corpus.resolve("nowhere"));

    Summary summary = run(options -> {});

    assertThat(summary.documents().deleted(), is(0L));
    assertThat(summary.documents().stale(), is(1L));
    assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.SourceDocuments"), contains("10"));
  }

  @Tag("slow")
  @Test
  void forgetsWhatCouldNotBeReadOfAFileThatIsGone() throws Exception {
    Path notes = Files.writeString(corpus.resolve("notes.txt"), "");
    assertThat(run(options -> {}).documents().rejected(), is(1L));
    Files.delete(notes);

    assertThat(run(options -> options.setDeleteMissing(false)).exitCode(), is(0));
    assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.DocumentLedger"), contains("11"));

    assertThat(run(options -> {}).exitCode(), is(0));
    assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.DocumentLedger"), contains("10"));
  }

  @Tag("slow")
  @Test
  void leavesTheDocumentsOfOtherPipelinesAlone() throws Exception {
    run(options -> options.setPipeline("other"));

    Files.writeString(corpus.resolve("mine.md"), "About disease 1.");
    Summary summary = run(options -> options.setInput(List.of(corpus + "/*.md")));

    assertThat(summary.documents().deleted(), is(0L));
    assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.SourceDocuments"), contains("11"));
  }
}
