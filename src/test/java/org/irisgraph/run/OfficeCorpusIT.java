package org.irisgraph.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.irisgraph.document.format.OfficeFiles;
import org.irisgraph.document.format.PdfFiles;
import org.irisgraph.document.tika.LeftByParsers;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Indexes a hundred mixed files and a tenth as many broken ones in one run. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Tag("slow")
class OfficeCorpusIT {

  /** A tenth of them is broken, each kind once. */
  private static final int FILES = 130;

  private static final byte[] ENDLESS = PdfFiles.endlessPdf();

  @TempDir private Path corpus;
  private IndexingRun indexing;

  @BeforeEach
  void write() throws Exception {
    Files.writeString(corpus.resolve("dictionary.tsv"), "gout\tDISEASE\nasthma\tDISEASE\n");
    indexing = new IndexingRun(corpus);
  }

  @AfterEach
  void close() throws Exception {
    indexing.close();
    LeftByParsers.awaitNone();
  }

  private record Broken(String ending, Supplier<byte[]> content, String code) {}

  /** The costly ones once each: one that takes its time, one that takes the memory. */
  private static List<Broken> costly() {
    return List.of(
        new Broken("pdf", () -> ENDLESS, "PARSER_TIMEOUT"),
        new Broken("pdf", () -> PdfFiles.hugePdf(120), "PARSER_OUT_OF_MEMORY"),
        new Broken("docx", () -> OfficeFiles.bombDocx(20), "ZIP_BOMB"));
  }

  private static List<Broken> broken() {
    return List.of(
        new Broken("pdf", () -> PdfFiles.protectedPdf("secret", "Gout"), "ENCRYPTED"),
        new Broken("docx", () -> OfficeFiles.encryptedDocx("Gout"), "ENCRYPTED"),
        new Broken("pdf", () -> OfficeFiles.half(PdfFiles.pdf("T", "Gout")), "BAD_DOCUMENT"),
        new Broken("docx", () -> OfficeFiles.half(OfficeFiles.docx("T", "Gout")), "BAD_DOCUMENT"),
        new Broken("odt", () -> OfficeFiles.half(OfficeFiles.odt("T", "Gout")), "BAD_DOCUMENT"),
        new Broken("epub", () -> OfficeFiles.half(OfficeFiles.epub("T", "Gout")), "BAD_DOCUMENT"),
        new Broken("pdf", () -> PdfFiles.scannedPdf(), "NO_TEXT_LAYER"),
        new Broken("doc", () -> "plain text".getBytes(UTF_8), "UNSUPPORTED_FORMAT"),
        new Broken("pptx", () -> new byte[0], "BLANK_TEXT"),
        new Broken("rtf", () -> "no rich text".getBytes(UTF_8), "BAD_DOCUMENT"));
  }

  private static byte[] good(int number, String ending) {
    String title = "Report " + number;
    String text = "Gout and asthma, seen by number %d.".formatted(number);
    return switch (ending) {
      case "pdf" -> PdfFiles.pdf(title, text, "Page two.");
      case "docx" -> OfficeFiles.docx(title, text, "And more.");
      case "pptx" -> OfficeFiles.pptx(text, "And more.");
      case "odt" -> OfficeFiles.odt(title, text);
      case "rtf" -> OfficeFiles.rtf(title, text);
      case "epub" -> OfficeFiles.epub(title, text);
      case "eml" -> OfficeFiles.eml(title, text);
      default -> throw new IllegalArgumentException(ending);
    };
  }

  @Test
  void indexesTheGoodAndNamesTheBroken() throws Exception {
    List<String> endings =
        List.of("pdf", "docx", "pptx", "odt", "rtf", "epub", "eml", "pdf", "eml");
    List<Broken> costly = costly();
    List<Broken> broken = broken();
    Map<String, String> expected = new TreeMap<>();
    int brokenFiles = 0;
    for (int i = 0; i < FILES; i++) {
      if (i % 10 == 0) {
        Broken file =
            brokenFiles < costly.size()
                ? costly.get(brokenFiles)
                : broken.get(brokenFiles % broken.size());
        brokenFiles++;
        Files.write(corpus.resolve("%04d.%s".formatted(i, file.ending())), file.content().get());
        expected.put("%04d.%s".formatted(i, file.ending()), file.code());
      } else {
        String ending = endings.get(i % endings.size());
        Files.write(corpus.resolve("%04d.%s".formatted(i, ending)), good(i, ending));
      }
    }

    // ParserProcessesIT has one that goes on.
    CompletableFuture<Void> suspended =
        CompletableFuture.runAsync(() -> LeftByParsers.suspendWithDocument(ENDLESS.length));
    Summary summary =
        indexing.run(
            options -> {
              IndexingRun.direct(options);
              options.setInput(List.of(corpus + "/0*"));
              options.setTikaHeapMegabytes(96);
              // A busy machine takes seconds for a good file.
              options.setTikaTimeoutSeconds(20);
            });

    suspended.join();
    assertThat(summary.documents().indexed(), is(117L));
    assertThat(summary.documents().rejected(), is(13L));
    assertThat(
        indexing.rows("SELECT entity_name, COUNT(*) FROM RAG.Entities GROUP BY entity_name"),
        containsInAnyOrder("Gout|117", "asthma|117"));
    Map<String, String> named = new TreeMap<>();
    for (String row :
        indexing.rows(
            "SELECT source, reasons FROM RAG.DocumentLedger WHERE outcome = 'rejected'")) {
      String[] parts = row.split("\\|", 2);
      named.put(
          Path.of(parts[0]).getFileName().toString(),
          parts[1].replaceAll("(?s).*\"code\":\"(\\w+)\".*", "$1"));
    }
    assertThat(named, is(expected));
    assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.ParseAttempts"), contains("0"));
  }
}
