package org.irisgraph.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.irisgraph.graph.Origin;

/** Encodes an {@link Origin}. */
final class OriginCoder extends AtomicCoder<Origin> {

  static final OriginCoder INSTANCE = new OriginCoder();

  private OriginCoder() {}

  @Override
  public void encode(Origin origin, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(origin.source(), out);
    VarLongCoder.of().encode(origin.position(), out);
    VarLongCoder.of().encode(origin.modifiedMillis(), out);
  }

  @Override
  public Origin decode(InputStream in) throws IOException {
    return new Origin(
        StringUtf8Coder.of().decode(in),
        VarLongCoder.of().decode(in),
        VarLongCoder.of().decode(in));
  }
}
