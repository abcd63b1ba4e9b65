package org.irisgraph.document.format;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

  @JsonProperty("csv")
  CSV(new CsvReader(CsvLayout.DEFAULT), "csv", "tsv"),

  @JsonProperty("jats")
  JATS(new JatsReader(), "xml", "nxml"),

  /** Parsed by Apache Tika: PDF, office documents and mail. */
  @JsonProperty("tika")
  TIKA(
      new TikaReader(ParserSettings.DEFAULT, ParseAttempts.UNCOUNTED),
      "pdf",
      "docx",
      "doc",
      "pptx",
      "ppt",
      "odt",
      "odp",
      "rtf",
      "epub",
      "eml",
      "msg");

  private final @Nullable DocumentReader reader;
  private final List<String> endings;

  InputFormat(@Nullable DocumentReader reader, String... endings) {
    this.reader = reader;
    this.endings = List.of(endings);
  }

  /** The reader of this format; {@link #AUTO} has none. */
  public DocumentReader reader() {
    if (reader == null) {
      throw new IllegalStateException("the format has to be detected for each file");
    }
    return reader;
  }

  /** Whether files may have a format whose parser may take its worker down. */
  public boolean mayBeRisky() {
    return this == AUTO || this == TIKA;
  }

  /** The format of a path by its ending, once that of compressed files is removed. */
  static Optional<InputFormat> ofName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return Arrays.stream(values()).filter(format -> format.endings.contains(ending)).findFirst();
  }
}
