package org.irisgraph.document;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.irisgraph.graph.Document;

/**
 * The way out of every reader: puts the title before the text, gives a document without an id the
 * one of its place, and refuses what no document may be, whatever its format.
 */
public final class ValidatingSink {

  /** The width of the id's column. */
  private static final int MAX_ID = 255;

  private final SourcePart part;
  private final String unit;
  private final DocumentSink sink;

  /**
   * @param unit what positions count, as in {@code line}; null if they tell people nothing
   */
  public ValidatingSink(SourcePart part, String unit, DocumentSink sink) {
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
      long position, String id, String title, String body, Map<String, Object> metadata) {
    String documentId = id != null ? id : idOfPlace(position);
    String idProblem = problemOfId(documentId);
    if (idProblem != null) {
      unreadable(position, null, ReadFailure.BAD_ID, idProblem);
      return;
    }
    if (AllowedCharacters.isBlank(body)) {
      String message = title == null ? "the text is blank" : "there is a title but no text";
      unreadable(position, documentId, ReadFailure.BLANK_TEXT, message);
      return;
    }
    String text = AllowedCharacters.isBlank(title) ? body : title.strip() + "\n\n" + body;
    Map<String, Object> described = withTitle(title, metadata);
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
  public void unreadable(long position, String id, ReadFailure reason, String message) {
    String place = position == 0 || unit == null ? "" : unit + " " + position + ": ";
    String known = id == null || problemOfId(id) != null ? null : id;
    sink.unreadable(part.at(position), known, reason.because(place + message));
  }

  /** Reports that the content itself could not be read any further. */
  public void unreadable(long position, String id, IOException cause) {
    if (cause instanceof ReadException known) {
      unreadable(position, id, known.reason(), known.getMessage());
    } else {
      unreadable(position, id, ReadFailure.READ_ERROR, "reading broke off: " + cause);
    }
  }

  private String idOfPlace(long position) {
    return position == 0 ? part.path() : part.path() + "#" + position;
  }

  private static String problemOfId(String id) {
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
    if (AllowedCharacters.isBlank(title) || metadata.containsKey("title")) {
      return metadata;
    }
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("title", title.strip());
    described.putAll(metadata);
    return described;
  }
}
