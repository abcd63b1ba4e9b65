package org.irisgraph.cli;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.stream.Collectors;
import org.irisgraph.check.FolderSurvey;
import org.irisgraph.document.format.CsvGuess;
import org.irisgraph.report.NextSteps;

/** The texts of the files that {@code init} writes. */
final class StarterFiles {

  private final String name;
  private final FolderSurvey survey;

  StarterFiles(String name, FolderSurvey survey) {
    this.name = name;
    this.survey = survey;
  }

  /** Terms that show the form; a dictionary without any would be refused. */
  static String dictionary() {
    return """
    term\ttype\tid
    influenza\tDISEASE\tMESH:D007251
    aspirin\tDRUG
    World Health Organization\tORGANIZATION
    """;
  }

  /** For large corpora; the settings alone let the size of the input decide. */
  String runner() {
    return """
    # Where a run takes place. Without this file it follows from the size of the input.
    #   %1$s index %2$s.yaml %2$s-runner.yaml

    # Flink inside this JVM, with bounded memory.
    runner: FlinkRunner
    flinkMaster: "[local]"
    # A cluster of Flink 1.19 instead: the host and port of its REST interface, and the slots to
    # take. docs/flink.md has more, and what the machines need.
    #flinkMaster: localhost:8081
    #parallelism: 4

    # Stores documents while others are still being extracted, and ends with the input.
    streaming: true
    shutdownSourcesAfterIdleMs: 0
    # Passes values between steps without copying; no step modifies its input.
    fasterCopy: true
    objectReuse: true
    # No checkpoints: the ledger has what they would keep.
    checkpointingInterval: -1

    # For a corpus that fits into memory, these two alone, of this file:
    #runner: DirectRunner
    #enforceImmutability: false
    """
        .formatted(NextSteps.COMMAND, name);
  }

  String settings() {
    return """
    # What is indexed, how, and where to. Paths are relative to the working directory.
    #   %1$s check %2$s.yaml    finds out whether a run can work
    #   %1$s index %2$s.yaml    runs it; again, and it takes what has changed
    # All options: %1$s index --help-all

    # The ledger keeps the documents under this name.
    pipeline: %3$s

    # %4$s
    input:
    %5$s
    %6$s
    # Names, by a model that a sample of the documents decides on: drugs and diseases, or people,
    # organizations and places. And terms of yours, a line each: term<TAB>type[<TAB>id].
    extractors: dictionary,ner
    dictionary: %7$s

    # An embedded database, in a file.
    jdbcUrl: %8$s
    # For InterSystems IRIS, these instead, and the password in the variable:
    #jdbcUrl: jdbc:IRIS://localhost:1972/USER
    #jdbcUser: _SYSTEM
    #jdbcPasswordFrom: env:IRIS_PASSWORD
    #createTables: true

    # A page about the graph for the browser, written after each run.
    report: %9$s

    # Where the run takes place follows from the size of the input. To choose it, add
    # %10$s to the command.
    """
        .formatted(
            NextSteps.COMMAND,
            name,
            quoted(name),
            survey.contents(),
            survey.globs().stream().map(StarterFiles::glob).collect(Collectors.joining("\n")),
            columns(),
            quoted(name + "-terms.tsv"),
            quoted("jdbc:h2:./" + name + "-graph"),
            quoted(name + "-report.html"),
            name + "-runner.yaml");
  }

  private static String glob(FolderSurvey.Glob glob) {
    return glob.problem() == null
        ? "  - %s # %s".formatted(quoted(glob.glob()), glob.contents())
        : "  # Left out, %s: %s%n  #- %s"
            .formatted(glob.contents(), ShownText.plain(glob.problem()), quoted(glob.glob()));
  }

  private String columns() {
    CsvGuess csv = survey.csv();
    if (csv == null) {
      return "";
    }
    String delimiter =
        csv.layout().delimiter() == 0
            ? ""
            : "csvDelimiter: %s\n".formatted(quoted(String.valueOf(csv.layout().delimiter())));
    return """

    # By their first rows. The columns are %s.
    csvIdColumn: %s
    csvTextColumn: %s
    %s\
    """
        .formatted(
            ShownText.plain(String.join(", ", csv.columns())),
            quoted(csv.layout().id()),
            quoted(csv.layout().text()),
            delimiter);
  }

  /** In double quotes, as JSON and YAML have them. */
  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}
