package org.irisgraph.document.format;

import java.io.IOException;
import java.io.InputStream;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.ValidatingSink;

/** Reads Markdown: the file is the document, its front matter the metadata. */
final class MarkdownReader implements DocumentReader {

  private static final long serialVersionUID = 1L;

  @Override
  public void read(SourcePart part, InputStream content, DocumentSink sink) {
    ValidatingSink checked = new ValidatingSink(part, "document", sink);
    String id = null;
    try {
      FrontMatter document = FrontMatter.split(WholeFile.text(part, content));
      id = document.id();
      String text = PlainMarkdown.render(document.body());
      checked.document(0, id, document.title(), text, document.others());
    } catch (IOException e) {
      checked.unreadable(0, id, e);
    }
  }
}
