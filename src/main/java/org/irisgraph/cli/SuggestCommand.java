package org.irisgraph.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.ChosenNames;
import org.irisgraph.plan.SettingsValidator;
import org.irisgraph.run.ExtractorTrials;
import org.irisgraph.run.ExtractorTrials.FoundType;
import org.irisgraph.run.ExtractorTrials.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Shows which extractor finds what in the input. */
@Command(
    name = "suggest",
    description = {
      "Tries the extractors on a sample of the input: the models of names, the dictionary and the"
          + " patterns that come with this program, and those of the settings. Shows what each"
          + " finds, and the line that selects it in a settings file.",
      "",
      "Nothing is changed, and no language model is asked."
    },
    customSynopsis = "iris-graph-indexer suggest FILE.yaml... [--option=value...] [--json]",
    mixinStandardHelpOptions = true,
    versionProvider = Indexer.Version.class,
    footer = {"", "Exit code: 0 success, 1 failure, 2 wrong usage or settings."})
final class SuggestCommand extends SettingsCommand {

  @Option(names = "--json", description = "Writes a JSON object.")
  private boolean json;

  private final List<Trial> trials = new ArrayList<>();

  SuggestCommand(KnownOptions known) {
    super(known);
  }

  @Override
  int run(IndexingOptions options) throws Exception {
    new SettingsValidator(known(), options).validateReading();
    ExtractorTrials sample = ExtractorTrials.of(options);
    if (sample.documents() == 0) {
      throw new UsageException("no document of the input can be read: see check");
    }
    sample.run(this::add);
    ChosenNames choice = sample.choice();
    if (json) {
      Map<String, Object> suggestion = new LinkedHashMap<>();
      suggestion.put("documents", sample.documents());
      suggestion.put("trials", trials);
      suggestion.put("names", choice);
      out().println(DatabaseCommand.json(suggestion));
    } else {
      out().printf("without names, a first run takes %s%n", choice);
    }
    out().flush();
    return ExitCode.OK;
  }

  private void add(Trial trial) {
    trials.add(trial);
    if (!json) {
      print(trial);
    }
  }

  private void print(Trial trial) {
    out().printf("%s: %s%n", trial.option(), ShownText.plain(trial.value()));
    out()
        .printf(
            Locale.ROOT,
            "  %.1f entities per document; nothing found in %d of %s%n",
            (double) trial.entities() / trial.documents(),
            trial.withoutEntity(),
            ShownText.count(trial.documents(), "document"));
    for (FoundType type : trial.types()) {
      out()
          .printf(
              Locale.ROOT,
              "  %,6d %s: %s%n",
              type.entities(),
              ShownText.plain(type.type()),
              type.examples().stream().map(ShownText::plain).collect(Collectors.joining(", ")));
    }
    out().println();
    out().flush();
  }
}
