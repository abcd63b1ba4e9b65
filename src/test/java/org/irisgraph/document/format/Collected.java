package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.ValidatingSink;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;

/** Keeps what a reader delivers. */
public final class Collected implements DocumentSink {

  static final int MAX_BYTES = 1000;

  /** What is unreadable, and where. */
  public record Unreadable(Origin origin, String documentId, Failure failure) {

    public String code() {
      return failure.code();
    }

    public String message() {
      return failure.message();
    }

    public long position() {
      return origin.position();
    }
  }

  public final List<Document> documents = new ArrayList<>();
  public final List<Unreadable> unreadable = new ArrayList<>();

  /** Reads a whole file called {@code corpus/file}. */
  static Collected read(DocumentReader reader, String content) {
    return read(reader, content.getBytes(UTF_8));
  }

  static Collected read(DocumentReader reader, byte[] content) {
    return read(reader, new ByteArrayInputStream(content), MAX_BYTES);
  }

  static Collected read(DocumentReader reader, InputStream content, int maxBytes) {
    Collected collected = new Collected();
    try {
      reader.read(part(maxBytes), content, collected);
    } catch (IOException e) {
      // As SourceReader does.
      new ValidatingSink(part(maxBytes), null, collected).unreadable(0, null, e);
    }
    return collected;
  }

  static SourcePart part(int maxBytes) {
    return new SourcePart("/corpus/file", "file", 42, 0, maxBytes);
  }

  static byte[] latin1(String text) {
    return text.getBytes(ISO_8859_1);
  }

  public static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The only document, if nothing is unreadable. */
  public Document document() {
    if (documents.size() != 1 || !unreadable.isEmpty()) {
      throw new AssertionError("not one document: " + documents + unreadable);
    }
    return documents.get(0);
  }

  /** The only thing unreadable, if there is no document. */
  public Unreadable failure() {
    if (unreadable.size() != 1 || !documents.isEmpty()) {
      throw new AssertionError("not one failure: " + documents + unreadable);
    }
    return unreadable.get(0);
  }

  List<String> ids() {
    return documents.stream().map(Document::id).toList();
  }

  public List<String> codes() {
    return unreadable.stream().map(Unreadable::code).toList();
  }

  @Override
  public void document(Document document) {
    documents.add(document);
  }

  @Override
  public void unreadable(Origin origin, String documentId, Failure failure) {
    unreadable.add(new Unreadable(origin, documentId, failure));
  }
}
