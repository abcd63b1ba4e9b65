package org.irisgraph.replay;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.irisgraph.document.format.PdfFiles;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.replay.ReplayReport.Result;
import org.irisgraph.run.IndexingRun;
import org.irisgraph.run.IndexingRun.Replayed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays of documents whose id two places give. */
class ReplayDuplicatesTest extends ReplayFixture {

  @Test
  void rejectsADuplicateWhoseFirstPlaceStillHasTheId() throws Exception {
    write("first.jsonl", GOOD);
    write("second.jsonl", "{\"id\":\"a\",\"text\":\"Lupus.\"}\n");
    index();

    Replayed replayed = replay(letters);

    assertThat(replayed.report().count(Result.REJECTED), is(1L));
    assertThat(replayed.report().toString(), containsString("DUPLICATE_DOCUMENT_ID"));
    assertEqualsCleanRun();
  }

  @Tag("slow")
  @Test
  void rejectsADuplicateWhoseFirstPlaceIsInAnArchive() throws Exception {
    zip(
        "first.zip",
        Map.of("other.jsonl", "{\"id\":\"o\",\"text\":\"Gout.\"}\n", "lines.jsonl", GOOD));
    write("second.jsonl", "{\"id\":\"a\",\"text\":\"Lupus.\"}\n");
    index();

    Replayed replayed = replay(letters);

    assertThat(replayed.report().count(Result.REJECTED), is(1L));
    assertEqualsCleanRun();
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"", "{\"id\":\"c\",\"text\":\"Gout and asthma.\"}\n"})
  void indexesADuplicateWhoseFirstPlaceLostTheId(String first) throws Exception {
    write("first.jsonl", "{\"id\":\"a\",\"text\":\"Gout and asthma.\"}\n");
    write("second.jsonl", "{\"id\":\"a\",\"text\":\"Lupus.\"}\n");
    index();
    write("first.jsonl", first);

    Replayed replayed = replay(letters);

    assertThat(replayed.report().count(Result.CURED), is(1L));
    assertThat(
        indexing.rows("SELECT source_doc_id, entity_name FROM RAG.Entities"), contains("a|Lupus"));
    index();
    assertEqualsCleanRun();
  }

  @Tag("slow")
  @Test
  void rejectsADuplicateWhoseFirstPlaceIsParsed() throws Exception {
    List<String> folders = List.of("first", "second");
    for (String folder : folders) {
      Files.write(
          Files.createDirectory(corpus.resolve(folder)).resolve("a.pdf"),
          PdfFiles.pdf(folder, "Gout and asthma."));
    }
    Consumer<IndexingOptions> pdfs =
        options -> {
          settings(options);
          options.setInput(
              folders.stream().map(folder -> corpus.resolve(folder) + "/*.pdf").toList());
        };
    indexing.run(pdfs);

    Replayed replayed = indexing.replay(letters, pdfs);

    assertThat(replayed.report().toString(), containsString("DUPLICATE_DOCUMENT_ID"));
    assertThat(replayed.summary().exitCode(), is(3));
    assertThat(indexing.rows("SELECT source FROM RAG.ParseAttempts"), hasSize(0));
    try (IndexingRun clean = new IndexingRun(corpus)) {
      clean.run(pdfs);
      assertThat(indexing.contents(), is(clean.contents()));
    }
  }
}
