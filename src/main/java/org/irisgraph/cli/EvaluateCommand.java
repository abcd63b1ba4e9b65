package org.irisgraph.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.irisgraph.base.Directories;
import org.irisgraph.extract.evaluate.Evaluation;
import org.irisgraph.extract.evaluate.NodeEvaluation;
import org.irisgraph.extract.evaluate.RelationEvaluation;
import org.irisgraph.extract.evaluate.Score;
import org.irisgraph.extract.gold.GoldDocument;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.graph.NodeRule;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.SettingsValidator;
import org.irisgraph.run.ExtractionLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Measures extractors against annotated documents. */
@Command(
    name = "evaluate",
    description = {
      "Compares the extractors with annotated documents by exact span and type: precision, recall"
          + " and F1 of each annotated type and of all. If the documents have relations, also"
          + " compares relationships.",
      "",
      "The types Chemical and Disease of a PubTator file become DRUG and DISEASE. Files and flags"
          + " may also set the options of the groups Extraction and Language model (see index"
          + " --help-all)."
    },
    customSynopsis =
        "iris-graph-indexer evaluate [FILE.yaml...] --extractors=NAMES --gold=FILE [--json=FILE]"
            + " [--nodes]",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {"", "Exit code: 0 success, 1 failure, 2 wrong usage or settings."})
final class EvaluateCommand extends SettingsCommand {

  @SuppressWarnings("NullAway.Init") // Set by picocli.
  @Option(
      names = "--gold",
      required = true,
      paramLabel = "FILE",
      description =
          "Annotated documents: PubTator, columns of tokens and IOB tags, or JSON of DocRED.")
  private Path gold;

  @Option(
      names = "--types",
      split = ",",
      paramLabel = "TYPE",
      description = "Types of names to compare, such as PERSON. Default: all in --gold.")
  private Set<String> types = new LinkedHashSet<>();

  @Option(names = "--json", paramLabel = "FILE", description = "File for the figures, as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--nodes",
      description = {
        "Also compares nodes with the annotated concepts, over pairs of annotated names in"
            + " different documents, and switches each of the nodeRules off once."
      })
  private boolean nodes;

  EvaluateCommand(KnownOptions known) {
    super(known);
  }

  @Override
  int run(IndexingOptions options) throws Exception {
    new SettingsValidator(known(), options).validateExtraction();
    List<GoldDocument> documents = GoldFiles.read(List.of(gold), types).get(0);
    Extractors extractors = ExtractionLoader.loadForGold(options, documents);
    Evaluation evaluation = Evaluation.of(extractors.extractor(), documents);
    if (evaluation.perType().isEmpty()) {
      throw new UsageException(
          "gold file \"%s\" has no annotated names to compare with".formatted(gold));
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
    Optional<NodeEvaluation> shared =
        nodes
            ? Optional.of(
                NodeEvaluation.of(extractors, NodeRule.of(options.getNodeRules()), documents))
            : Optional.empty();
    shared.map(EvaluateCommand::table).ifPresent(out()::print);
    out().flush();
    if (json != null) {
      write(json, evaluation, relations, shared);
    }
    return ExitCode.OK;
  }

  /** The scores as a text table. */
  static String table(Evaluation evaluation) {
    StringBuilder table = new StringBuilder(header("type"));
    evaluation.perType().forEach((type, score) -> table.append(line(type, score)));
    return table.append(line("all", evaluation.micro())).toString();
  }

  /** The scores of nodes: two of the names alone, two with the concepts of the extractors. */
  private static String table(NodeEvaluation nodes) {
    StringBuilder table =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%n%d pairs of names in different documents share a concept; share a node:%n%n"
                    + "%-24s %19s   %19s%n%-24s %9s %9s   %9s %9s%n",
                nodes.baseline().marked(),
                "",
                "by name",
                "with found concepts",
                "nodes",
                "precision",
                "recall",
                "precision",
                "recall"));
    table.append(line("type and lower-case name", nodes.baseline(), nodes.baseline()));
    nodes
        .byName()
        .forEach(
            (rules, byName) ->
                table.append(line(rules, byName, nodes.byConcept().getOrDefault(rules, byName))));
    return table.toString();
  }

  private static String line(String rules, Score byName, Score byConcept) {
    return String.format(
        Locale.ROOT,
        "%-24s %9.4f %9.4f   %9.4f %9.4f%n",
        rules,
        byName.precision(),
        byName.recall(),
        byConcept.precision(),
        byConcept.recall());
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

  private static void write(
      Path json,
      Evaluation evaluation,
      RelationEvaluation relations,
      Optional<NodeEvaluation> nodes)
      throws IOException {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("micro", figures(evaluation.micro()));
    figures.put("perType", figures(evaluation.perType()));
    if (!relations.perType().isEmpty()) {
      figures.put("relations", figures(relations.perType()));
    }
    nodes.ifPresent(
        shared ->
            figures.put(
                "nodes",
                Map.of(
                    "baseline", figures(shared.baseline()),
                    "byName", figures(shared.byName()),
                    "byConcept", figures(shared.byConcept()))));
    Path directory = json.toAbsolutePath().getParent();
    if (directory != null) {
      Directories.create(directory);
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
