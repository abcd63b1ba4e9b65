package org.irisgraph.source;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.irisgraph.graph.Document;

/** Encodes a {@link Document}; its metadata as JSON. */
final class DocumentCoder extends AtomicCoder<Document> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  @Override
  public void encode(Document document, OutputStream out) throws IOException {
    TEXT.encode(document.id(), out);
    OriginCoder.INSTANCE.encode(document.origin(), out);
    TEXT.encode(document.text(), out);
    TEXT.encode(JSON.writeValueAsString(document.metadata()), out);
  }

  @Override
  public Document decode(InputStream in) throws IOException {
    return new Document(
        TEXT.decode(in),
        OriginCoder.INSTANCE.decode(in),
        TEXT.decode(in),
        JSON.readValue(TEXT.decode(in), new TypeReference<LinkedHashMap<String, Object>>() {}));
  }
}
