package org.irisgraph.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a user can do about the code of a dead letter. */
public final class Remedy {

  private static final Map<String, String> BY_CODE =
      Map.ofEntries(
          Map.entry(
              "DOCUMENT_OF_OTHER_PIPELINE",
              "run with the --pipeline that indexed them before, or into another --schema"),
          Map.entry("DUPLICATE_DOCUMENT_ID", "give each document an id of its own"),
          Map.entry("PASSAGE_ID", "give the documents ids of another form"),
          Map.entry("NOT_UTF8", "set --encoding, as in --encoding=windows-1252"),
          Map.entry("TOO_LARGE", "raise --maxDocumentBytes, or split the documents"),
          Map.entry("UNKNOWN_FORMAT", "set --inputFormat, or leave the files out of --input"),
          Map.entry("UNSUPPORTED_FORMAT", "convert the files, or leave them out of --input"),
          Map.entry("NO_TEXT_LAYER", "recognise their text first (OCR)"),
          Map.entry("ENCRYPTED", "remove their passwords"),
          Map.entry("PARSER_TIMEOUT", "raise --tikaTimeoutSeconds"),
          Map.entry("BAD_XML", "set --inputFormat if they are of another format"),
          Map.entry("NO_ARTICLE", "set --inputFormat if they are of another format"),
          Map.entry("BAD_JSON", "correct the lines, or set --inputFormat"),
          Map.entry("BAD_FIELD", "correct the lines, or set --inputFormat"),
          Map.entry("BAD_HEADER", "set --csvIdColumn and --csvTextColumn to columns of the header"),
          Map.entry("CANNOT_OPEN", "let the user of the run read the files"),
          Map.entry("TOO_LONG", "widen the column, and replay"),
          Map.entry("KEY_TOO_LONG", "give the documents shorter ids"));

  private static final String OTHERS = "docs/failures.md explains the code";
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
}
