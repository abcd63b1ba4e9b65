package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.document.format.InputFormat;
import org.irisgraph.files.InputFiles;
import org.irisgraph.options.IndexingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class InputWarningsTest {

  @TempDir private Path directory;

  @Test
  void countsWhatIsHidden() throws IOException {
    write(".git/config");
    write(".DS_Store");
    write("a.txt");
    assertThat(
        warnings(InputFormat.AUTO),
        contains(
            containsString(
                "2 hidden files, hidden folders or files of H2 databases are left out (")));
  }

  @Test
  void namesLinksThatAreNotFollowed() throws IOException {
    write("a.txt");
    Path link = Files.createSymbolicLink(directory.resolve("up"), directory);

    assertThat(
        warnings(InputFormat.AUTO),
        contains(
            "links to a folder that they are in are not followed: 1 (%s); the files of the folder are read once"
                .formatted(link)));
  }

  @Test
  void namesLinksToFilesThatAreReadAnyway() throws IOException {
    write("b.txt");
    Path link = Files.createSymbolicLink(directory.resolve("a.txt"), Path.of("b.txt"));

    assertThat(
        warnings(InputFormat.AUTO),
        contains("links to files that the input has, too, are left out: 1 (%s)".formatted(link)));
  }

  @Test
  void namesAFormatThatNoFileHas() throws IOException {
    write("a.txt");
    write("b.md");
    write("c");
    assertThat(
        warnings(InputFormat.JATS),
        contains(
            "inputFormat is set to jats, but no file is named so (.xml, .nxml): 2 of 3 are named as"
                + " text, markdown; with inputFormat=auto each file is read in its own format"));
  }

  @Test
  void acceptsAFormatThatSomeFilesHave() throws IOException {
    write("a.txt");
    write("b.xml.gz");
    assertThat(warnings(InputFormat.JATS), is(empty()));
    assertThat(warnings(InputFormat.AUTO), is(empty()));
  }

  @Test
  void areLoggedBeforeARunDoesAnythingElse() throws IOException {
    write(".DS_Store");
    write("a.txt");
    IndexingOptions options = PipelineOptionsFactory.as(IndexingOptions.class);
    options.setInput(List.of(directory + "/**"));
    options.setDictionary(directory.resolve("missing.tsv").toString());
    Logger logger = (Logger) LoggerFactory.getLogger(IndexingJob.class);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);
    try {
      Exception failure = assertThrows(Exception.class, () -> new IndexingJob(options).run());
      assertThat(failure.getMessage(), containsString("missing.tsv"));
    } finally {
      logger.detachAppender(logged);
    }
    assertThat(
        logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList(),
        contains(
            containsString(
                "1 hidden files, hidden folders or files of H2 databases are left out")));
  }

  @Test
  void namesAFileWithoutDocumentsOnce() throws Exception {
    Files.writeString(directory.resolve("dictionary.tsv"), "gout\tDISEASE\n");
    write("a.txt");
    Files.writeString(directory.resolve("empty.json"), "[]");
    Files.writeString(directory.resolve("header.csv"), "id,text\n");
    Logger logger = (Logger) LoggerFactory.getLogger("org.irisgraph");
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);
    try (IndexingRun indexing = new IndexingRun(directory)) {
      // The sample that chooses the models of names reads the files, too.
      indexing.run(
          options -> {
            options.setInput(List.of(directory + "/*.{txt,json,csv}"));
            options.setExtractors(List.of("ner"));
            options.setDictionary(null);
          });
    } finally {
      logger.detachAppender(logged);
    }
    assertThat(
        logged.list.stream()
            .map(ILoggingEvent::getFormattedMessage)
            .filter(message -> message.startsWith(directory + "/"))
            .toList(),
        containsInAnyOrder(
            directory.resolve("empty.json") + " has no document",
            directory.resolve("header.csv") + " has a header, but no record"));
  }

  private void write(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "gout");
  }

  private List<String> warnings(InputFormat format) throws IOException {
    return new InputWarnings(InputFiles.match(List.of(directory + "/**"), null)).of(format);
  }
}
