package org.irisgraph.document.format;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;
import org.irisgraph.document.DocumentReader;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.document.ReadException;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.SourcePart;
import org.irisgraph.document.TrackedInputStream;
import org.irisgraph.document.ValidatingSink;
import org.jspecify.annotations.Nullable;

/**
 * Reads JATS, the XML of PubMed Central: an {@code <article>} alone, or any number of them in a
 * wrapper such as {@code <pmc-articleset>}. One article is held in memory at a time.
 */
final class JatsReader implements DocumentReader {

  private static final long serialVersionUID = 1L;

  @Override
  public void read(SourcePart part, InputStream content, DocumentSink sink) {
    new ArticleFile(part, content, sink).read();
  }

  /** Reads one file. */
  private static final class ArticleFile {

    private final int maxDocumentBytes;
    private final TrackedInputStream content;
    private final ValidatingSink checked;
    private boolean wrapped;
    private long position;
    private @Nullable JatsArticle article;

    ArticleFile(SourcePart part, InputStream content, DocumentSink sink) {
      this.maxDocumentBytes = part.maxDocumentBytes();
      this.content = new TrackedInputStream(content);
      this.checked = new ValidatingSink(part, "article", sink);
    }

    void read() {
      try {
        readArticles();
      } catch (IOException e) {
        unreadable(e);
      } catch (XMLStreamException e) {
        // The parser mistakes a failure of the stream for the end of the file.
        unreadable(content.failureOr(explain(e)));
      }
    }

    private void readArticles() throws XMLStreamException, IOException {
      XmlCursor xml = new XmlCursor(content, maxDocumentBytes);
      while (xml.nextElement()) {
        if (xml.name().equals("article")) {
          wrapped = xml.depth() > 1;
          position = wrapped ? position + 1 : 0;
          readArticle(xml);
        } else if (xml.depth() == 1) {
          wrapped = true;
        }
      }
      JatsArticle only = article;
      if (!wrapped && only != null) {
        // Not before the end of the file: if that is broken, there is no article.
        deliver(only);
      } else if (position == 0) {
        wrapped = false;
        throw new ReadException(ReadFailure.NO_ARTICLE, "the XML has no <article> element");
      }
    }

    private void readArticle(XmlCursor xml) throws XMLStreamException, ReadException {
      int top = xml.depth();
      JatsArticle current = new JatsArticle();
      article = current;
      xml.startDocument();
      try {
        current.read(xml);
      } catch (ReadException e) {
        if (!wrapped) {
          throw e;
        }
        checked.unreadable(position, current.id(), e);
        article = null;
        xml.endDocument();
        xml.skipTo(top);
        return;
      }
      xml.endDocument();
      if (wrapped) {
        deliver(current);
      }
    }

    private void deliver(JatsArticle article) {
      checked.document(position, article.id(), article.title(), article.text(), article.metadata());
      this.article = null;
    }

    /** Reports a failure at the current article or, between articles, at the next one. */
    private void unreadable(IOException cause) {
      boolean betweenArticles = wrapped && article == null;
      String id = article == null ? null : article.id();
      checked.unreadable(betweenArticles ? position + 1 : position, id, cause);
    }

    private static ReadException explain(XMLStreamException e) {
      Throwable cause = e.getNestedException();
      if (cause instanceof ReadException known) {
        return known;
      }
      // The message repeats the position on a line of its own.
      String problem =
          String.valueOf(e.getMessage()).replaceFirst("(?s)^ParseError.*?\\RMessage: ", "");
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
      return cause instanceof CharConversionException
          ? new ReadException(
              ReadFailure.NOT_UTF8, "not in its encoding, near line " + line + ": " + problem)
          : new ReadException(
              ReadFailure.BAD_XML, "not well-formed, line " + line + ": " + problem);
    }
  }
}
