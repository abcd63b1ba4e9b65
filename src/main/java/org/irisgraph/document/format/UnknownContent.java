package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.LinkedHashMap;
import java.util.Map;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;

/** Says what a file is that no reader reads, and what to do with it. */
final class UnknownContent {

  private static final String OCR = "an image: run it through OCR first and index the text";
  private static final String SPEECH = "audio or video: transcribe it and index the text";
  private static final String TABLE =
      "%s: export it as JSON Lines or CSV, or load it into a database and set jdbcInput";
  private static final String UNPACK = "compressed by %s: unpack it first, or compress with gzip";
  private static final String PROGRAM = "a program: leave it out of the input";

  /** By the first bytes, as Latin-1. */
  private static final Map<String, String> SIGNATURES = new LinkedHashMap<>();

  static {
    SIGNATURES.put("\u0089PNG", OCR);
    SIGNATURES.put("\u00FF\u00D8\u00FF", OCR);
    SIGNATURES.put("GIF8", OCR);
    SIGNATURES.put("II*\0", OCR);
    SIGNATURES.put("MM\0*", OCR);
    SIGNATURES.put("RIFF", SPEECH);
    SIGNATURES.put("ID3", SPEECH);
    SIGNATURES.put("OggS", SPEECH);
    SIGNATURES.put("fLaC", SPEECH);
    SIGNATURES.put("\0\0\0 ftyp", SPEECH);
    SIGNATURES.put("\0\0\0\u0018ftyp", SPEECH);
    SIGNATURES.put("\0\0\0\u001Cftyp", SPEECH);
    SIGNATURES.put("PAR1", TABLE.formatted("a Parquet file"));
    SIGNATURES.put("Obj\u0001", TABLE.formatted("an Avro file"));
    SIGNATURES.put("ORC", TABLE.formatted("an ORC file"));
    SIGNATURES.put("SQLite format 3\0", TABLE.formatted("an SQLite database"));
    SIGNATURES.put("7z\u00BC\u00AF", UNPACK.formatted("7-Zip"));
    SIGNATURES.put("Rar!", UNPACK.formatted("RAR"));
    SIGNATURES.put("\u00FD7zXZ\0", UNPACK.formatted("xz"));
    SIGNATURES.put("BZh", UNPACK.formatted("bzip2"));
    SIGNATURES.put("(\u00B5/\u00FD", UNPACK.formatted("zstd"));
    SIGNATURES.put("\u007FELF", PROGRAM);
    SIGNATURES.put("MZ", PROGRAM);
    SIGNATURES.put("\u00CA\u00FE\u00BA\u00BE", PROGRAM);
  }

  private UnknownContent() {}

  /**
   * Why a file that is not UTF-8 text cannot be read.
   *
   * @param beginning its first bytes
   */
  static ReadException describe(byte[] beginning) {
    String latin = new String(beginning, ISO_8859_1);
    for (Map.Entry<String, String> known : SIGNATURES.entrySet()) {
      if (latin.startsWith(known.getKey())) {
        return new ReadException(
            ReadFailure.UNKNOWN_FORMAT, "no reader reads it, since it is " + known.getValue());
      }
    }
    if (latin.chars().noneMatch(UnknownContent::isBinary)) {
      return new ReadException(ReadFailure.NOT_UTF8, StrictUtf8.problem(beginning));
    }
    return new ReadException(
        ReadFailure.UNKNOWN_FORMAT,
        "no reader knows its content: neither text nor any format that docs/formats.md lists;"
            + " leave it out of the input, or convert it to text");
  }

  private static boolean isBinary(int character) {
    return character < ' ' && "\t\n\r\f\u001B".indexOf(character) < 0;
  }
}
