package org.irisgraph.export;

import java.io.IOException;

/** Files of one format. Both ends of an edge are written before it. */
interface GraphFiles {

  void node(ExportedNode node) throws IOException;

  void edge(ExportedEdge edge) throws IOException;

  /** Writes what follows the last row. */
  void end() throws IOException;

  /** The number of characters that the format cannot represent and U+FFFD stands for. */
  long replacedCharacters();
}
