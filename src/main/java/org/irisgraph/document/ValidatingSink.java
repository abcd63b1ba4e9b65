package org.irisgraph.document;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.irisgraph.graph.Document;
import org.jspecify.annotations.Nullable;

/**
 * Validates every reader's output: puts the title before the text, derives a missing id from the
 * path and position, and rejects documents that cannot be stored, whatever their format.
 */
public final class ValidatingSink {

  /** The width of the id's column. */
  private static final int MAX_ID = 255;

  private final SourcePart part;
  private final @Nullable String unit;
  private final DocumentSink sink;

  /**
   * @param unit what positions count, such as {@code line}; null to leave them out of messages
   */
  public ValidatingSink(SourcePart part, @Nullable String unit, DocumentSink sink) {
    this.part = part;
    this.unit = unit;
    this.sink = sink;
  }

  /**
   * Delivers a document, or the reason why it is none.
   *
   * @param id null if the format gives none
   * @param title null if there is none
   */
  public void document(
      long position,
      @Nullable String id,
      @Nullable String title,
      @Nullable String body,
      Map<String, Object> metadata) {
    String documentId = id != null ? id : idOfPosition(position);
    String idProblem = problemOfId(documentId);
    if (idProblem != null) {
      unreadable(position, null, ReadFailure.BAD_ID, idProblem);
      return;
    }
    if (body == null || AllowedCharacters.isBlank(body)) {
      String message = title == null ? "the text is blank" : "there is a title but no text";
      unreadable(position, documentId, ReadFailure.BLANK_TEXT, message);
      return;
    }
    String heading = title == null || AllowedCharacters.isBlank(title) ? null : title.strip();
    String text = heading == null ? body : heading + "\n\n" + body;
    Map<String, Object> described = heading == null ? metadata : withTitle(heading, metadata);
    try {
      AllowedCharacters.check("the text", text);
      MetadataCheck.check(described);
    } catch (ReadException e) {
      unreadable(position, documentId, e.reason(), e.getMessage());
      return;
    }
    sink.document(new Document(documentId, part.at(position), text, described));
  }

  /** Reports why there is no document, with the place before the message. */
  public void unreadable(long position, @Nullable String id, ReadFailure reason, String message) {
    String place = position == 0 || unit == null ? "" : unit + " " + position + ": ";
    String known = id == null || problemOfId(id) != null ? null : id;
    sink.unreadable(part.at(position), known, reason.because(place + message));
  }

  /** Reports that the content could not be read beyond a position. */
  public void unreadable(long position, @Nullable String id, IOException cause) {
    if (cause instanceof ReadException known) {
      unreadable(position, id, known.reason(), known.getMessage());
    } else {
      unreadable(position, id, ReadFailure.READ_ERROR, "reading broke off: " + cause);
    }
  }

  private String idOfPosition(long position) {
    return PathId.of(part.path(), position);
  }

  private static @Nullable String problemOfId(String id) {
    if (AllowedCharacters.isBlank(id)) {
      return "the id is blank";
    }
    if (id.length() > MAX_ID) {
      return "the id is longer than " + MAX_ID + " characters: " + id;
    }
    if (id.chars().anyMatch(Character::isISOControl) || AllowedCharacters.firstInvalid(id) >= 0) {
      return "the id has characters that no id may have: " + AllowedCharacters.visible(id);
    }
    return null;
  }

  /** The title comes first, because metadata that does not fit is cut from its end. */
  private static Map<String, Object> withTitle(String title, Map<String, Object> metadata) {
    if (metadata.containsKey("title")) {
      return metadata;
    }
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("title", title);
    described.putAll(metadata);
    return described;
  }
}
