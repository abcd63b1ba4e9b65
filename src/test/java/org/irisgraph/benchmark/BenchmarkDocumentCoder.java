package org.irisgraph.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** Encodes a {@link BenchmarkDocument}, field by field as the project's own elements are. */
final class BenchmarkDocumentCoder extends AtomicCoder<BenchmarkDocument> {

  private static final Coder<String> TEXT = StringUtf8Coder.of();
  private static final Coder<List<String>> TEXTS = ListCoder.of(TEXT);

  @Override
  public void encode(BenchmarkDocument document, OutputStream out) throws IOException {
    TEXT.encode(document.id(), out);
    TEXT.encode(document.text(), out);
    TEXTS.encode(document.entities(), out);
    TEXTS.encode(document.relationships(), out);
  }

  @Override
  public BenchmarkDocument decode(InputStream in) throws IOException {
    return new BenchmarkDocument(
        TEXT.decode(in), TEXT.decode(in), TEXTS.decode(in), TEXTS.decode(in));
  }
}
