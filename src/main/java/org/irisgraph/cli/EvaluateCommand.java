package org.irisgraph.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.irisgraph.extract.evaluate.Evaluation;
import org.irisgraph.extract.evaluate.RelationEvaluation;
import org.irisgraph.extract.evaluate.Score;
import org.irisgraph.extract.gold.GoldDocument;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.ExtractionPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Tells how well extractors find what people have marked. */
@Command(
    name = "evaluate",
    description = {
      "Compares what the extractors find with what people have marked, by exact span and type:"
          + " precision, recall and F1 of each type that is marked, and of all together. Where"
          + " relations are marked, too, relationships are compared with them.",
      "",
      "The types Chemical and Disease of a PubTator file are DRUG and DISEASE."
    },
    customSynopsis =
        "iris-graph-indexer evaluate [FILE.yaml...] --extractors=NAMES --gold=FILE [--json=FILE]",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {"", "Exit code: 0 it was measured, 1 it failed, 2 wrong usage or settings."})
final class EvaluateCommand extends SettingsCommand {

  @Option(
      names = "--gold",
      required = true,
      paramLabel = "FILE",
      description = "Documents with marked names, in the format of PubTator.")
  private Path gold;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures here, as JSON.")
  private Path json;

  EvaluateCommand(KnownOptions known) {
    super(known);
  }

  @Override
  int run(IndexingOptions options) throws Exception {
    List<GoldDocument> documents = GoldFiles.read(List.of(gold));
    Extractors extractors =
        ExtractionPlan.loadFor(options, documents.stream().map(GoldDocument::toDocument).toList());
    Evaluation evaluation = Evaluation.of(extractors.extractor(), documents);
    if (evaluation.perType().isEmpty()) {
      throw new UsageException(
          "gold file \"%s\" has no marked names: there is nothing to compare with".formatted(gold));
    }
    out()
        .printf(
            Locale.ROOT,
            "%d documents of %s, exact spans%n%n",
            documents.size(),
            gold.getFileName());
    out().print(table(evaluation));
    RelationEvaluation relations = RelationEvaluation.of(extractors, documents);
    if (!relations.perType().isEmpty()) {
      out().printf("%n%s", header("relation"));
      relations.perType().forEach((type, score) -> out().print(line(type, score)));
    }
    out().flush();
    if (json != null) {
      write(evaluation, relations);
    }
    return ExitCode.OK;
  }

  /** As people read it. */
  static String table(Evaluation evaluation) {
    StringBuilder table = new StringBuilder(header("type"));
    evaluation.perType().forEach((type, score) -> table.append(line(type, score)));
    return table.append(line("all", evaluation.micro())).toString();
  }

  private static String header(String what) {
    return "%-14s %9s %9s %9s %9s %9s%n"
        .formatted(what, "precision", "recall", "F1", "marked", "found");
  }

  private static String line(String name, Score score) {
    return String.format(
        Locale.ROOT,
        "%-14s %9.4f %9.4f %9.4f %9d %9d%n",
        name,
        score.precision(),
        score.recall(),
        score.f1(),
        score.marked(),
        score.found());
  }

  private void write(Evaluation evaluation, RelationEvaluation relations) throws IOException {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("micro", figures(evaluation.micro()));
    figures.put("perType", figures(evaluation.perType()));
    if (!relations.perType().isEmpty()) {
      figures.put("relations", figures(relations.perType()));
    }
    if (json.toAbsolutePath().getParent() != null) {
      Files.createDirectories(json.toAbsolutePath().getParent());
    }
    Files.writeString(
        json,
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures) + "\n");
  }

  private static Map<String, Object> figures(Map<String, Score> scores) {
    Map<String, Object> figures = new LinkedHashMap<>();
    scores.forEach((type, score) -> figures.put(type, figures(score)));
    return figures;
  }

  private static Map<String, Double> figures(Score score) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("precision", score.precision());
    figures.put("recall", score.recall());
    figures.put("f1", score.f1());
    return figures;
  }
}
