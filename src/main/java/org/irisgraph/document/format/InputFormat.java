package org.irisgraph.document.format;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.irisgraph.document.Decompression;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.document.ParseAttempts;
import org.irisgraph.document.tika.ParserSettings;
import org.jspecify.annotations.Nullable;

/** Input formats. To add one, add a constant here and a {@link DocumentReader}. */
@SuppressWarnings("ImmutableEnumChecker") // Readers keep no state, and the list is a copy.
public enum InputFormat {

  /** Detected for each file, from the ending of its name or its first bytes. */
  @JsonProperty("auto")
  AUTO(null),

  @JsonProperty("text")
  TEXT(new TextReader(), "txt", "text"),

  @JsonProperty("markdown")
  MARKDOWN(new MarkdownReader(), "md", "markdown"),

  @JsonProperty("html")
  HTML(new HtmlReader(), "html", "htm", "xhtml"),

  @JsonProperty("jsonl")
  JSONL(new JsonLinesReader(), "jsonl", "ndjson"),

  /** An array of documents, or a document over several lines. */
  @JsonProperty("json")
  JSON(new JsonLinesReader("document", JsonSplitter::split), "json"),

  @JsonProperty("csv")
  CSV(new CsvReader(CsvLayout.DEFAULT), "csv", "tsv"),

  @JsonProperty("jats")
  JATS(new JatsReader(), "xml", "nxml"),

  /** Parsed by Apache Tika: PDF, office documents and mail. */
  @JsonProperty("tika")
  TIKA(
      new TikaReader(ParserSettings.DEFAULT, ParseAttempts.UNCOUNTED, CsvLayout.DEFAULT),
      "pdf",
      "docx",
      "xlsx",
      "xlsm",
      "xls",
      "ods",
      "doc",
      "pptx",
      "ppt",
      "odt",
      "odp",
      "rtf",
      "epub",
      "eml",
      "msg"),

  /** ZIP and TAR: their files are read, each in its own format. */
  @JsonProperty("archive")
  ARCHIVE(null, "zip", "tar", "tgz");

  private final @Nullable DocumentReader reader;
  private final List<String> endings;

  InputFormat(@Nullable DocumentReader reader, String... endings) {
    this.reader = reader;
    this.endings = List.of(endings);
  }

  /** The reader of this format; {@link #AUTO} and {@link #ARCHIVE} have none. */
  public DocumentReader reader() {
    if (reader == null) {
      throw new IllegalStateException("the format has to be detected for each file");
    }
    return reader;
  }

  /** Whether files are decoded as {@link TextEncoding} does; the others declare their encoding. */
  boolean isEncodedText() {
    return switch (this) {
      case TEXT, MARKDOWN, JSONL, JSON, CSV -> true;
      case AUTO, HTML, JATS, TIKA, ARCHIVE -> false;
    };
  }

  /** Whether files may have a format whose parser may take its worker down. */
  public boolean mayBeRisky() {
    return this == AUTO || this == TIKA || this == ARCHIVE;
  }

  /** The endings of the names of files in this format, without the full stop. */
  public List<String> endings() {
    return endings;
  }

  /** The format of a path by its ending; the ending of compressed files does not count. */
  public static Optional<InputFormat> ofName(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String name = Decompression.withoutEnding(file);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return Arrays.stream(values()).filter(format -> format.endings.contains(ending)).findFirst();
  }
}
