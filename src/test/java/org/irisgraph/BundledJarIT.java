package org.irisgraph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.logging.log4j.LogManager;
import org.irisgraph.cli.Main;
import org.irisgraph.document.format.OfficeFiles;
import org.irisgraph.document.format.PdfFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** What a Flink cluster is given, and what it must not be given. */
@Tag("slow")
class BundledJarIT {

  private static final Path JAR = Path.of("target/iris-graph-indexer-bundled.jar");

  /** With what no profile adds: a surprise in the dependencies is seen here. */
  private static final long MAX_BYTES = 72_000_000;

  private JarFile jar;

  @BeforeEach
  void open() throws IOException {
    jar = new JarFile(JAR.toFile());
  }

  @AfterEach
  void close() throws IOException {
    jar.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/irisgraph/cli/Indexer.class",
        "org/apache/beam/sdk/Pipeline.class",
        "org/apache/beam/runners/flink/FlinkRunner.class",
        "com/zaxxer/hikari/HikariDataSource.class",
        "org/postgresql/Driver.class",
        "org/h2/Driver.class",
        "com/fasterxml/jackson/databind/ObjectMapper.class",
        "picocli/CommandLine.class",
        "org/jsoup/Jsoup.class",
        "org/apache/commons/csv/CSVParser.class",
        "opennlp/tools/ml/maxent/GISModel.class",
        "org/apache/tika/parser/pdf/PDFParser.class",
        "org/irisgraph/extract/ner/bc5cdr.zip",
        "org/irisgraph/extract/ner/MODEL_CARD.md",
        "org/irisgraph/extract/ner/general.zip",
        "org/irisgraph/extract/ner/GENERAL_MODEL_CARD.md",
        "META-INF/LICENSE"
      })
  void hasWhatTheClusterHasNot(String entry) {
    assertThat(jar.getEntry(entry) == null, is(false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The cluster's own; a second one would be another class of the same name.
        "org/apache/flink/",
        "com/esotericsoftware/",
        // Logging is the cluster's.
        "org/slf4j/",
        "ch/qos/logback/",
        "org/apache/log4j/",
        "org/apache/logging/",
        "logback.xml",
        // The licence of the driver forbids it.
        "com/intersystems/",
        // Of portable pipelines, of Google's cloud, and of other runners.
        "org/apache/beam/vendor/grpc/v1p69p0/io/",
        "org/apache/beam/runners/direct/",
        "org/apache/beam/runners/fnexecution/",
        "io/grpc/",
        "com/google/cloud/",
        "org/conscrypt/",
        "META-INF/native/",
        // Of Tika's parsers those that are left out.
        "org/bouncycastle/",
        "com/healthmarketscience/",
        // The embedding model, without which runs and clusters do: a profile adds it.
        "ai/onnxruntime/",
        "all-minilm",
        // Tests.
        "org/junit/",
        "io/zonky/",
      })
  void hasNotWhatIsTheClustersOrNobodys(String prefix) {
    List<String> found =
        jar.stream().map(JarEntry::getName).filter(name -> name.startsWith(prefix)).toList();

    assertThat(found, is(empty()));
  }

  @Test
  void isNotSigned() {
    assertThat(
        jar.stream()
            .map(JarEntry::getName)
            .filter(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)"))
            .toList(),
        is(empty()));
  }

  /** A file of the same name in several jars: all their lines are to be kept. */
  @ParameterizedTest
  @CsvSource({
    "java.sql.Driver, org.h2.Driver",
    "java.sql.Driver, org.postgresql.Driver",
    "org.apache.beam.sdk.options.PipelineOptionsRegistrar,"
        + " org.apache.beam.runners.flink.FlinkRunnerRegistrar$Options",
    "org.apache.beam.sdk.options.PipelineOptionsRegistrar,"
        + " org.apache.beam.sdk.options.DefaultPipelineOptionsRegistrar",
    "org.apache.beam.sdk.io.FileSystemRegistrar, org.apache.beam.sdk.io.LocalFileSystemRegistrar",
  })
  void mergesServices(String service, String implementation) throws IOException {
    String content =
        new String(
            jar.getInputStream(jar.getEntry("META-INF/services/" + service)).readAllBytes(), UTF_8);

    assertThat(content.lines().map(String::strip).toList(), hasItem(implementation));
  }

  @Test
  void isStartedByFlink() throws IOException {
    Attributes attributes = jar.getManifest().getMainAttributes();

    assertThat(attributes.getValue(Attributes.Name.MAIN_CLASS), is(Main.class.getName()));
    // It stands alone: nothing is beside it on a worker.
    assertThat(attributes.getValue(Attributes.Name.CLASS_PATH), is(nullValue()));
  }

  /** With nothing beside it but the logging that a cluster has. */
  @ParameterizedTest
  @ValueSource(strings = {"pdf", "docx", "pptx", "odt", "rtf", "epub", "eml"})
  void parsesInAProcessOfItsOwn(String ending, @TempDir Path directory) throws Exception {
    byte[] content =
        switch (ending) {
          case "pdf" -> PdfFiles.pdf("T", "Gout");
          case "docx" -> OfficeFiles.docx("T", "Gout");
          case "pptx" -> OfficeFiles.pptx("Gout");
          case "odt" -> OfficeFiles.odt("T", "Gout");
          case "rtf" -> OfficeFiles.rtf("T", "Gout");
          case "epub" -> OfficeFiles.epub("T", "Gout");
          default -> OfficeFiles.eml("T", "Gout");
        };
    Path file = Files.write(directory.resolve("a." + ending), content);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dslf4j.internal.verbosity=ERROR",
            "-cp",
            String.join(
                File.pathSeparator, JAR.toString(), jarOf(Logger.class), jarOf(LogManager.class)),
            "org.irisgraph.document.tika.ParserMain",
            Files.createDirectory(directory.resolve("process")).toString(),
            "1000");
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    byte[] replies;
    boolean ended;
    try (DataInputStream in = new DataInputStream(process.getInputStream())) {
      DataOutputStream requests = new DataOutputStream(process.getOutputStream());
      for (String text : List.of(file.toString(), "a." + ending)) {
        requests.writeInt(text.getBytes(UTF_8).length);
        requests.write(text.getBytes(UTF_8));
      }
      requests.flush();
      // That it is ready, and that it has parsed.
      replies = in.readNBytes(2);
      requests.close();
      ended = process.waitFor(120, TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly();
    }

    assertThat(ended, is(true));
    assertThat(replies, is(new byte[] {1, 2}));
    assertThat(Files.exists(directory.resolve("process")), is(false));
  }

  private static String jarOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  @Test
  void isNoLargerThanItNeedsToBe() throws IOException {
    JarParts.main(new String[] {JAR.toString()});

    assertThat(Files.size(JAR), is(lessThan(MAX_BYTES)));
    assertThat(JarParts.largest(JAR), hasSize(10));
  }
}
