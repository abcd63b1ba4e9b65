package org.irisgraph.document;

import java.util.Arrays;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Failure.Stage;
import org.jspecify.annotations.Nullable;

/** Every reason why a file, or a place in it, gives no document. The names are the codes. */
public enum ReadFailure {

  /** The file cannot be opened: it is gone, or may not be read. */
  CANNOT_OPEN,

  /** Reading broke off, such as when the storage failed; everything before is delivered. */
  READ_ERROR,

  /** A compressed file ends too early; everything before is delivered. */
  TRUNCATED,

  /** A compressed file is damaged, or named {@code .gz} without being one. */
  BAD_GZIP,

  /** A ZIP or TAR archive is damaged or empty; everything before is delivered. */
  BAD_ARCHIVE,

  /** Neither the name nor the content of the file identifies its format. */
  UNKNOWN_FORMAT,

  /** The bytes are not UTF-8 (for XML: not the encoding that it declares). */
  NOT_UTF8,

  /** A text or a metadata value has a NUL or half of a surrogate pair. */
  INVALID_CHARACTERS,

  /** There is no text, at most a title. */
  BLANK_TEXT,

  /** A document is larger than the option {@code maxDocumentBytes}. */
  TOO_LARGE,

  /** The document's id is blank, too long, or has control characters. */
  BAD_ID,

  /** A line, or an element of a JSON file, is not one JSON object. */
  BAD_JSON,

  /**
   * A JSON file ends within an array: its end is missing, or a quote or bracket before, behind
   * which no element was read.
   */
  UNCLOSED_ARRAY,

  /** A field of the document, or of its metadata, is missing or has the wrong type. */
  BAD_FIELD,

  /** A CSV file's first line does not name its columns, or not those that the options name. */
  BAD_HEADER,

  /** A record of a CSV file has fewer fields than its header, or more. */
  BAD_RECORD,

  /**
   * A quote of a CSV file is not closed, or not where its field ends; reading resumes at a later
   * record.
   */
  BAD_QUOTES,

  /** The YAML before a Markdown text cannot be parsed, or is not a map. */
  BAD_FRONT_MATTER,

  /** A Markdown text is nested too deeply. */
  BAD_MARKDOWN,

  /** An HTML page has more tags than any page that is meant to be read, or defeats the parser. */
  BAD_HTML,

  /** An XML file is not well-formed, or uses an unknown entity. */
  BAD_XML,

  /** An XML file declares entities, which are never resolved. */
  EXTERNAL_ENTITY,

  /** A well-formed XML file without an {@code <article>}. */
  NO_ARTICLE,

  /** The database does not give a row of a table, while it gives others. */
  BAD_ROW,

  /** A document to be indexed in place is not in the table of documents. */
  NO_DOCUMENT_ROW,

  /** A PDF, an office document or a mail is damaged, or of another format than its name. */
  BAD_DOCUMENT,

  /** The document cannot be read without a password. */
  ENCRYPTED,

  /** A PDF that has pages but no text, as scanned ones. */
  NO_TEXT_LAYER,

  /** A file is of none of the formats that {@code inputFormat=tika} reads. */
  UNSUPPORTED_FORMAT,

  /** Far more comes out of a compressed document than is in it. */
  ZIP_BOMB,

  /** A document was not parsed within the option {@code tikaTimeoutSeconds}. */
  PARSER_TIMEOUT,

  /** Parsing a document takes more memory than the option {@code tikaHeapMegabytes}. */
  PARSER_OUT_OF_MEMORY,

  /** The process that parsed a document ended for another reason, again in a fresh one. */
  PARSER_CRASHED,

  /** Three workers in a row ended while they parsed the document; it is not tried again. */
  TOOK_WORKER_DOWN;

  /**
   * Whether a failure leaves unread what follows its position: a failure of the whole source, or
   * one that ended the reading of it.
   *
   * @param position where it happened; 0 stands for the whole source
   * @param positionsAreIndependent whether the source has lines, records or rows, each of which is
   *     read whatever happens to the one before
   */
  public static boolean breaksOff(
      @Nullable Failure failure, long position, boolean positionsAreIndependent) {
    return position == 0
        || (failure != null
            && Arrays.stream(values())
                .filter(known -> known.name().equals(failure.code()))
                .anyMatch(known -> known.breaksOff(positionsAreIndependent)));
  }

  private boolean breaksOff(boolean positionsAreIndependent) {
    return switch (this) {
      case CANNOT_OPEN,
          READ_ERROR,
          TRUNCATED,
          BAD_GZIP,
          BAD_ARCHIVE,
          UNKNOWN_FORMAT,
          BAD_HEADER,
          BAD_QUOTES,
          UNCLOSED_ARRAY,
          BAD_XML,
          EXTERNAL_ENTITY,
          NO_ARTICLE ->
          true;
      // A parser of XML cannot go on after these; a broken JSON value may have swallowed others.
      case NOT_UTF8, TOO_LARGE, BAD_JSON -> !positionsAreIndependent;
      case INVALID_CHARACTERS,
          BLANK_TEXT,
          BAD_ID,
          BAD_FIELD,
          BAD_RECORD,
          BAD_FRONT_MATTER,
          BAD_MARKDOWN,
          BAD_HTML,
          BAD_ROW,
          NO_DOCUMENT_ROW,
          BAD_DOCUMENT,
          ENCRYPTED,
          NO_TEXT_LAYER,
          UNSUPPORTED_FORMAT,
          ZIP_BOMB,
          PARSER_TIMEOUT,
          PARSER_OUT_OF_MEMORY,
          PARSER_CRASHED,
          TOOK_WORKER_DOWN ->
          false;
    };
  }

  /**
   * The failure with this code.
   *
   * @param message what is wrong and where, for the person who can fix it
   */
  public Failure because(String message) {
    return new Failure(Stage.READ, name(), message);
  }
}
