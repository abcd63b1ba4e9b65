package org.irisgraph.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.Setting;
import org.irisgraph.options.Settings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The runner of a run whose settings name none. */
class RunnerChoiceTest {

  private static final int WORKERS = Math.max(2, Runtime.getRuntime().availableProcessors());

  private static final KnownOptions KNOWN = new KnownOptions();

  @TempDir private Path corpus;

  private IndexingOptions options(String... namesAndValues) {
    List<Setting> flags = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      flags.add(
          new Setting(
              namesAndValues[i], Setting.Shape.SCALAR, List.of(namesAndValues[i + 1]), "flag"));
    }
    return new Settings(KNOWN, List.of(), flags).toOptions();
  }

  /** Takes no room on the disk. */
  private String input(String name, long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(corpus.resolve(name).toFile(), "rw")) {
      file.setLength(bytes);
    }
    return corpus + "/*";
  }

  @Test
  void takesTheDirectRunnerForASmallInput() throws Exception {
    IndexingOptions options = options("input", input("a.txt", 20_000_000));

    assertThat(
        RunnerChoice.choose(options),
        is(
            Optional.of(
                "runs on the Direct runner, which starts fastest: the input has up to 20 MB and"
                    + " 10,000 documents")));
    assertThat(options.getRunner(), is((Class<?>) DirectRunner.class));
    assertThat(options.as(DirectOptions.class).isEnforceImmutability(), is(false));
    assertThat(options.as(DirectOptions.class).getTargetParallelism(), is(WORKERS));
  }

  @Test
  void givesTheDirectRunnerAWorkerForEachCore() throws Exception {
    IndexingOptions named = options("input", input("a.txt", 10), "runner", "DirectRunner");
    IndexingOptions given =
        options("input", corpus + "/*", "runner", "DirectRunner", "targetParallelism", "7");

    assertThat(RunnerChoice.choose(named), is(Optional.empty()));
    assertThat(RunnerChoice.choose(given), is(Optional.empty()));
    assertThat(named.as(DirectOptions.class).getTargetParallelism(), is(WORKERS));
    assertThat(given.as(DirectOptions.class).getTargetParallelism(), is(7));
  }

  @ParameterizedTest
  @CsvSource({"a.txt, 31000000, about 31 MB", "a.jsonl.gz, 6000000, about 24 MB"})
  void takesFlinkForALargeInput(String name, long bytes, String size) throws Exception {
    IndexingOptions options = options("input", input(name, bytes), "fasterCopy", "false");

    assertThat(RunnerChoice.choose(options).orElseThrow(), endsWith(": the input has " + size));
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    assertThat(options.getRunner(), is((Class<?>) FlinkRunner.class));
    assertThat(flink.getFlinkMaster(), is("[local]"));
    assertThat(flink.isStreaming(), is(true));
    assertThat(flink.getFasterCopy(), is(false));
  }

  /** What is in a compressed file is known within a factor of ten. */
  @ParameterizedTest
  @CsvSource({
    "lines.jsonl, 9000, 11000",
    "lines, 9000, 11000",
    "array.json, 9000, 11000",
    "table.csv, 9000, 11000",
    "lines.jsonl.gz, 1000, 90000",
    "files.zip, 1000, 20000",
  })
  void takesFlinkForManyDocumentsInFewBytes(String name, int few, int many) throws Exception {
    write(corpus.resolve("small").resolve(name), few);
    write(corpus.resolve("large").resolve(name), many);

    IndexingOptions small = options("input", corpus + "/small/*");
    IndexingOptions large = options("input", corpus + "/large/*");

    assertThat(RunnerChoice.choose(small).orElseThrow(), startsWith("runs on the Direct runner"));
    assertThat(
        RunnerChoice.choose(large).orElseThrow(), matchesPattern(".*about [\\d,]+ documents"));
  }

  @ParameterizedTest
  @ValueSource(strings = {".txt", ""})
  @Tag("slow")
  void takesFlinkForManyFiles(String ending) throws Exception {
    for (int i = 0; i <= RunnerChoice.DIRECT_DOCUMENTS; i++) {
      Files.writeString(corpus.resolve(i + ending), "Gout hurts.");
    }

    IndexingOptions options = options("input", corpus + "/*");

    assertThat(
        RunnerChoice.choose(options).orElseThrow(),
        endsWith("the input has about 10,001 documents"));
  }

  /** Each row may be a document. */
  @Test
  void takesFlinkForManyRowsOfASheet() throws Exception {
    IndexingOptions options = options("input", input("a.xlsx", 400_000));

    assertThat(
        RunnerChoice.choose(options).orElseThrow(),
        matchesPattern(".*about 1\\d,\\d{3} documents"));
  }

  private static void write(Path file, int documents) throws IOException {
    Files.createDirectories(file.getParent());
    String name = file.getFileName().toString();
    try (OutputStream stored = new BufferedOutputStream(Files.newOutputStream(file))) {
      if (name.endsWith(".zip")) {
        zip(stored, documents);
        return;
      }
      OutputStream content = name.endsWith(".gz") ? new GZIPOutputStream(stored) : stored;
      if (name.endsWith(".csv")) {
        content.write("id,text\n".getBytes(UTF_8));
      } else if (name.endsWith(".json")) {
        content.write('[');
      }
      for (int i = 0; i < documents; i++) {
        content.write(text(name, i).getBytes(UTF_8));
      }
      if (name.endsWith(".json")) {
        content.write(']');
      }
      content.close();
    }
  }

  private static String text(String name, int i) {
    String text = "Aspirin relieves pain, says note " + Integer.toHexString(i * 0x9E3779B9) + ".";
    if (name.endsWith(".csv")) {
      return i + ",\"" + text + "\"\n";
    }
    String separator = name.endsWith(".json") && i > 0 ? ", " : "";
    return separator + "{\"id\": \"" + i + "\", \"text\": \"" + text + "\"}\n";
  }

  private static void zip(OutputStream stored, int documents) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(stored);
    for (int i = 0; i < documents; i++) {
      zip.putNextEntry(new ZipEntry(i + ".txt"));
      zip.write(text("txt", i).getBytes(UTF_8));
    }
    zip.close();
  }

  @ParameterizedTest
  @CsvSource({
    "jdbcInput, RAG.SourceDocuments, the size of the input is not known",
    "watch, 30s, the input is watched",
    "flinkMaster, machine:8081, flinkMaster is set",
    "llmModel, some-model, a language model is asked",
  })
  void takesFlinkWhereItsWayOfWorkingIsNeeded(String option, String value, String reason)
      throws Exception {
    IndexingOptions options = options(option, value, "input", input("a.txt", 1));

    assertThat(RunnerChoice.choose(options).orElseThrow(), endsWith(": " + reason));
    assertThat(options.getRunner(), is((Class<?>) FlinkRunner.class));
  }

  @Test
  void leavesANamedRunnerAlone() throws Exception {
    IndexingOptions options =
        options("runner", "DirectRunner", "input", input("a.txt", 100_000_000));

    assertThat(RunnerChoice.choose(options), is(Optional.empty()));
    assertThat(options.as(DirectOptions.class).isEnforceImmutability(), is(true));
  }

  @Test
  void replaysOnTheDirectRunner() throws Exception {
    IndexingOptions options = options("input", input("a.txt", 100_000_000));

    RunnerChoice.chooseForReplay(options);

    assertThat(options.getRunner(), is((Class<?>) DirectRunner.class));
    assertThat(options.as(DirectOptions.class).isEnforceImmutability(), is(false));
  }
}
