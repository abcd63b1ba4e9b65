package org.irisgraph.document;

import java.io.Serializable;
import java.util.Objects;
import org.irisgraph.graph.Origin;

/**
 * The part of a file that a reader is given: all of it, or a run of its lines or records.
 *
 * @param source the absolute path or URI of the file
 * @param path its path below the fixed part of the glob, without the ending of compressed files;
 *     the id of a document that has none
 * @param modifiedMillis when the file was last modified, in milliseconds since 1970, 0 if unknown
 * @param firstLine the number (1-based) of the first line or record of a run, else 0
 * @param maxDocumentBytes the size above which a document (its line, or its record) is refused
 *     unread
 */
public record SourcePart(
    String source, String path, long modifiedMillis, long firstLine, int maxDocumentBytes)
    implements Serializable {

  public SourcePart {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(path, "path");
  }

  /** The origin of a position in this file. */
  public Origin at(long position) {
    return new Origin(source, position, modifiedMillis);
  }
}
