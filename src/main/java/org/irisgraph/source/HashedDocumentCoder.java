package org.irisgraph.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** Encodes a {@link HashedDocument}. */
public final class HashedDocumentCoder extends AtomicCoder<HashedDocument> {

  private static final DocumentCoder DOCUMENT = new DocumentCoder();

  @Override
  public void encode(HashedDocument document, OutputStream out) throws IOException {
    DOCUMENT.encode(document.document(), out);
    StringUtf8Coder.of().encode(document.contentHash(), out);
  }

  @Override
  public HashedDocument decode(InputStream in) throws IOException {
    return new HashedDocument(DOCUMENT.decode(in), StringUtf8Coder.of().decode(in));
  }
}
