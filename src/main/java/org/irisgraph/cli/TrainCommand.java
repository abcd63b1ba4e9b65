package org.irisgraph.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.irisgraph.base.Directories;
import org.irisgraph.extract.evaluate.Evaluation;
import org.irisgraph.extract.gold.GoldDocument;
import org.irisgraph.extract.ner.ModelTrainer;
import org.irisgraph.extract.ner.ModelTraits;
import org.irisgraph.extract.ner.NameModel;
import org.irisgraph.extract.ner.NerExtractor;
import org.irisgraph.files.OutputPath;
import org.irisgraph.options.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the model of the extractor {@code ner}. */
@Command(
    name = "train",
    description = {
      "Trains the model of the extractor ner on annotated documents. The same files in the same"
          + " order with the same seed give the same model.",
      "",
      "MODEL_CARD.md, beside the bundled model, names its training documents and arguments."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {"", "Exit code: 0 the model is written, 1 it failed, 2 wrong usage."})
final class TrainCommand implements Callable<Integer> {

  @Option(
      names = "--gold",
      required = true,
      split = ",",
      paramLabel = "FILE",
      description = {
        "Annotated documents: PubTator, columns of tokens and IOB tags, or JSON of DocRED.",
        "A type of which a file marks no name is unknown in this file, rather than absent."
      })
  private List<Path> gold = new ArrayList<>();

  @Option(
      names = "--heldOut",
      split = ",",
      paramLabel = "FILE",
      description = "Annotated documents to evaluate the model on; not used for training.")
  private List<Path> heldOut = new ArrayList<>();

  @Option(
      names = "--types",
      split = ",",
      paramLabel = "TYPE",
      description = "Types of names to train, such as PERSON. Default: all in --gold.")
  private Set<String> types = new LinkedHashSet<>();

  @Option(
      names = "--terms",
      paramLabel = "FILE",
      description =
          "Dictionary whose terms, and their types if it has several, are features of the model.")
  private @Nullable Path terms;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description = {
        "Classes of words that are used alike: a word in lower case and the number of its class, at"
            + " one or more levels of detail, separated by tabs."
      })
  private @Nullable Path classes;

  @Option(
      names = "--properNames",
      description = {
        "The names are those of people, organizations and places: capitals matter, and no name goes"
            + " on over the end of a sentence."
      })
  private boolean properNames;

  @Option(
      names = "--unreported",
      split = ",",
      paramLabel = "TYPE",
      description = {
        "Types that are learned, so that proper names of other types are not mistaken for them, but"
            + " not reported."
      })
  private Set<String> unreported = new LinkedHashSet<>();

  @SuppressWarnings("NullAway.Init") // Set by picocli.
  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "File to write the model to.")
  private Path model;

  @Option(
      names = "--iterations",
      paramLabel = "NUMBER",
      description = "Passes over the documents. Default: ${DEFAULT-VALUE}")
  private int iterations = ModelTrainer.ITERATIONS;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "Seed of the order of the documents. Default: ${DEFAULT-VALUE}")
  private int seed = 1;

  /** Four tags per type and one for other words must fit a byte. */
  private static final int MAX_TYPES = 31;

  @SuppressWarnings("NullAway.Init") // Set by picocli.
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      train();
      return ExitCode.OK;
    } catch (Exception | OutOfMemoryError e) {
      return FailureReport.print(spec.commandLine(), e, false);
    }
  }

  private void train() throws IOException {
    UsageException.throwIf(new OutputPath("--model", model.toString()).problemOfFile());
    List<List<GoldDocument>> corpora = GoldFiles.read(gold, types);
    List<List<GoldDocument>> others = GoldFiles.read(heldOut, types);
    List<GoldDocument> documents = corpora.stream().flatMap(List::stream).toList();
    check(documents);
    Path directory = model.toAbsolutePath().getParent();
    if (directory != null) {
      Directories.create(directory);
    }
    long start = System.nanoTime();
    byte[] trained =
        new ModelTrainer(iterations, seed)
            .train(corpora, terms(), lines("file of classes", classes), traits());
    Files.write(model, trained);
    spec.commandLine()
        .getOut()
        .printf(
            "%s: %d bytes, %d documents, %d s%n",
            model, trained.length, documents.size(), (System.nanoTime() - start) / 1_000_000_000);
    NerExtractor extractor = new NerExtractor(NameModel.read(model.toString(), trained));
    for (int file = 0; file < others.size(); file++) {
      spec.commandLine()
          .getOut()
          .printf(
              "%n%s%n%s",
              heldOut.get(file).getFileName(),
              EvaluateCommand.table(Evaluation.of(extractor, others.get(file))));
    }
    spec.commandLine().getOut().flush();
  }

  private ModelTraits traits() {
    if (!properNames && !unreported.isEmpty()) {
      throw new UsageException("--unreported is for --properNames only");
    }
    return new ModelTraits(properNames, unreported);
  }

  private void check(List<GoldDocument> documents) {
    long types =
        documents.stream()
            .flatMap(document -> document.names().stream())
            .map(GoldDocument.Name::type)
            .distinct()
            .count();
    if (types == 0 || types > MAX_TYPES) {
      throw new UsageException(
          "the documents of --gold mark names of %d types: a model needs 1 to %d"
              .formatted(types, MAX_TYPES));
    }
  }

  private List<String> terms() throws IOException {
    List<String[]> rows =
        lines("dictionary", terms).stream()
            .filter(line -> !line.startsWith("term\t"))
            .map(line -> line.split("\t", -1))
            .toList();
    long typesOfTerms = rows.stream().map(row -> row.length < 2 ? "" : row[1]).distinct().count();
    return rows.stream()
        .map(row -> typesOfTerms < 2 || row.length < 2 ? row[0] : row[0] + "\t" + row[1])
        .toList();
  }

  private static List<String> lines(String what, @Nullable Path file) throws IOException {
    if (file == null) {
      return List.of();
    }
    if (!Files.isRegularFile(file)) {
      throw new UsageException("%s \"%s\" does not exist".formatted(what, file));
    }
    return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
        .filter(line -> !line.isBlank())
        .toList();
  }
}
