package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.irisgraph.options.GivenSettings;
import org.irisgraph.options.Reindex;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are indexed once, however the globs and the names of runs are cut. */
class PathIdsRunTest {

  @TempDir private Path corpus;
  private Path news;
  private IndexingRun indexing;

  @BeforeEach
  void writeCorpus() throws Exception {
    news = Files.createDirectories(corpus.resolve("news"));
    Files.writeString(corpus.resolve("dictionary.tsv"), "asthma\tDISEASE\nfever\tDISEASE\n");
    Files.writeString(news.resolve("a.txt"), "Asthma and fever.");
    Files.writeString(news.resolve("lines.jsonl"), "{\"text\": \"Asthma.\"}\n");
    indexing = new IndexingRun(corpus);
  }

  @AfterEach
  void close() throws Exception {
    indexing.close();
  }

  private Summary run(String glob) throws Exception {
    return indexing.run(options -> options.setInput(List.of(corpus + glob)));
  }

  private List<String> ids() throws Exception {
    return indexing.rows("SELECT doc_id FROM RAG.SourceDocuments ORDER BY doc_id");
  }

  @Test
  void knowsFilesByTheirIdsWhenAGlobBeginsElsewhere() throws Exception {
    run("/news/*");

    Summary all = run("/**.{txt,jsonl}");

    assertThat(all.documents().unchanged(), is(2L));
    assertThat(ids(), contains("a.txt", "lines.jsonl#1"));
  }

  @Test
  void updatesAChangedFileUnderItsId() throws Exception {
    run("/**.{txt,jsonl}");
    Files.writeString(news.resolve("a.txt"), "Only fever now.");

    run("/news/*");
    indexing.run(
        options -> {
          options.setInput(List.of(corpus + "/news/*"));
          options.setReindex(Reindex.ALL);
        });

    assertThat(ids(), contains("news/a.txt", "news/lines.jsonl#1"));
    assertThat(
        indexing.rows("SELECT text_content FROM RAG.SourceDocuments WHERE doc_id = 'news/a.txt'"),
        contains("Only fever now."));
  }

  @Tag("slow")
  @Test
  void givesANewIdWhereAnotherFileHasThePathNow() throws Exception {
    run("/news/*.txt");
    Files.writeString(corpus.resolve("a.txt"), "Another text on fever.");

    Summary all = run("/**.txt");

    assertThat(all.exitCode(), is(0));
    assertThat(ids(), contains("a.txt", "news/a.txt"));
    assertThat(run("/**.txt").documents().unchanged(), is(2L));
  }

  @Test
  void namesFilesBelowTheBase() throws Exception {
    indexing.run(
        options -> {
          options.setInputBase(corpus.toString());
          options.setInput(List.of(news + "/*"));
        });

    assertThat(ids(), contains("news/a.txt", "news/lines.jsonl#1"));
  }

  @Tag("slow")
  @Test
  void continuesAPipelineThatWasNamedAfterTheFileOfARunner() throws Exception {
    indexing.run(
        options -> {
          options.setPipeline("direct");
          options.setInput(List.of(news + "/*"));
        });

    Summary summary =
        indexing.run(
            options -> {
              options.setPipeline("default");
              options.as(GivenSettings.class).setFormerPipelines(List.of("flink-local", "direct"));
              options.setInput(List.of(news + "/*"));
            });

    assertThat(summary.pipeline(), is("direct"));
    assertThat(summary.documents().unchanged(), is(2L));
  }
}
