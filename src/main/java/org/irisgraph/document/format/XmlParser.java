package org.irisgraph.document.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Opens untrusted XML: no DTD is fetched, no entity expanded. */
final class XmlParser {

  /** Enough for a byte order mark and an XML declaration. */
  private static final int DECLARATION_BYTES = 256;

  private static final String UTF8_MARK = "\u00EF\u00BB\u00BF";

  /** The marks of UTF-16, or one of its zero bytes. */
  private static final Pattern UTF16 = Pattern.compile("(?s)(?:\u00FE\u00FF|\u00FF\u00FE|.?\0).*");

  private static final Pattern DECLARED =
      Pattern.compile("<\\?xml\\b[^>]*\\bencoding\\s*=\\s*[\"']([^\"']*)");

  private XmlParser() {}

  /** A parser at the beginning of the file. */
  static XMLStreamReader open(InputStream content) throws XMLStreamException, IOException {
    // The JDK's own parser: others on the class path interpret these properties differently.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);

    BufferedInputStream buffered = new BufferedInputStream(content);
    String beginning = peek(buffered);
    Optional<Charset> encoding = encoding(beginning);
    if (encoding.isEmpty()) {
      return factory.createXMLStreamReader(buffered);
    }
    if (beginning.startsWith(UTF8_MARK)) {
      buffered.skipNBytes(UTF8_MARK.length());
    }
    // Decoded here, because the parser does not say where a bad byte is and prints to standard
    // error.
    return factory.createXMLStreamReader(new StrictReader(buffered, encoding.get()));
  }

  /** The declared encoding, or empty if the parser detects it better. */
  private static Optional<Charset> encoding(String beginning) {
    Matcher declared = DECLARED.matcher(beginning);
    if (UTF16.matcher(beginning).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(declared.find() ? Charset.forName(declared.group(1)) : UTF_8);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  /** The bytes of the first read: reading more could fail before anything is parsed. */
  private static String peek(BufferedInputStream content) throws IOException {
    byte[] beginning = new byte[DECLARATION_BYTES];
    content.mark(DECLARATION_BYTES);
    int length = Math.max(0, content.read(beginning));
    content.reset();
    return new String(beginning, 0, length, ISO_8859_1);
  }
}
