package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.report.Summary;
import org.irisgraph.report.Summary.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullInputScopeTest {

  private static final Summary.Documents NONE = Summary.Documents.of(0, 0, 0, 0, 0, 0);

  private final IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);

  @ParameterizedTest
  @CsvSource({
    "5, 0, 0, 0, 0, SUCCEEDED",
    "0, 5, 0, 0, 0, SUCCEEDED",
    "5, 0, 1, 0, 0, PARTIAL",
    "5, 0, 0, 1, 0, PARTIAL",
    "5, 0, 0, 0, 1, PARTIAL",
    "0, 0, 0, 0, 0, PARTIAL"
  })
  void endsByTheOutcomesOfItsDocuments(
      long indexed, long unchanged, long partial, long rejected, long stale, Status status) {
    Summary.Documents documents =
        Summary.Documents.of(indexed, unchanged, partial, rejected, stale, 0);

    assertThat(new FullInputScope(options).status(documents, 0), is(status));
  }

  @Test
  void failsIfADocumentIsStoredInPart() {
    Summary.Documents documents = Summary.Documents.of(5, 0, 0, 0, 0, 0);

    assertThat(new FullInputScope(options).status(documents, 1), is(Status.FAILED));
  }

  @Test
  void succeedsWithoutADocumentIfFilesAreWatched() {
    options.setWatch("1m");

    assertThat(new FullInputScope(options).status(NONE, 0), is(Status.SUCCEEDED));
  }

  @Test
  void succeedsWithAnEmptyTable() {
    options.setJdbcInput("RAG.SourceDocuments");

    assertThat(new FullInputScope(options).status(NONE, 0), is(Status.SUCCEEDED));
  }

  @Test
  void surveysTheFilesButNoTable(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("a.txt"), "12345");
    Files.writeString(directory.resolve("b.txt"), "678");
    Files.writeString(directory.resolve(".hidden"), "9");
    options.setInput(List.of(directory + "/**"));

    InputSurvey survey = new FullInputScope(options).survey(options);

    assertThat(survey.bytes(), is(8L));
    assertThat(survey.warnings(), contains(containsString("1 hidden ")));

    options.setInput(null);
    options.setJdbcInput("RAG.SourceDocuments");
    assertThat(new FullInputScope(options).survey(options), is(InputSurvey.UNKNOWN));
  }
}
