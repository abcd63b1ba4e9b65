package org.irisgraph.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.ledger.RejectReason;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.report.Summary.Documents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextStepsTest {

  private static final Path JAR = Path.of("lib/iris-graph-indexer.jar");

  private final IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);

  @TempDir private Path target;

  @Test
  void suggestsAQuestionThatHasAnAnswer() {
    Summary found = summary(Documents.of(1, 0, 0, 0, 0, 0)).build();

    assertThat(
        new NextSteps(options, found, List.of("my corpus.yaml", "--schema=Graph"), List.of(), JAR)
            .hints("Crohn's disease"),
        contains(
            "See what the documents say about a name, or what links two:",
            "bin/iris-graph-indexer show 'my corpus.yaml' --schema=Graph 'Crohn'\\''s disease'"));
  }

  @Test
  void suggestsToBuildTheProgramIfOnlyItsClassesRun() throws Exception {
    Summary found = summary(Documents.of(1, 0, 0, 0, 0, 0)).build();
    Path classes = Files.createDirectory(target.resolve("classes"));
    NextSteps next =
        new NextSteps(options, found, List.of("corpus.yaml"), List.of("corpus.yaml"), classes);

    assertThat(
        next.hints("gout"),
        contains(
            "See what the documents say about a name, or what links two:",
            "mvn -q package -DskipTests",
            "bin/iris-graph-indexer show corpus.yaml gout"));
    Files.createFile(target.resolve("iris-graph-indexer.jar"));
    assertThat(next.hints("gout"), not(hasItem("mvn -q package -DskipTests")));
  }

  @Test
  void suggestsNothingWhereNothingWasFoundOrNothingStays() {
    Summary found = summary(Documents.of(1, 0, 0, 0, 0, 0)).build();

    assertThat(next(Documents.of(1, 0, 0, 0, 0, 0)).hints(null), is(List.of()));
    options.setJdbcUrl("jdbc:h2:mem:gone");
    assertThat(
        new NextSteps(options, found, List.of(), List.of(), JAR).hints("gout"), is(List.of()));
  }

  @Test
  void showsHowToAskForTheOutcomeOfARunThatNobodyWaitsFor() {
    options.setJdbcUrl("jdbc:IRIS://localhost:1972/USER");
    options.setSummary("build/summary.json");
    NextSteps next =
        new NextSteps(
            options,
            summary(Documents.of(0, 0, 0, 0, 0, 0))
                .setRunId("20260101-120000-1a2b3c4d")
                .setStatus(Summary.Status.SUBMITTED)
                .build(),
            List.of(),
            List.of(),
            JAR);

    assertThat(next.places(), not(hasKey("summary")));
    assertThat(
        next.hints(null),
        contains(
            "This run is detached: it writes neither summary nor dead letters.",
            "When its job has ended, query the ledger for the outcome of the documents:",
            "SELECT outcome, stale, COUNT(*) AS documents FROM RAG.DocumentLedger"
                + " WHERE seen_run_id = '20260101-120000-1a2b3c4d' GROUP BY outcome, stale"));
  }

  @Test
  void showsTheDeadLettersOfThisRunIfThereAreSome(@TempDir Path directory) throws Exception {
    options.setDeadLetters(directory + "/");

    assertThat(next(Documents.of(1, 0, 0, 0, 0, 0)).places(), not(hasKey("dead letters")));
    Path file = Files.writeString(directory.resolve("r1.jsonl"), "{}\n");
    assertThat(
        next(Documents.of(1, 0, 0, 1, 0, 0)).places(), hasEntry("dead letters", file.toString()));
  }

  @Test
  void saysHowToTryAgainWhatWasRejected() {
    options.setDeadLetters("build/dead-letters");

    assertThat(
        next(Documents.of(1, 0, 0, 1, 0, 0)).hints(null),
        contains(
            "The dead letters list what was rejected and why.",
            "After a fix, replay only these documents:",
            "bin/iris-graph-indexer replay 'my corpus.yaml' --batchRows=7 build/dead-letters"));
  }

  @Test
  void namesTheOneReasonForWhichMostDocumentsWereRejected() {
    Summary summary =
        summary(Documents.of(4, 0, 0, 6, 0, 0))
            .setReasons(
                List.of(
                    new RejectReason(
                        "DOCUMENT_OF_OTHER_PIPELINE", "store", null, 6, "a.txt:0", "other")))
            .build();

    assertThat(
        new NextSteps(options, summary, List.of(), List.of(), Path.of("x.jar")).hints(null).get(0),
        is(
            "6 of 10 documents were rejected for one reason, DOCUMENT_OF_OTHER_PIPELINE: run with"
                + " the --pipeline that indexed them before, or into another --schema."));
  }

  @Test
  void saysWhatToTryIfFewDocumentsHaveAnEntity() {
    Locale language = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    options.setExtractors(List.of("ner"));
    try {
      Summary summary = withFewEntities();

      assertThat(
          new NextSteps(options, summary, List.of(), List.of(), JAR).hints(null),
          contains(
              "Only 100 of 2,000 documents have an entity: try --names=general, or see"
                  + " with the command suggest what other extractors find."));
    } finally {
      Locale.setDefault(language);
    }
  }

  @Test
  void saysWhichExtractorToAddIfItIsNotUsed() {
    options.setExtractors(List.of("dictionary"));

    assertThat(
        new NextSteps(options, withFewEntities(), List.of(), List.of(), JAR).hints(null),
        contains(
            "Only 100 of 2,000 documents have an entity: try --extractors=dictionary,ner, or see"
                + " with the command suggest what other extractors find."));
  }

  private Summary withFewEntities() {
    return summary(Documents.of(2000, 0, 0, 0, 0, 0)).setLeftOut(new LeftOut(0, 0, 1900)).build();
  }

  @Test
  void saysHowToGetDeadLetters() {
    options.setDeadLetters("none");
    assertThat(
        next(Documents.of(1, 0, 0, 1, 0, 0)).hints(null),
        hasItem("Add --deadLetters=DIRECTORY to write rejected documents to a file."));
  }

  @Test
  void saysHowToIndexAgainWhatIsUnchanged() {
    assertThat(
        next(Documents.of(0, 5, 0, 0, 0, 0)).hints(null),
        hasItem("Nothing has changed; --reindex=all extracts and stores everything again."));
  }

  @Test
  void showsWhereTheDatabaseAndTheSummaryAre() {
    options.setSummary("summary.json");

    assertThat(
        next(Documents.of(1, 0, 0, 0, 0, 0)).places().values(),
        contains("jdbc:h2:./knowledge-graph, schema RAG", "summary.json"));
  }

  private NextSteps next(Documents documents) {
    return new NextSteps(
        options,
        summary(documents).build(),
        List.of(),
        List.of("my corpus.yaml", "--batchRows=7"),
        JAR);
  }

  static Summary.Builder summary(Documents documents) {
    return Summary.builder()
        .setRunId("r1")
        .setPipeline("corpus")
        .setRunner("DirectRunner")
        .setStatus(documents.status())
        .setSeconds(1)
        .setDocuments(documents);
  }
}
