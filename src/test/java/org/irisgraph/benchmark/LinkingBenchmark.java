package org.irisgraph.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.iris.TestTarget;

/**
 * What the linked graph costs: whole runs of the command line as in {@link GrowthBenchmark}, with
 * each setting of {@code linkEntities} in turns: into empty tables, unchanged, and with one changed
 * document.
 */
public final class LinkingBenchmark {

  private static final List<String> SETTINGS = List.of("none", "nodes", "same_as");

  private LinkingBenchmark() {}

  /** Takes the number of repetitions and of documents. */
  public static void main(String[] arguments) throws Exception {
    int repetitions = Integer.parseInt(arguments[0]);
    int documents = Integer.parseInt(arguments[1]);
    Path directory = Path.of("target/benchmark/linking");
    GrowthCorpus corpus = GrowthCorpus.in(directory);
    CommandLineRuns runs = new CommandLineRuns(directory);
    Path input = corpus.write(documents);
    List<String> lines = Files.readAllLines(input);
    Map<String, double[][]> seconds = new LinkedHashMap<>();
    SETTINGS.forEach(setting -> seconds.put(setting, new double[3][repetitions]));
    try (TestTarget postgres = TestTarget.postgres()) {
      RunDatabase database = RunDatabase.postgres(postgres);
      for (int i = 0; i < repetitions; i++) {
        for (String setting : SETTINGS) {
          List<String> options = new ArrayList<>();
          options.addAll(List.of("runner-configs/flink-local.yaml", "--pipeline=linking"));
          options.addAll(List.of("--input=" + input, "--dictionary=" + corpus.dictionary()));
          options.add("--linkEntities=" + setting);
          options.addAll(database.options());
          double[][] times = seconds.get(setting);
          database.clear();
          Files.write(input, lines);
          times[0][i] = runs.seconds(options);
          runs.expect("indexed", documents);
          times[1][i] = runs.seconds(options);
          runs.expect("unchanged", documents);
          List<String> changed = new ArrayList<>(lines);
          changed.set(
              documents / 2, lines.get(documents / 2).replaceFirst("\"text\":\"", "$0New. "));
          Files.write(input, changed);
          times[2][i] = runs.seconds(options);
          runs.expect("indexed", 1);
          System.err.printf(
              "%s: %.1f s, unchanged %.1f s, one changed %.1f s%n",
              setting, times[0][i], times[1][i], times[2][i]);
        }
      }
    }
    Files.delete(input);
    System.out.printf("%n%s", table(documents, seconds));
  }

  private static String table(int documents, Map<String, double[][]> seconds) {
    StringBuilder table = new StringBuilder();
    table.append(
        "| `linkEntities` | first run of %,d documents | unchanged | one changed |%n"
            .formatted(documents));
    table.append("|---|---|---|---|%n".formatted());
    double[][] none = seconds.get(SETTINGS.get(0));
    seconds.forEach(
        (setting, times) -> {
          table.append("| `%s` |".formatted(setting));
          for (int i = 0; i < times.length; i++) {
            double median = Median.of(times[i]);
            table.append(" %.2f s (%.2f) |".formatted(median, median / Median.of(none[i])));
          }
          table.append("%n".formatted());
        });
    return table.toString();
  }
}
