package org.irisgraph.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.iris.spec.LongText;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.jdbc.IrisIsolation;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.options.OptionDeclaration;
import org.irisgraph.options.PassageStrategy;
import org.irisgraph.options.Range;
import org.irisgraph.options.UsageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsValidatorTest {

  private static final KnownOptions KNOWN = new KnownOptions();

  @TempDir private Path directory;
  private final IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);

  @BeforeEach
  void makeTheOptionsGood() throws Exception {
    Files.createDirectories(directory.resolve("corpus/year"));
    Files.writeString(directory.resolve("corpus/year/one.txt"), "Asthma.");
    options.setInput(List.of(directory + "/corpus/**"));
    options.setDictionary(Files.writeString(directory.resolve("terms.tsv"), "a\tb\n").toString());
  }

  @Test
  void isContentWithGoodOptions() {
    new SettingsValidator(KNOWN, options).validate();
  }

  @Test
  void saysTheRangeOfANumber() {
    options.setBatchRows(0);
    options.setMaxRejectedShare(1.5);

    assertThat(
        problems(),
        contains(
            "batchRows must be between 1 and 10000", "maxRejectedShare must be between 0 and 1"));
  }

  @Test
  void refusesPassagesOfDocumentsInPlaceAndAnOverlapOfWholePassages() {
    options.setPassageOverlap(1000);
    new SettingsValidator(KNOWN, options).validate();

    options.setPassages(PassageStrategy.SENTENCES);
    options.setInput(List.of());
    options.setJdbcInput("RAG.SourceDocuments");

    assertThat(
        problems(),
        contains(
            is("passageOverlap must be less than passageSize, not 1000 and 1000"),
            startsWith("passages=sentences is for documents that the run stores")));
  }

  @Test
  void refusesWhatIsNoNumber() {
    options.setMaxRejectedShare(Double.NaN);

    assertThat(problems(), contains("maxRejectedShare must be between 0 and 1"));
  }

  private static List<OptionDeclaration> ranged() {
    return KNOWN.ours().stream().filter(option -> option.range().isPresent()).toList();
  }

  @ParameterizedTest
  @MethodSource("ranged")
  void refusesANumberJustOutsideItsRange(OptionDeclaration option) {
    Range range = option.range().orElseThrow();
    for (double outside : new double[] {range.min() - 1, range.max() + 1}) {
      String flag =
          "--%s=%s".formatted(option.name(), new BigDecimal(outside).toBigInteger().toString());
      IndexingOptions wrong = PipelineOptionsFactory.fromArgs(flag).as(IndexingOptions.class);
      wrong.setInput(options.getInput());
      wrong.setDictionary(options.getDictionary());

      assertThat(flag, problems(wrong), hasItem(option.outsideRange(range)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FeatureOption", "=1", ""})
  void takesPropertiesOfTheDriverWithNameAndValueOnly(String item) {
    options.setJdbcProperties(List.of(item));

    assertThat(
        problems(), contains("jdbcProperties must be name=value, not \"%s\"".formatted(item)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256})
  void refusesAPipelineNameThatTheLedgerCannotHold(int length) {
    options.setPipeline("n".repeat(length));

    assertThat(problems(), contains("pipeline must have 1 to 255 characters"));
  }

  @Test
  void namesAnExtractorThatIsThereTwice() {
    options.setExtractors(List.of("dictionary", "dictionary"));

    assertThat(problems(), contains("extractors must not name \"dictionary\" twice"));
  }

  @Test
  void namesTheFilesOfExtractionThatCannotBeRead() {
    options.setNameModel(directory + "/absent.bin");
    options.setRelationPatterns(directory.toString());
    options.setLlmPrompt(directory + "/absent.txt");

    assertThat(
        problems(),
        contains(
            "nameModel file \"%s/absent.bin\" does not exist".formatted(directory),
            "relationPatterns \"%s\" is a directory, not a file".formatted(directory),
            "llmPrompt file \"%s/absent.txt\" does not exist".formatted(directory)));
  }

  @Test
  void estimatesForIndexAlone() {
    options.setExtractors(List.of("llm"));
    options.setLlmUrl("http://localhost:11434/v1");
    options.setLlmModel("model");
    options.setEstimateOnly(true);

    new SettingsValidator(KNOWN, options).validate();
    assertThat(
        assertThrows(
                UsageException.class,
                () -> new SettingsValidator(KNOWN, options).validateExtraction())
            .problems(),
        contains("estimateOnly is for the command index"));
  }

  @Test
  void defersIndexesInThisJvmAlone() {
    options.setJdbcUrl("jdbc:IRIS://localhost:1972/USER");
    options.setWriteMode(WriteMode.INSERT);
    options.setDeferIndexes(true);
    options.setRunner(FlinkRunner.class);
    options.as(FlinkPipelineOptions.class).setFlinkMaster("cluster:8081");

    assertThat(
        problems(),
        contains(
            "deferIndexes is for runs in this JVM: a job on a cluster may outlive the run that is"
                + " to build the indexes"));
  }

  @Test
  void linksNoEntitiesWithoutIndexes() {
    options.setJdbcUrl("jdbc:IRIS://localhost:1972/USER");
    options.setWriteMode(WriteMode.INSERT);
    options.setDeferIndexes(true);
    options.setLinkEntities(LinkEntities.NODES);

    assertThat(
        problems(),
        contains(
            "linkEntities=nodes cannot be combined with deferIndexes or irisHints=nocheck: the"
                + " nodes of entities are looked up while documents are stored"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"password=secret", "trustStorePassword = secret", "Password:secret"})
  void takesNoPasswordAmongTheDriversProperties(String item) {
    options.setJdbcProperties(List.of("FeatureOption=0", item));

    assertThat(
        problems(),
        contains(
            "jdbcProperties must not hold a password: use jdbcPasswordFrom=env:NAME or file:PATH"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ";;|csvDelimiter must be one character, or \\t for a tab, not \";;\"",
        "§|csvDelimiter must be an ASCII character, neither a quote nor the end of a line",
        "\"|csvDelimiter must be an ASCII character, neither a quote nor the end of a line",
      })
  void refusesWhatCannotStandBetweenFields(String delimiter, String problem) {
    options.setCsvDelimiter(delimiter);

    assertThat(problems(), contains(problem));
  }

  @Test
  void takesATabByItsUsualName() {
    options.setCsvDelimiter("\\t");

    new SettingsValidator(KNOWN, options).validate();
  }

  @Test
  void refusesAnEncodingThatJavaDoesNotKnow() {
    options.setEncoding("latin-9000");

    assertThat(
        problems(),
        contains(
            "encoding \"latin-9000\" is not known; write it as in windows-1252, ISO-8859-15,"
                + " UTF-16LE, GB18030 or Shift_JIS"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "seed=7|it is not JSON",
        "[7]|it is not a JSON object",
        "{\"model\": \"another\"}|it must not have \"model\"",
      })
  void refusesFurtherFieldsThatCannotBeSent(String json, String problem) {
    options.setExtractors(List.of("llm"));
    options.setLlmUrl("http://localhost:11434/v1");
    options.setLlmModel("model");
    options.setLlmExtraBody(json);

    assertThat(
        problems(),
        contains(
            "llmExtraBody must be a JSON object with further fields of a request: " + problem));
  }

  @Test
  void wantsIdAndTextInColumnsOfTheirOwn() {
    options.setCsvIdColumn("text");

    assertThat(
        problems(),
        contains("csvIdColumn and csvTextColumn must be different columns, not both \"text\""));
  }

  @Test
  void needsOneWriterToReadUncommittedRowsOfIris() {
    options.setJdbcUrl("jdbc:h2:mem:graph");
    options.setIrisIsolation(IrisIsolation.READ_UNCOMMITTED);
    options.setWriters(2);

    assertThat(
        problems(),
        contains(
            startsWith("irisIsolation=readUncommitted needs writers=1"),
            is("irisIsolation is for a jdbcUrl that begins with jdbc:IRIS:")));
  }

  @Test
  void takesHintsForIrisAlone() {
    options.setWriteMode(WriteMode.INSERT);
    options.setIrisHints(List.of("nolock", "nocheck"));
    options.setDeferIndexes(true);
    options.setIrisLongText(LongText.STRING);

    assertThat(
        problems(),
        contains(
            "irisHints are for a jdbcUrl that begins with jdbc:IRIS:",
            "deferIndexes is for a jdbcUrl that begins with jdbc:IRIS:",
            "irisLongText=string is for a jdbcUrl that begins with jdbc:IRIS:"));

    options.setJdbcUrl("jdbc:IRIS://localhost:1972/USER");
    new SettingsValidator(KNOWN, options).validate();
  }

  @Test
  void refusesAPipelineNameThatNoKeyOfIrisHolds() {
    options.setPipeline("\u4e2d".repeat(134));

    assertThat(problems(), contains("pipeline must have at most 400 bytes in UTF-8"));
  }

  @Test
  void refusesUpsertsThatCannotFindTheirRows() {
    options.setJdbcUrl("jdbc:IRIS://localhost:1972/USER");
    options.setIrisHints(List.of("nolock", "nocheck", "NOJOURN"));
    options.setDeferIndexes(true);

    assertThat(
        problems(),
        contains(
            "irisHints must be of nolock, nocheck, not \"NOJOURN\"",
            "irisHints=nocheck needs writeMode=insert: it would turn off the update of an upsert",
            "deferIndexes needs writeMode=insert: an upsert finds rows by the indexes that are left"
                + " out"));
  }

  @Test
  void takesTheEndsOfARange() {
    options.setBatchRows(10_000);
    options.setMaxRejectedShare(1);
    options.setRetrySeconds(0);

    new SettingsValidator(KNOWN, options).validate();
  }

  @Test
  void asksForInput() {
    options.setInput(null);

    assertThat(
        problems(),
        contains(
            "input is not set: name the files to read, as in --input=corpus/**.xml, or a table with"
                + " --jdbcInput=RAG.SourceDocuments"));
  }

  @Test
  void namesEachGlobWithoutAFile() {
    options.setInput(
        List.of(directory + "/corpus/**", directory + "/*.xml", directory + "/absent/one.txt"));

    assertThat(
        problems(),
        contains(
            "no file matches input \"" + directory + "/*.xml\"",
            "no file matches input \"" + directory + "/absent/one.txt\""));
  }

  @Test
  void wantsTheBaseOfIdsAboveAllInput() throws Exception {
    Files.createDirectories(directory.resolve("corpus/news"));
    Files.createFile(directory.resolve("corpus/news/a.txt"));
    Files.createFile(directory.resolve("b.txt"));
    options.setInput(List.of(directory + "/corpus/news/*", directory + "/**.txt"));
    options.setInputBase(directory + "/corpus");

    assertThat(
        problems(),
        contains(
            startsWith(
                "input \"" + directory + "/**.txt\" reaches beyond inputBase \"" + directory)));
  }

  @Test
  void saysHowADirectoryIsRead() {
    options.setInput(List.of(directory + "/corpus/"));

    assertThat(
        problems(),
        contains(
            "input \"%1$s/corpus/\" is a directory; write \"%1$s/corpus/**\" for all files below it"
                .formatted(directory)));
  }

  @Test
  void namesAFileSystemThatIsNotThere() {
    options.setInput(List.of("gs-unknown://bucket/*.txt"));

    assertThat(problems().get(0), containsString("gs-unknown"));
  }

  @Test
  void asksForTheDictionaryThatTheExtractorsNeed() {
    options.setDictionary(null);
    options.setExtractors(List.of("dictionary", "pattern"));

    assertThat(
        problems(),
        contains(
            "dictionary is not set, but extractors has dictionary: name its file with --dictionary",
            "patterns is not set, but extractors has pattern: name its file with --patterns"));
  }

  @Test
  void namesTheDictionaryThatDoesNotExist() {
    options.setDictionary(directory + "/absent.tsv");

    assertThat(
        problems(), contains("dictionary file \"" + directory + "/absent.tsv\" does not exist"));
  }

  @Test
  void asksForSomethingToExtractWith() {
    options.setExtractors(List.of());

    assertThat(
        problems(),
        contains("nothing to extract with: set dictionary or patterns, or extractors=ner"));
  }

  @Test
  void namesTheExtractorsThereAre() {
    options.setExtractors(List.of("dictionary", "oracle"));

    assertThat(
        problems(),
        contains(
            "extractors must be of dictionary, pattern, ner, opennlp, onnx, llm, not \"oracle\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1A", "A.B", "A;DROP", "Ä", "_A"})
  void takesPlainNamesAsSchemaOnly(String schema) {
    options.setSchema(schema);
    options.setLedgerSchema("Ledger_1");

    assertThat(
        problems(),
        contains("schema must be a letter, then letters, digits or _, not \"" + schema + "\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:iris://h:1972/USER"
            + " | jdbcUrl must begin with jdbc:IRIS:, in exactly these letters,"
            + " not \"jdbc:iris://h:1972/USER\"",
        "jdbc:mysql://h/x"
            + " | jdbcUrl must begin with one of jdbc:h2:, jdbc:IRIS:, jdbc:postgresql:,"
            + " not \"jdbc:mysql://h/x\"",
      })
  void namesTheDatabasesThereAre(String url, String problem) {
    options.setJdbcUrl(url);

    assertThat(problems(), contains(problem));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:./graph;USER=sa;PASSWORD=hunter2",
        "jdbc:postgresql://h/x?user=u&password=hunter2",
        "jdbc:postgresql://user:hunter2@h/x"
      })
  void refusesAPasswordInTheUrlWithoutRepeatingIt(String url) {
    options.setJdbcUrl(url);

    assertThat(problems().get(0), containsString("jdbcUrl must not contain a password"));
    assertThat(problems().get(0), not(containsString("hunter2")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:tcp://localhost:9092/~/graph",
        "jdbc:IRIS://localhost:1972/USER",
        "jdbc:postgresql://localhost:5432/graph?user=me",
        "jdbc:h2:./graph;DB_CLOSE_ON_EXIT=FALSE"
      })
  void takesUrlsWithoutAPassword(String url) {
    options.setJdbcUrl(url);

    new SettingsValidator(KNOWN, options).validate();
  }

  @Test
  void refusesAPasswordInThePlaceOfItsReference() {
    options.setJdbcPasswordFrom("hunter2");

    assertThat(problems(), contains("jdbcPasswordFrom must be env:NAME or file:PATH"));
  }

  @Test
  void namesThePasswordVariableThatIsNotSet() {
    options.setJdbcPasswordFrom("env:SURELY_NOT_SET");

    assertThat(
        problems(), contains("jdbcPasswordFrom: environment variable SURELY_NOT_SET is not set"));
  }

  @Test
  void findsAtOnceThatTheOutputCannotBeWritten() {
    options.setSummary(directory.toString());
    options.setDeadLetters(directory + "/terms.tsv");

    assertThat(
        problems(),
        contains(
            "summary \"" + directory + "\" is a directory, not a file: name a file",
            "deadLetters \""
                + directory
                + "/terms.tsv\" is a file, not a directory: name another place"));
  }

  @Test
  void findsAtOnceThatAFileStandsWhereADirectoryIsNeeded() {
    String file = directory + "/terms.tsv";
    options.setSummary(file + "/reports/summary.json");
    options.setDeadLetters(file + "/letters");
    options.setJdbcUrl("jdbc:h2:" + file + "/graph;DB_CLOSE_ON_EXIT=FALSE");

    assertThat(
        problems(),
        contains(
            "summary \"%1$s/reports/summary.json\": \"%1$s\" is a file, not a directory: name another place"
                .formatted(file),
            "deadLetters \"%1$s/letters\": \"%1$s\" is a file, not a directory: name another place"
                .formatted(file),
            "jdbcUrl \"%1$s/graph.mv.db\": \"%1$s\" is a file, not a directory: name another place"
                .formatted(file)));
  }

  @Test
  void findsAtOnceThatAnEmbeddedDatabaseCannotBeWritten() {
    String file = directory + "/terms.tsv";
    options.setJdbcUrl("jdbc:h2:" + file + "/graph");
    SettingsValidator validator = new SettingsValidator(KNOWN, options);

    UsageException problem =
        assertThrows(UsageException.class, validator::validateWritableDatabase);

    assertThat(
        problem.problems(),
        contains(
            "jdbcUrl \"%1$s/graph.mv.db\": \"%1$s\" is a file, not a directory: name another place"
                .formatted(file)));
  }

  @Test
  void writesToAnH2FileWithOneConnection() {
    options.setWriters(2);

    assertThat(problems().get(0), startsWith("writers must be 1 for an H2 database in a file"));

    options.setJdbcUrl("jdbc:h2:mem:graph");
    new SettingsValidator(KNOWN, options).validate();
  }

  @Test
  void tellsAllProblemsAtOnce() {
    options.setPipeline(" ");
    options.setBatchRows(10_001);
    options.setSchema("1");
    options.setLedgerSchema("2");

    assertThat(problems().size(), is(4));
  }

  @ParameterizedTest
  @CsvSource({"s3, s3", "gs, gcs", "hdfs, hdfs"})
  void saysWhichProfileBuildsAFileSystemIn(String scheme, String profile) {
    options.setInput(List.of(scheme + "://bucket/corpus/**.xml"));
    options.setDictionary(scheme + "://bucket/terms.tsv");
    String advice =
        " cannot be looked up: this build does not read %s://; make one that does: mvn -q package -DskipTests -P%s"
            .formatted(scheme, profile);

    assertThat(
        problems(),
        contains(
            "input \"%s://bucket/corpus/**.xml\"%s".formatted(scheme, advice),
            "dictionary \"%s://bucket/terms.tsv\"%s".formatted(scheme, advice)));
  }

  @Test
  void namesTheFileSystemsThatThereAre() {
    options.setInput(List.of("ftp://host/corpus/**.xml"));

    assertThat(
        problems(),
        contains(
            "input \"ftp://host/corpus/**.xml\" cannot be looked up: no build reads ftp://; there"
                + " are files of this machine, s3://, gs:// and hdfs://"));
  }

  private List<String> problems() {
    return problems(options);
  }

  private static List<String> problems(IndexingOptions wrong) {
    return assertThrows(UsageException.class, () -> new SettingsValidator(KNOWN, wrong).validate())
        .problems();
  }
}
