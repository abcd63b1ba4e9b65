package org.irisgraph.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.irisgraph.graph.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * Turns the rows of a table or a query into documents.
 *
 * <p>A row has no stable number, so its position is derived from its id and is the same in every
 * run. Rows that share an id, as a query may return them, are distinguished by their content.
 */
public final class RowReader implements Serializable {

  /** With more rows of one id, the column does not identify documents. */
  public static final int MAX_ROWS_OF_AN_ID = 128;

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerForMapOf(Object.class);

  static {
    // A row is bounded by maxDocumentBytes already.
    JSON.getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build());
  }

  private final SourcePart source;
  private final String metadataColumn;

  /**
   * Reads the rows of a source.
   *
   * @param source what the origins of the documents name
   * @param metadataColumn the name for metadata that are not a JSON object
   * @param maxDocumentBytes the size above which a document is refused
   */
  public RowReader(String source, String metadataColumn, int maxDocumentBytes) {
    this.source = new SourcePart(source, source, 0, 0, maxDocumentBytes);
    this.metadataColumn = metadataColumn;
  }

  /** What the origins of the documents name. */
  public String source() {
    return source.source();
  }

  /** The size above which a document is refused. */
  public int maxDocumentBytes() {
    return source.maxDocumentBytes();
  }

  /**
   * Reads all rows that have one id, in whichever order they come.
   *
   * @param rows {@link #MAX_ROWS_OF_AN_ID} at most
   */
  public void read(String id, List<TableRow> rows, DocumentSink sink) {
    List<TableRow> sorted = new ArrayList<>(rows);
    if (rows.size() > 1) {
      sorted.sort(Comparator.comparing(RowReader::content));
    }
    ValidatingSink checked = new ValidatingSink(source, null, sink);
    for (int rank = 0; rank < sorted.size(); rank++) {
      read(id, position(id, rank), sorted.get(rank), checked);
    }
  }

  private void read(String id, long position, TableRow row, ValidatingSink checked) {
    if (row.tooLarge()) {
      checked.unreadable(position, id, ReadFailure.TOO_LARGE, tooLarge(id));
      return;
    }
    String title = row.title();
    String text = row.text();
    String heading = title == null || AllowedCharacters.isBlank(title) ? null : title.strip();
    String inText = heading != null && text != null && text.startsWith(heading) ? heading : null;
    checked.document(position, id, inText == null ? title : null, text, metadata(row, inText));
  }

  private String tooLarge(String id) {
    return "row \"%s\": larger than %d bytes; raise the option maxDocumentBytes to read it"
        .formatted(AllowedCharacters.visible(id), source.maxDocumentBytes());
  }

  /** Names the rows without an id, of which nothing but their number is known. */
  public void withoutId(long count, String column, DocumentSink sink) {
    ValidatingSink checked = new ValidatingSink(source, null, sink);
    for (long row = 1; row <= count; row++) {
      checked.unreadable(
          row, null, ReadFailure.BAD_ID, "there is no id: %s is null".formatted(column));
    }
  }

  /** Names the row of an id, and why it gives no document. */
  public void unreadable(String id, ReadFailure reason, String message, DocumentSink sink) {
    new ValidatingSink(source, null, sink).unreadable(position(id, 0), id, reason, message);
  }

  /** 56 bits of the id's hash, and behind them the rank among the rows that share it. */
  static long position(String id, int rank) {
    long hash = Long.parseUnsignedLong(ContentHash.of("row", id).substring(0, 16), 16);
    return (hash >>> 1 & -MAX_ROWS_OF_AN_ID) | rank;
  }

  private static String content(TableRow row) {
    return ContentHash.of(
        Objects.toString(row.text()),
        Objects.toString(row.title()),
        Objects.toString(row.metadata()),
        row.fields().toString());
  }

  private Map<String, Object> metadata(TableRow row, @Nullable String title) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    if (title != null) {
      metadata.put("title", title);
    }
    String json = row.metadata();
    if (json != null && !json.isBlank()) {
      metadata.putAll(object(json));
    }
    row.fields().forEach(metadata::putIfAbsent);
    return metadata;
  }

  /** The keys of a JSON object; any other text is kept as it is under the name of its column. */
  private Map<String, Object> object(String metadata) {
    try {
      Map<String, Object> object = JSON.readValue(metadata);
      return object == null ? Map.of() : object;
    } catch (JsonProcessingException e) {
      return Map.of(metadataColumn, metadata);
    }
  }
}
