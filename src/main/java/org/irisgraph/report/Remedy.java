package org.irisgraph.report;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a user can do about the code of a dead letter. */
public final class Remedy {

  private static final Map<String, String> BY_CODE =
      Map.ofEntries(
          // Of files, and places in them.
          Map.entry(
              "CANNOT_OPEN",
              "correct the link, name or permissions, or leave the files out of --input"),
          Map.entry("READ_ERROR", "check the storage, and replay"),
          Map.entry("TRUNCATED", "copy the files again, and replay"),
          Map.entry("BAD_GZIP", "copy the files again, or take .gz off their names"),
          Map.entry("BAD_ARCHIVE", "copy the archives again, or unpack them"),
          Map.entry("UNKNOWN_FORMAT", "convert the files, or leave them out of --input"),
          Map.entry("NOT_UTF8", "set --encoding, as in --encoding=windows-1252"),
          Map.entry("INVALID_CHARACTERS", "remove the characters from the documents"),
          Map.entry(
              "BLANK_TEXT",
              "add their text, name the column or field that has it, or leave them out of --input"),
          Map.entry("TOO_LARGE", "raise --maxDocumentBytes, or split the documents"),
          Map.entry("BAD_ID", "correct the ids, or name another column or field for them"),
          Map.entry("BAD_JSON", "correct the lines, or set --inputFormat"),
          Map.entry("UNCLOSED_ARRAY", "complete the array, or write one object a line"),
          Map.entry("BAD_FIELD", "correct the lines, or set --inputFormat"),
          Map.entry("BAD_HEADER", "set --csvIdColumn and --csvTextColumn to columns of the header"),
          Map.entry("BAD_RECORD", "correct the records, or set --inputFormat"),
          Map.entry("BAD_QUOTES", "close the quotes, and double those within a field"),
          Map.entry("BAD_FRONT_MATTER", "correct the YAML at the beginning of the files"),
          Map.entry("BAD_MARKDOWN", "nest the text less deeply, or set --inputFormat=text"),
          Map.entry("BAD_HTML", "convert the files to text, or leave them out of --input"),
          Map.entry("BAD_XML", "set --inputFormat if they are of another format"),
          Map.entry("EXTERNAL_ENTITY", "write the texts in place of the entities"),
          Map.entry("NO_ARTICLE", "set --inputFormat if they are of another format"),
          Map.entry("BAD_ROW", "correct the rows in their table, and replay"),
          Map.entry("NO_DOCUMENT_ROW", "add the rows to the table of documents, and replay"),
          // Of documents that Tika parses.
          Map.entry(
              "BAD_DOCUMENT",
              "copy or save the files again, name them as what they are, or leave them out of"
                  + " --input"),
          Map.entry("ENCRYPTED", "remove their passwords"),
          Map.entry("NO_TEXT_LAYER", "recognise their text first (OCR)"),
          Map.entry("UNSUPPORTED_FORMAT", "convert the files, or leave them out of --input"),
          Map.entry("ZIP_BOMB", "leave the files out of --input"),
          Map.entry("PARSER_TIMEOUT", "raise --tikaTimeoutSeconds"),
          Map.entry("PARSER_OUT_OF_MEMORY", "raise --tikaHeapMegabytes"),
          Map.entry("PARSER_CRASHED", "convert the files to text, or leave them out of --input"),
          Map.entry(
              "TOOK_WORKER_DOWN",
              "give the workers more memory, or leave the files out of --input"),
          // Of what is stored.
          Map.entry(
              "DOCUMENT_OF_OTHER_PIPELINE",
              "run with the --pipeline that indexed them before, or into another --schema"),
          Map.entry(
              "DUPLICATE_DOCUMENT_ID",
              "give each document an id of its own, or leave one of the files out of --input"),
          Map.entry("PASSAGE_ID", "give the documents ids of another form"),
          Map.entry("BLANK", "let the extractor, or the dictionary, give the value"),
          Map.entry("NULL", "let the column be null, or give it a default, and replay"),
          Map.entry("TOO_LONG", "widen the column, and replay"),
          Map.entry("OUT_OF_RANGE", "let the extractor give confidences from 0 to 1"),
          Map.entry("SELF_LOOP", "let the extractor link different entities"),
          Map.entry("REFERENCE", "see why the row that it refers to was rejected"),
          Map.entry("KEY_TOO_LONG", "give the documents shorter ids"));

  /** Codes whose messages say what to do, for each kind of file. */
  private static final Set<String> SAID = Set.of("UNKNOWN_FORMAT");

  static final String OTHERS = "docs/failures.md explains the code";
  private static final String OF_EMBEDDING = "docs/vectors.md explains the code";
  private static final String OF_MODEL = "docs/language-model.md explains the code";

  private Remedy() {}

  /** A clause without a full stop, as in "set --encoding". */
  public static String of(@Nullable String code) {
    return code != null && code.startsWith("LLM_")
        ? OF_MODEL
        : code != null && code.startsWith("EMBEDDING_")
            ? OF_EMBEDDING
            : BY_CODE.getOrDefault(String.valueOf(code), OTHERS);
  }

  /** The same after the message of a dead letter, with its semicolon; empty if that says it. */
  static String after(@Nullable String code) {
    return SAID.contains(String.valueOf(code)) ? "" : "; " + of(code);
  }
}
