package org.irisgraph.document.format;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.ParseAttempts;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.TrackedInputStream;
import org.irisgraph.document.ValidatingSink;
import org.irisgraph.document.tika.ParsedDocument;
import org.irisgraph.document.tika.ParserProcesses;
import org.irisgraph.document.tika.ParserSettings;
import org.irisgraph.document.tika.Sheets.Sheet;
import org.irisgraph.graph.ContentHash;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads PDF, office documents and mail: the file is the document. Files are parsed in separate
 * processes, whose failure does not affect the worker.
 */
final class TikaReader implements DocumentReader {

  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(TikaReader.class);

  private final ParserSettings settings;
  private final ParseAttempts attempts;
  private final CsvLayout layout;
  private transient @Nullable ParserProcesses kept;

  /**
   * @param layout what the columns of workbooks mean
   */
  TikaReader(ParserSettings settings, ParseAttempts attempts, CsvLayout layout) {
    this.layout = layout;
    this.settings = settings;
    this.attempts = attempts;
  }

  /** Keeps the parsers' processes from one document to the next, until {@link #close}. */
  void open() {
    attempts.open();
    kept = ParserProcesses.acquire(settings);
  }

  void close() {
    if (kept != null) {
      kept.close();
      kept = null;
      attempts.close();
    }
  }

  @Override
  public void read(SourcePart part, InputStream content, DocumentSink sink) {
    ValidatingSink checked = new ValidatingSink(part, "document", sink);
    TrackedInputStream tracked = new TrackedInputStream(content);
    tracked.limit(part.maxDocumentBytes(), ReadException.tooLarge(part.maxDocumentBytes()));
    ParsedDocument parsed;
    try {
      parsed = parse(part, tracked);
    } catch (IOException e) {
      if (e instanceof ReadException || tracked.failure() != null) {
        checked.unreadable(0, null, e);
        return;
      }
      // A fault of the machine, such as a full disk, and not of the document.
      throw new IllegalStateException("cannot parse documents here: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while parsing " + part.source(), e);
    }
    List<Sheet> sheets = parsed.sheets();
    if (sheets != null) {
      new SheetRows(layout, part, sink).deliver(sheets, parsed.isCut());
      return;
    }
    checked.document(0, null, parsed.title(), parsed.text(), metadata(part, parsed));
  }

  private ParsedDocument parse(SourcePart part, InputStream content)
      throws IOException, InterruptedException {
    MessageDigest digest = ContentHash.digest();
    String name = part.path().substring(part.path().lastIndexOf('/') + 1);
    try (ParserProcesses processes = ParserProcesses.acquire(settings)) {
      return processes.parse(
          name,
          new DigestInputStream(content, digest),
          () -> attempts.begin(part.source(), HexFormat.of().formatHex(digest.digest())));
    }
  }

  private Map<String, Object> metadata(SourcePart part, ParsedDocument parsed) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    if (parsed.isCut()) {
      // First, since metadata that does not fit is cut from its end.
      metadata.put("text_cut", true);
      LOG.atWarn()
          .addKeyValue("source", part.source())
          .log(
              "the text is longer than {} characters and was cut; raise the option"
                  + " tikaMaxCharacters to index all of it",
              settings.maxCharacters());
    }
    metadata.putAll(parsed.metadata());
    metadata.computeIfPresent("pages", (key, pages) -> Integer.valueOf((String) pages));
    return metadata;
  }
}
