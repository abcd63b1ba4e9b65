package org.irisgraph.document.format;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.document.ParseAttempts;
import org.irisgraph.document.tika.ParserSettings;

/** The formats that can be read. A further one is a line here and a {@link DocumentReader}. */
@SuppressWarnings("ImmutableEnumChecker") // Readers keep no state, and the list is a copy.
public enum InputFormat {

  /** Each file's own, by its name's ending or its first bytes. */
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

  /** What Apache Tika parses: PDF, office documents and mail. */
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

  private final DocumentReader reader;
  private final List<String> endings;

  InputFormat(DocumentReader reader, String... endings) {
    this.reader = reader;
    this.endings = List.of(endings);
  }

  /** The reader of this format, of which {@link #AUTO} has none. */
  public DocumentReader reader() {
    if (reader == null) {
      throw new IllegalStateException("the format has to be found out for each file");
    }
    return reader;
  }

  /** Whether files may be of a format whose parser may take its worker down. */
  public boolean mayBeRisky() {
    return this == AUTO || this == TIKA;
  }

  /** The format that the ending of a path, without a compression's ending, stands for. */
  static Optional<InputFormat> ofName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return Arrays.stream(values()).filter(format -> format.endings.contains(ending)).findFirst();
  }
}
