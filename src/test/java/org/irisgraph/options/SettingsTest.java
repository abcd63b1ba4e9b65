package org.irisgraph.options;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.document.format.InputFormat;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.options.Setting.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  private static final KnownOptions KNOWN = new KnownOptions();

  @Test
  void letsLaterFilesAndThenFlagsWin() {
    IndexingOptions options =
        new Settings(
                KNOWN,
                List.of(
                    file("first.yaml", "batchRows", "1", "schema", "A", "writers", "2"),
                    file("second.yaml", "batchRows", "2", "schema", "B")),
                List.of(flag("batchRows", "3")))
            .toOptions();

    assertThat(options.getBatchRows(), is(3));
    assertThat(options.getSchema(), is("B"));
    assertThat(options.getWriters(), is(2));
  }

  @Test
  void hasTheSameOptionsWithoutAPipeline() {
    Settings settings =
        new Settings(
            KNOWN,
            List.of(file("jobs/corpus.yaml", "schema", "A", "inputFormat", "jsonl")),
            List.of(flag("batchRows", "3")));

    IndexingOptions options = settings.toOptionsWithoutPipeline();

    IndexingOptions same = settings.toOptions();
    for (OptionDeclaration option : KNOWN.ours()) {
      assertThat(option.name(), option.get(options), is(option.get(same)));
    }
    assertThat(
        options.as(GivenSettings.class).getGivenNames(),
        is(same.as(GivenSettings.class).getGivenNames()));
    assertThat(options.as(FlinkPipelineOptions.class).getParallelism(), is(-1));
    assertThat(options.getTempLocation(), is(nullValue()));
  }

  @Test
  void hasOptionsOfRunnersWithoutAPipeline() {
    IndexingOptions options =
        new Settings(KNOWN, List.of(), List.of(flag("parallelism", "7")))
            .toOptionsWithoutPipeline();

    assertThat(options.as(FlinkPipelineOptions.class).getParallelism(), is(7));
  }

  @Test
  void knowsTheOptionsThatBeamRegisters() {
    PipelineOptionsFactory.register(IndexingOptions.class);

    for (Class<?> registered : PipelineOptionsFactory.getRegisteredOptions()) {
      for (Method method : registered.getMethods()) {
        if (!method.isAnnotationPresent(JsonIgnore.class)) {
          OptionDeclaration.of(method)
              .ifPresent(option -> assertThat(KNOWN.find(option.name()).isPresent(), is(true)));
        }
      }
    }
  }

  @Test
  void givesAnOptionItsDefaultBackByAnEmptyValue() {
    SettingsFile second =
        new SettingsFile(
            Path.of("second.yaml"), List.of(new Setting("schema", Shape.EMPTY, List.of(), "")));

    IndexingOptions options =
        new Settings(KNOWN, List.of(file("first.yaml", "schema", "A"), second), List.of())
            .toOptions();

    assertThat(options.getSchema(), is("RAG"));
  }

  @Test
  void namesThePipelineAfterTheFirstFile() {
    List<SettingsFile> files = List.of(file("jobs/corpus.yaml"), file("runner/direct.yaml"));

    assertThat(new Settings(KNOWN, files, List.of()).toOptions().getPipeline(), is("corpus"));
    assertThat(
        new Settings(KNOWN, files, List.of(flag("pipeline", "other"))).toOptions().getPipeline(),
        is("other"));
    assertThat(of().getPipeline(), is("default"));
  }

  @Test
  void namesNoPipelineAfterTheFileOfARunner() {
    SettingsFile runner = file("flink-local.yaml", "flinkMaster", "[local]", "writers", "2");

    IndexingOptions unnamed = new Settings(KNOWN, List.of(runner), List.of()).toOptions();
    IndexingOptions named =
        new Settings(KNOWN, List.of(runner), List.of(flag("pipeline", "default"))).toOptions();

    assertThat(unnamed.getPipeline(), is("default"));
    assertThat(
        unnamed.as(GivenSettings.class).getFormerPipelines(),
        contains("flink-local", "direct", "flink-cluster"));
    assertThat(named.as(GivenSettings.class).getFormerPipelines(), is(List.of()));
    assertThat(
        new Settings(KNOWN, List.of(runner, file("corpus.yaml", "schema", "A")), List.of())
            .toOptions()
            .getPipeline(),
        is("corpus"));
  }

  @Test
  void namesThePipelineAfterAFileWithARunnerThatSaysWhatToIndex() {
    SettingsFile whole = file("articles.yaml", "flinkMaster", "[local]", "dictionary", "a.tsv");

    assertThat(
        new Settings(KNOWN, List.of(whole), List.of()).toOptions().getPipeline(), is("articles"));
  }

  @Test
  void readsEachTypeOfOption() {
    IndexingOptions options =
        of(
            flag("inputFormat", "jats"),
            flag("onBadRow", "reject-document"),
            flag("createTables", "True"),
            flag("maxRejectedShare", "0.25"),
            flag("maxBatchBytes", "4_000_000"),
            flag("maxBufferingMillis", "10"),
            flag("jdbcUser", "_SYSTEM"));

    assertThat(options.getInputFormat(), is(InputFormat.JATS));
    assertThat(options.getOnBadRow(), is(OnBadRow.REJECT_DOCUMENT));
    assertThat(options.getCreateTables(), is(true));
    assertThat(options.getMaxRejectedShare(), is(0.25));
    assertThat(options.getMaxBatchBytes(), is(4_000_000));
    assertThat(options.getMaxBufferingMillis(), is(10L));
    assertThat(options.getJdbcUser(), is("_SYSTEM"));
  }

  @Test
  void splitsAListAtCommasButNotInsideAlternatives() {
    assertThat(
        of(flag("input", "a/*.{xml,nxml}, b/**")).getInput(), contains("a/*.{xml,nxml}", "b/**"));
    assertThat(of(flag("input", "a", "b,c")).getInput(), contains("a", "b", "c"));
    assertThat(
        of(new Setting("input", Shape.LIST, List.of("a,b", "c"), "")).getInput(),
        contains("a,b", "c"));
  }

  @Test
  void passesTheRunnersOptionsOn() {
    IndexingOptions options =
        of(
            flag("runner", "FlinkRunner"),
            flag("parallelism", "2"),
            flag("flinkMaster", "[local]"),
            flag("targetParallelism", "3"),
            new Setting("filesToStage", Shape.LIST, List.of("a.jar", "b.jar"), ""));

    assertThat(options.getRunner() == FlinkRunner.class, is(true));
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    assertThat(flink.getParallelism(), is(2));
    assertThat(flink.getFlinkMaster(), is("[local]"));
    assertThat(flink.getFilesToStage(), contains("a.jar", "b.jar"));
    assertThat(options.as(DirectOptions.class).getTargetParallelism(), is(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batchRows | many | batchRows must be a whole number, not \"many\"",
        "batchRows | 1.5 | batchRows must be a whole number, not \"1.5\"",
        "batchRows | 99999999999 | batchRows must be between 1 and 10000",
        "maxRejectedShare | half | maxRejectedShare must be a number, not \"half\"",
        "maxRejectedShare | NaN | maxRejectedShare must be a number, not \"NaN\"",
        "createTables | yes | createTables must be true or false, not \"yes\"",
        "storageMode | BATCH | storageMode must be one of batch, individual, not \"BATCH\"",
        "reindex | none | reindex must be one of changed, all, not \"none\"",
        "parallelism | two | parallelism must be a whole number, not \"two\"",
        "streaming | maybe | streaming must be true or false, not \"maybe\"",
      })
  void saysWhatIsAllowed(String option, String value, String problem) {
    assertThat(problemsOf(flag(option, value)), contains(problem));
  }

  @Test
  void namesTheRunnersThereAre() {
    assertThat(
        problemsOf(flag("runner", "SparkRunner")),
        contains(startsWith("runner: Unknown 'runner' specified 'SparkRunner', supported")));
  }

  @Test
  void takesOneValueForAnOptionThatIsNoList() {
    assertThat(
        problemsOf(new Setting("flinkMaster", Shape.LIST, List.of("local"), "f.yaml:1")),
        contains("f.yaml:1: flinkMaster takes one value; quote a text that begins with ["));
    assertThat(
        problemsOf(new Setting("schema", Shape.MAP, List.of("{}"), "f.yaml:1")),
        contains("f.yaml:1: schema takes one value"));
  }

  @ParameterizedTest
  @CsvSource({
    "batchRow,batchRows",
    "batch_rows,batchRows",
    "inputs,input",
    "paralelism,parallelism",
    "jdbcURL,jdbcUrl",
    "deadLetter,deadLetters"
  })
  void namesTheNearestKnownOption(String wrong, String nearest) {
    assertThat(
        problemsOf(new Setting(wrong, Shape.SCALAR, List.of("x"), "pipelines/x.yaml:3")),
        contains(
            "pipelines/x.yaml:3: unknown option \"%s\"; did you mean \"%s\"?"
                .formatted(wrong, nearest)));
  }

  @ParameterizedTest
  @CsvSource({"password", "jdbcPassword", "PASSWORD"})
  void saysWhereAPasswordBelongsWithoutRepeatingIt(String name) {
    List<String> problems = problemsOf(flag(name, "hunter2"));

    assertThat(problems.get(0), containsString("jdbcPasswordFrom=env:NAME or file:PATH"));
    assertThat(problems.get(0), not(containsString("hunter2")));
  }

  @Test
  void tellsAllProblemsAtOnce() {
    assertThat(
        problemsOf(flag("batchRow", "1"), flag("reindex", "no"), flag("writers", "4")),
        contains(
            "unknown option \"batchRow\"; did you mean \"batchRows\"?",
            "reindex must be one of changed, all, not \"no\""));
  }

  private static IndexingOptions of(Setting... flags) {
    return new Settings(KNOWN, List.of(), List.of(flags)).toOptions();
  }

  private static List<String> problemsOf(Setting... flags) {
    return assertThrows(UsageException.class, () -> of(flags)).problems();
  }

  private static Setting flag(String name, String... values) {
    return Setting.flag(name, Arrays.asList(values));
  }

  private static SettingsFile file(String path, String... namesAndValues) {
    List<Setting> settings = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.add(
          new Setting(
              namesAndValues[i], Shape.SCALAR, List.of(namesAndValues[i + 1]), path + ":" + i));
    }
    return new SettingsFile(Path.of(path), settings);
  }
}
